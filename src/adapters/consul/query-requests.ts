import * as z from 'zod';
import { NO_ENTRIES } from '../../domain/catalog.ts';
import type { NamedQuery, RawAnswer, RawAnswers, RawKeyPair } from '../../rendering/contracts.ts';
import type { BlockingQuery } from './blocking-query.ts';
import { compareTexts, parseHealth, parseHealthInOrder, parseNames } from './health-schema.ts';
import { recordSchema, textsSchema } from './record-schemas.ts';

type Query = NamedQuery['query'];

/** A query that Consul holds until there is something new. */
export type BlockableQuery = Exclude<Query, { readonly kind: 'datacenters' | 'file' }>;

/** What to ask Consul for a query, and how to read its answer; `parse` throws for what is none. */
export interface QueryRequest extends Pick<BlockingQuery, 'mayBeAbsent' | 'params' | 'path' | 'query'> {
  readonly parse: (body: unknown) => RawAnswer;
}

/** @param agentNode The node of the agent, for a query that names none. */
export function requestFor(query: BlockableQuery, agentNode: string): QueryRequest {
  const place = placeOf(query);
  switch (query.kind) {
    case 'service':
    case 'connect': {
      const { kind, name, tag, near, filters } = query;
      // Who asks for passing instances by their distance gets them in an order of their own.
      const passing = { ...(filters.join(',') === 'passing' && { passing: '1' }) };
      const more = { ...(tag !== undefined && { tag }), ...(near !== undefined && { near }), ...passing };
      const parse = near === undefined ? parseHealth : parseHealthInOrder;
      const path = kind === 'service' ? '/health/service/{name}' : '/health/connect/{name}';
      return { path, params: { name }, query: { ...place, ...more }, parse };
    }
    case 'services':
      return { path: '/catalog/services', query: place, parse: parseServices };
    case 'nodes': {
      const { near } = query;
      const order = { ...(near !== undefined && { near }) };
      return { path: '/catalog/nodes', query: { ...place, ...order }, parse: (body) => parseNodes(body, near) };
    }
    case 'node':
      return {
        path: '/catalog/node/{name}',
        params: { name: query.name ?? agentNode },
        query: place,
        parse: parseNode,
      };
    case 'key':
      return { ...keyPath(query.path), query: place, mayBeAbsent: true, parse: (body) => parsePairs(body)[0]?.value };
    case 'keys':
      return { ...keyPath(query.prefix), query: { ...place, recurse: '' }, mayBeAbsent: true, parse: parsePairs };
  }
}

function placeOf({ datacenter, parameters }: BlockableQuery): Readonly<Record<string, string>> {
  return { ...parameters, ...(datacenter !== undefined && { dc: datacenter }) };
}

/** Go's client leaves out one slash before a key. */
function keyPath(key: string): Pick<QueryRequest, 'params' | 'path'> {
  const name = key.replace(/^\//, '');
  return name === '' ? { path: '/kv/' } : { path: '/kv/{name}', params: { name } };
}

function parseServices(body: unknown): RawAnswers['services'] {
  return [...parseNames(body)].map(([name, tags]) => ({ name, tags })).toSorted((a, b) => compareTexts(a.name, b.name));
}

const texts = textsSchema.nullish();
const text = z.string().default('');

const nodeSchema = z
  .object({ ID: text, Node: z.string(), Address: text, Datacenter: text, TaggedAddresses: texts, Meta: texts })
  .transform(({ ID, Node, Address, Datacenter, TaggedAddresses, Meta }) => ({
    ...{ id: ID, name: Node, address: Address, datacenter: Datacenter },
    ...{ taggedAddresses: TaggedAddresses ?? NO_ENTRIES, meta: Meta ?? NO_ENTRIES },
  }));

const nodesSchema = z.array(nodeSchema).nullish();

const serviceSchema = z
  .object({
    ...{ ID: z.string(), Service: z.string(), Address: text, Meta: texts },
    ...{
      Tags: z.array(z.string()).nullish(),
      Port: z.number().default(0),
      EnableTagOverride: z.boolean().default(false),
    },
  })
  .transform(({ ID, Service, Tags, Meta, Port, Address, EnableTagOverride }) => ({
    ...{ id: ID, service: Service, tags: Tags ?? [], meta: Meta ?? NO_ENTRIES, port: Port, address: Address },
    enableTagOverride: EnableTagOverride,
  }));

const nodeServicesSchema = z
  .object({ Node: nodeSchema.nullish(), Services: recordSchema(serviceSchema).nullish() })
  .nullish();

/** By name and address, unless they were asked for by their distance. */
function parseNodes(body: unknown, near: string | undefined): RawAnswers['nodes'] {
  const nodes = nodesSchema.parse(body) ?? [];
  if (near !== undefined) return nodes;
  return nodes.toSorted((a, b) => compareTexts(a.name, b.name) || compareTexts(a.address, b.address));
}

function parseNode(body: unknown): RawAnswers['node'] {
  const { Node, Services } = nodeServicesSchema.parse(body) ?? {};
  const services = Object.values(Services ?? {});
  return {
    node: Node ?? undefined,
    services: services.toSorted((a, b) => compareTexts(a.service, b.service) || compareTexts(a.id, b.id)),
  };
}

const index = z.number().default(0);

const pairsSchema = z
  .array(
    z.object({
      ...{ Key: z.string(), Value: z.string().nullish(), Session: text },
      ...{ CreateIndex: index, ModifyIndex: index, LockIndex: index },
      Flags: z.union([z.number(), z.string()]).default(0),
    }),
  )
  .nullish();

/** Values are written in base64. */
function parsePairs(body: unknown): readonly RawKeyPair[] {
  return (pairsSchema.parse(body) ?? []).map(({ Key, Value, CreateIndex, ModifyIndex, LockIndex, Flags, Session }) => ({
    path: Key,
    value: Buffer.from(Value ?? '', 'base64'),
    ...{ createIndex: CreateIndex, modifyIndex: ModifyIndex, lockIndex: LockIndex },
    flags: BigInt(Flags),
    session: Session,
  }));
}
