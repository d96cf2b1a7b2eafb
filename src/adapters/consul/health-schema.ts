import * as z from 'zod';
import { type CheckResult, type HealthStatus, NO_ENTRIES, type ServiceInstance } from '../../domain/catalog.ts';
import { checkSchema, toCheckResult } from './check-schema.ts';
import { recordSchema, textsSchema } from './record-schemas.ts';

const texts = textsSchema.nullish();

const healthSchema = z.array(
  z.object({
    Node: z.object({
      ID: z.string().default(''),
      Node: z.string(),
      Address: z.string().default(''),
      TaggedAddresses: texts,
      Meta: texts,
    }),
    Service: z.object({
      ID: z.string(),
      Service: z.string(),
      Address: z.string().default(''),
      Port: z.number().default(0),
      TaggedAddresses: recordSchema(
        z.object({ Address: z.string().default(''), Port: z.number().default(0) }),
      ).nullish(),
      Tags: z.array(z.string()).nullish(),
      Meta: texts,
      Weights: z.object({ Passing: z.number(), Warning: z.number() }).nullish(),
      CreateIndex: z.number().default(0),
    }),
    Checks: z.array(checkSchema).nullish(),
  }),
);

const namesSchema = recordSchema(z.array(z.string()));

/**
 * The names in an answer of `/v1/catalog/services` with their tags, which Consul gives in no order.
 * Throws a `ZodError` for anything else.
 */
export function parseNames(answer: unknown): ReadonlyMap<string, readonly string[]> {
  const entries = Object.entries(namesSchema.parse(answer ?? {}));
  return new Map(entries.map(([name, tags]) => [name, tags.toSorted(compareTexts)]));
}

/** As a path a name can be nine times as long; Go refuses a request from a megabyte on. */
const MAX_ASKABLE = 64 * 1_024;

/**
 * Consul takes any name, but answers no request whose path has what Go does not print, and redirects to the clean path
 * where a part is empty, `.` or `..`. Measured on 1.8.7: 400 and 301. No server takes a path of any length.
 */
export function isAskable(name: string): boolean {
  return (
    name.length <= MAX_ASKABLE && /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]+$/u.test(name) && !/(^|\/)\.{0,2}(\/|$)/.test(name)
  );
}

/** The entries in an answer of `/v1/health/service/:name`, whatever they hold. Throws a `ZodError` for anything else. */
export function parseHealthList(answer: unknown): readonly unknown[] {
  return z.array(z.unknown()).parse(answer ?? []);
}

/** The instances in an answer of `/v1/health/service/:name`, by node and ID. Throws a `ZodError` for anything else. */
export function parseHealth(answer: unknown): readonly ServiceInstance[] {
  return parseHealthInOrder(answer).toSorted(byNodeAndId);
}

/** The same, noting in `borrowers` which of them have the address of their node for want of one of their own. */
export function parseHealthNoting(answer: unknown, borrowers: WeakSet<ServiceInstance>): readonly ServiceInstance[] {
  const instances = healthSchema.parse(answer ?? []).map((entry) => {
    const instance = toInstance(entry);
    if (entry.Service.Address === '') borrowers.add(instance);
    return instance;
  });
  return instances.toSorted(byNodeAndId);
}

function byNodeAndId(a: ServiceInstance, b: ServiceInstance): number {
  return compareTexts(a.node, b.node) || compareTexts(a.id, b.id);
}

/** The same in the order of the answer, which means something where it was asked for by distance. */
export function parseHealthInOrder(answer: unknown): readonly ServiceInstance[] {
  return healthSchema.parse(answer ?? []).map(toInstance);
}

function toInstance({ Node, Service, Checks }: z.output<typeof healthSchema>[number]): ServiceInstance {
  const checks = (Checks ?? []).map(toCheckResult);
  return {
    service: Service.Service,
    id: Service.ID,
    node: Node.Node,
    nodeId: Node.ID,
    nodeAddress: Node.Address,
    nodeTaggedAddresses: Node.TaggedAddresses ?? NO_ENTRIES,
    nodeMeta: Node.Meta ?? NO_ENTRIES,
    address: Service.Address || Node.Address,
    port: Service.Port,
    taggedAddresses: toTaggedAddresses(Service.TaggedAddresses ?? undefined),
    tags: Service.Tags ?? [],
    meta: Service.Meta ?? NO_ENTRIES,
    status: worstStatus(checks),
    checks,
    weights: { passing: Service.Weights?.Passing ?? 1, warning: Service.Weights?.Warning ?? 1 },
    createIndex: Service.CreateIndex,
  };
}

function toTaggedAddresses(
  addresses: Readonly<Record<string, { readonly Address: string; readonly Port: number }>> | undefined,
): ServiceInstance['taggedAddresses'] {
  if (addresses === undefined) return NO_ENTRIES;
  return Object.fromEntries(
    Object.entries(addresses).map(([name, { Address, Port }]) => [name, { address: Address, port: Port }]),
  );
}

const SEVERITY: readonly HealthStatus[] = ['passing', 'warning', 'critical', 'maintenance'];

/** Without checks a service is passing, as Consul has it. */
function worstStatus(checks: readonly CheckResult[]): HealthStatus {
  return SEVERITY[Math.max(0, ...checks.map(({ status }) => SEVERITY.indexOf(status)))] ?? 'critical';
}

/** By their bytes, as Go compares. */
export function compareTexts(a: string, b: string): number {
  // Most are: the nodes of one service, and names that stand in order.
  if (a === b) return 0;
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
