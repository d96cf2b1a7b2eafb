import * as z from 'zod';
import type { CatalogSnapshot, CheckResult, ServiceInstance } from '../../domain/catalog.ts';
import type { Clock } from '../../lib/clock.ts';
import { errorMessage, PortolanError } from '../../lib/errors.ts';
import { sha256 } from '../../lib/hash.ts';
import type { CatalogStore, FileStore } from '../../routing/contracts.ts';

export interface CatalogFileOptions {
  readonly store: FileStore;
  readonly path: string;
  readonly clock: Clock;
}

const FORMAT = 'portolan-catalog';
/** Grows when a reader of an older file would misread it. */
const VERSION = 1;

const texts = z.record(z.string(), z.string());
/** Any number that Consul takes, so that a bad one costs its instance and not the file. */
const port = z.number();
const checkSchema = z.object({
  id: z.string(),
  status: z.enum(['passing', 'warning', 'critical', 'maintenance']),
  output: z.string(),
});
const instanceSchema = z.object({
  id: z.string(),
  node: z.string(),
  nodeId: z.string(),
  nodeAddress: z.string(),
  address: z.string(),
  port,
  tags: z.array(z.string()),
  meta: texts,
  status: z.enum(['passing', 'warning', 'critical', 'maintenance']),
  checks: z.array(checkSchema),
  weights: z.object({ passing: z.number(), warning: z.number() }),
  createIndex: z.number(),
});
const headSchema = z.object({
  format: z.literal(FORMAT),
  version: z.literal(VERSION),
  /** Milliseconds since 1970. */
  savedAt: z.number(),
  nodes: z.array(z.string()),
  isFiltered: z.boolean(),
});
const serviceSchema = z.object({
  name: z.string(),
  tags: z.array(z.string()),
  instances: z.array(instanceSchema),
});

/**
 * The last good catalog as a file: a line about it, a line for each service, and a line with the hash of those. It has
 * what routes are made of; of an instance's checks only those that do not pass.
 */
export function createCatalogFile({ store, path, clock }: CatalogFileOptions): CatalogStore {
  return {
    load: async () => {
      const text = await store.read(path);
      if (text === undefined) return undefined;
      try {
        return parse(text, clock.wallMs());
      } catch (error) {
        throw new PortolanError(
          'STATE_INVALID',
          `${path} is no catalog that this Portolan has saved: ${whatIsWrong(error)}`,
          {
            hint: 'It is left out and will be replaced.',
            cause: error,
          },
        );
      }
    },
    save: async (catalog) => await store.write(path, print(catalog, clock.wallMs())),
  };
}

function print({ services, names, nodes, isFiltered }: CatalogSnapshot, savedAt: number): string {
  const head = JSON.stringify({ format: FORMAT, version: VERSION, savedAt, nodes: [...nodes], isFiltered });
  const lines = [...services].map(([name, instances]) =>
    JSON.stringify({ name, tags: names.get(name) ?? [], instances: instances.map(toSaved) }),
  );
  const body = `${[head, ...lines].join('\n')}\n`;
  return `${body}${JSON.stringify({ sha256: sha256(body) })}\n`;
}

function toSaved(instance: ServiceInstance): z.output<typeof instanceSchema> {
  const { id, node, nodeId, nodeAddress, address, port: number, tags, meta, status, weights, createIndex } = instance;
  const checks = instance.checks
    .filter((check) => check.status !== 'passing')
    .map((check) => ({ id: check.id, status: check.status, output: check.output }));
  const place = { id, node, nodeId, nodeAddress, address, port: number };
  return { ...place, tags: [...tags], meta: { ...meta }, status, checks, weights, createIndex };
}

function parse(text: string, nowMs: number): CatalogSnapshot {
  const end = text.lastIndexOf('\n', text.length - 2) + 1;
  const body = text.slice(0, end);
  const { sha256: hash } = z.object({ sha256: z.string() }).parse(JSON.parse(text.slice(end)));
  if (hash !== sha256(body)) throw new Error('its hash is another');
  const [head = '', ...lines] = body.trimEnd().split('\n');
  const { savedAt, nodes, isFiltered } = headSchema.parse(JSON.parse(head));
  const all = lines.map((line) => serviceSchema.parse(JSON.parse(line)));
  return {
    services: new Map(all.map(({ name, instances }) => [name, instances.map((saved) => toInstance(name, saved))])),
    names: new Map(all.map(({ name, tags }) => [name, tags])),
    nodes: new Set(nodes),
    trust: 'doubtful',
    confirmedMs: Number.NEGATIVE_INFINITY,
    // The clock may have been set back.
    staleMs: Math.max(1, nowMs - savedAt),
    isFiltered,
  };
}

function toInstance(service: string, saved: z.output<typeof instanceSchema>): ServiceInstance {
  const checks = saved.checks.map((check) => toCheck(check, service, saved));
  return { ...saved, service, checks, nodeTaggedAddresses: {}, nodeMeta: {}, taggedAddresses: {} };
}

function toCheck(
  { id, status, output }: z.output<typeof checkSchema>,
  serviceName: string,
  { node, id: serviceId, tags: serviceTags }: z.output<typeof instanceSchema>,
): CheckResult {
  const facts = { id, status, output, name: id, notes: '', type: '', node };
  return { ...facts, serviceId, serviceName, serviceTags, createIndex: 0, modifyIndex: 0 };
}

function whatIsWrong(error: unknown): string {
  if (!(error instanceof z.ZodError)) return errorMessage(error);
  const [issue] = error.issues;
  return issue === undefined ? 'it is of another form' : `${issue.path.join('.')}: ${issue.message}`;
}
