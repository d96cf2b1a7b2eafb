import { NO_ENTRIES, type ServiceInstance, type TaggedAddress } from '../domain/catalog.ts';
import {
  compareTexts,
  contextMethod,
  goType,
  mapOf,
  namedType,
  pointerTo,
  sliceOf,
  structType,
} from '../template/index.ts';
import type { CatalogNode, CatalogService, KeyPair, NodeService, NodeServices } from './answers.ts';
import { HEALTH_CHECKS } from './check-types.ts';
import type { Evaluation } from './evaluation.ts';
import { instanceStatus } from './instance-status.ts';

// What consul-template's functions give, as templates see it: names and order of the fields are Go's, since `%T`, `%v`
// and the errors show them. Source: consul-template v0.42.1, `dependency`; consul/api v1.34.

const INT = goType('int');
const STRING = goType('string');
const STRINGS = goType('[]string');
const TEXTS = goType('map[string]string');
const UINT64 = goType('uint64');

/**
 * Tags. `.Contains` was consul-template's before 0.18 and many templates call it.
 * Differs: consul-template has it no more.
 */
const SERVICE_TAGS = namedType('dependency.ServiceTags', STRINGS, {
  Contains: contextMethod('func(string) bool', ({ warn }: Evaluation, tags: readonly string[], tag: string) => {
    warn('.Tags.Contains was dropped from consul-template: write `.Tags | contains "TAG"` instead');
    return tags.includes(tag);
  }),
});

const SERVICE_ADDRESS = structType<TaggedAddress>('api.ServiceAddress', {
  Address: { type: STRING, get: ({ address }) => address },
  Port: { type: INT, get: ({ port }) => port },
});

const WEIGHTS = structType<ServiceInstance['weights']>('api.AgentWeights', {
  Passing: { type: INT, get: ({ passing }) => passing },
  Warning: { type: INT, get: ({ warning }) => warning },
});

const HEALTH_SERVICE = structType<ServiceInstance>('dependency.HealthService', {
  Node: { type: STRING, get: ({ node }) => node },
  NodeID: { type: STRING, get: ({ nodeId }) => nodeId },
  NodeAddress: { type: STRING, get: ({ nodeAddress }) => nodeAddress },
  NodeTaggedAddresses: { type: TEXTS, get: ({ nodeTaggedAddresses }) => mapFrom(nodeTaggedAddresses) },
  NodeMeta: { type: TEXTS, get: ({ nodeMeta }) => mapFrom(nodeMeta) },
  ServiceMeta: { type: TEXTS, get: ({ meta }) => mapFrom(meta) },
  Address: { type: STRING, get: ({ address }) => address },
  ServiceTaggedAddresses: {
    type: mapOf(STRING, SERVICE_ADDRESS),
    get: ({ taggedAddresses }) => mapFrom(taggedAddresses),
  },
  ID: { type: STRING, get: ({ id }) => id },
  Name: { type: STRING, get: ({ service }) => service },
  Tags: { type: SERVICE_TAGS, get: ({ tags }) => tags.toSorted(compareTexts) },
  Checks: { type: HEALTH_CHECKS, get: ({ checks }) => checks },
  Status: { type: STRING, get: instanceStatus },
  Port: { type: INT, get: ({ port }) => port },
  Weights: { type: WEIGHTS, get: ({ weights }) => weights },
});

const CATALOG_SNIPPET = structType<CatalogService>('dependency.CatalogSnippet', {
  Name: { type: STRING, get: ({ name }) => name },
  Tags: { type: SERVICE_TAGS, get: ({ tags }) => tags },
});

const NODE = structType<CatalogNode>('dependency.Node', {
  ID: { type: STRING, get: ({ id }) => id },
  Node: { type: STRING, get: ({ name }) => name },
  Address: { type: STRING, get: ({ address }) => address },
  Datacenter: { type: STRING, get: ({ datacenter }) => datacenter },
  TaggedAddresses: { type: TEXTS, get: ({ taggedAddresses }) => mapFrom(taggedAddresses) },
  Meta: { type: TEXTS, get: ({ meta }) => mapFrom(meta) },
});

const CATALOG_NODE_SERVICE = structType<NodeService>('dependency.CatalogNodeService', {
  ID: { type: STRING, get: ({ id }) => id },
  Service: { type: STRING, get: ({ service }) => service },
  Tags: { type: SERVICE_TAGS, get: ({ tags }) => tags.toSorted(compareTexts) },
  Meta: { type: TEXTS, get: ({ meta }) => mapFrom(meta) },
  Port: { type: INT, get: ({ port }) => port },
  Address: { type: STRING, get: ({ address }) => address },
  EnableTagOverride: { type: goType('bool'), get: ({ enableTagOverride }) => enableTagOverride },
});

const CATALOG_NODE = structType<NodeServices>('dependency.CatalogNode', {
  Node: { type: pointerTo(NODE), get: ({ node }) => node },
  Services: { type: sliceOf(pointerTo(CATALOG_NODE_SERVICE)), get: ({ node, services }) => node && services },
});

/** A pair as `ls` and `tree` give it: its key is what comes behind the prefix. */
export interface KeyPairView {
  readonly key: string;
  readonly pair: KeyPair;
}

const KEY_PAIR = structType<KeyPairView>('dependency.KeyPair', {
  Path: { type: STRING, get: ({ pair }) => pair.path },
  Key: { type: STRING, get: ({ key }) => key },
  Value: { type: STRING, get: ({ pair }) => pair.value },
  CreateIndex: { type: UINT64, get: ({ pair }) => pair.createIndex },
  ModifyIndex: { type: UINT64, get: ({ pair }) => pair.modifyIndex },
  LockIndex: { type: UINT64, get: ({ pair }) => pair.lockIndex },
  Flags: { type: UINT64, get: ({ pair }) => pair.flags },
  Session: { type: STRING, get: ({ pair }) => pair.session },
});

/** The types by their names, for the signatures of functions. */
export const TYPES = {
  'dependency.HealthService': HEALTH_SERVICE,
  'dependency.CatalogSnippet': CATALOG_SNIPPET,
  'dependency.CatalogNode': CATALOG_NODE,
  'dependency.KeyPair': KEY_PAIR,
  'dependency.Node': NODE,
} as const;

/** Where Consul has no map at all Go has none either, which some ways of printing show. */
function mapFrom<T>(record: Readonly<Record<string, T>>): ReadonlyMap<string, T> | undefined {
  return record === NO_ENTRIES ? undefined : new Map(Object.entries(record));
}
