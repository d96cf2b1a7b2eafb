import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CheckResult, type HealthStatus, NO_ENTRIES, type ServiceInstance } from '../../src/domain/catalog.ts';
import type { AnswerTo, CatalogNode, KeyPair } from '../../src/rendering/answers.ts';
import { filterInstances } from '../../src/rendering/catalog-answers.ts';
import type { DataView, Reading } from '../../src/rendering/contracts.ts';
import type { DataQuery, ServiceQuery } from '../../src/rendering/queries.ts';
import { compareTexts } from '../../src/template/index.ts';

interface SeedCheck {
  readonly CheckID: string;
  readonly Name: string;
  readonly Status: string;
  readonly Output?: string;
  readonly ServiceID?: string;
}

interface SeedService {
  readonly ID: string;
  readonly Service: string;
  readonly Address: string;
  readonly Port: number;
  readonly Tags: readonly string[];
  readonly Meta?: Readonly<Record<string, string>>;
  readonly Weights?: { readonly Passing: number; readonly Warning: number };
  readonly TaggedAddresses?: Readonly<Record<string, { readonly Address: string; readonly Port: number }>>;
  readonly Proxy?: { readonly DestinationServiceName: string };
}

export interface SeedEntry {
  readonly Node: string;
  readonly ID: string;
  readonly Address: string;
  readonly TaggedAddresses: Readonly<Record<string, string>>;
  readonly NodeMeta: Readonly<Record<string, string>>;
  readonly Service?: SeedService;
  readonly Check?: SeedCheck;
  readonly Checks?: readonly SeedCheck[];
}

export interface Seed {
  readonly agent: SeedEntry & { readonly Datacenter: string };
  readonly register: readonly SeedEntry[];
  readonly kv: readonly { readonly key: string; readonly value: string; readonly flags?: number }[];
}

/** The data on which the recordings of consul-template were made. */
export function readSeed(): Seed {
  return JSON.parse(readFileSync(join(import.meta.dirname, '../conformance/data/consul-seed.json'), 'utf8')) as Seed;
}

/** A Consul with one datacenter `dc1`, as its answers are. */
export function createSeededData({ agent, register, kv }: Seed): DataView {
  const entries = [agent, ...register];
  const instances = entries.flatMap(({ Service }, i) => (Service === undefined ? [] : [instanceOf(entries, i)]));
  instances.sort((a, b) => compareTexts(a.node, b.node) || compareTexts(a.id, b.id));
  const answer = (query: DataQuery): AnswerTo<DataQuery> | undefined => {
    if ('datacenter' in query && query.datacenter !== undefined && query.datacenter !== 'dc1') return undefined;
    switch (query.kind) {
      case 'service':
        return filterInstances(
          instances.filter(({ service }) => isSame(service, query.name)),
          query,
        );
      case 'connect':
        return filterInstances(proxiesOf(entries, instances, query), query);
      case 'services':
        return catalogServices(instances);
      case 'nodes':
        return catalogNodes(entries);
      case 'node': {
        const node = catalogNodes(entries).find(({ name }) => name === (query.name ?? agent.Node));
        return { node, services: node === undefined ? [] : nodeServices(entries, node.name) };
      }
      case 'datacenters':
        return ['dc1'];
      case 'key':
        return kv.find(({ key }) => key === query.path)?.value;
      case 'keys':
        return keyPairs(kv).filter(({ path }) => path.startsWith(query.prefix));
      case 'file':
        throw new Error(`there is no file ${query.path} here`);
    }
  };
  return {
    read: <Q extends DataQuery>(query: Q): Reading<Q> => ({
      kind: 'known',
      answer: answer(query) as AnswerTo<Q>,
    }),
  };
}

function isSame(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

const SEVERITY: readonly HealthStatus[] = ['passing', 'warning', 'critical', 'maintenance'];

function instanceOf(entries: readonly SeedEntry[], index: number): ServiceInstance {
  const entry = entries[index];
  const service = entry?.Service;
  if (entry === undefined || service === undefined) throw new Error(`no service in entry ${index}`);
  const ofNode = entries.filter(({ Node, Check }) => Node === entry.Node && Check !== undefined);
  const checks = [
    ...ofNode.flatMap(({ Check }) => (Check === undefined ? [] : [checkOf(Check, entry.Node)])),
    ...(entry.Checks ?? []).map((check) => checkOf(check, entry.Node, service)),
  ];
  const worst = Math.max(0, ...checks.map(({ status }) => SEVERITY.indexOf(status)));
  const tagged = Object.entries(service.TaggedAddresses ?? {});
  return {
    service: service.Service,
    id: service.ID,
    node: entry.Node,
    nodeId: entry.ID,
    nodeAddress: entry.Address,
    nodeTaggedAddresses: entry.TaggedAddresses,
    nodeMeta: entry.NodeMeta,
    address: service.Address || entry.Address,
    port: service.Port,
    taggedAddresses:
      service.TaggedAddresses === undefined
        ? NO_ENTRIES
        : Object.fromEntries(tagged.map(([name, it]) => [name, { address: it.Address, port: it.Port }])),
    tags: service.Tags,
    meta: service.Meta ?? {},
    status: SEVERITY[worst] ?? 'passing',
    checks,
    weights: { passing: service.Weights?.Passing ?? 1, warning: service.Weights?.Warning ?? 1 },
    createIndex: index,
  };
}

function checkOf({ CheckID, Name, Status, Output = '' }: SeedCheck, node: string, service?: SeedService): CheckResult {
  const isMaintenance = CheckID === '_node_maintenance' || CheckID.startsWith('_service_maintenance:');
  return {
    id: CheckID,
    name: Name,
    status: isMaintenance ? 'maintenance' : (Status as HealthStatus),
    output: Output,
    notes: '',
    type: '',
    node,
    serviceId: service?.ID ?? '',
    serviceName: service?.Service ?? '',
    serviceTags: service?.Tags ?? [],
    createIndex: 1,
    modifyIndex: 1,
  };
}

function proxiesOf(
  entries: readonly SeedEntry[],
  instances: readonly ServiceInstance[],
  { name }: ServiceQuery,
): readonly ServiceInstance[] {
  const ids = entries.flatMap(({ Service }) =>
    Service?.Proxy !== undefined && isSame(Service.Proxy.DestinationServiceName, name) ? [Service.ID] : [],
  );
  return instances.filter(({ id }) => ids.includes(id));
}

function catalogServices(instances: readonly ServiceInstance[]) {
  return [...Map.groupBy(instances, ({ service }) => service)]
    .map(([name, all]) => ({ name, tags: [...new Set(all.flatMap(({ tags }) => tags))].toSorted(compareTexts) }))
    .toSorted((a, b) => compareTexts(a.name, b.name));
}

function catalogNodes(entries: readonly SeedEntry[]): readonly CatalogNode[] {
  const byName = new Map(entries.map((entry) => [entry.Node, entry]));
  return [...byName.values()]
    .map(({ Node, ID, Address, TaggedAddresses, NodeMeta }) => ({
      id: ID,
      name: Node,
      address: Address,
      datacenter: 'dc1',
      taggedAddresses: TaggedAddresses,
      meta: NodeMeta,
    }))
    .toSorted((a, b) => compareTexts(a.name, b.name));
}

function nodeServices(entries: readonly SeedEntry[], node: string) {
  return entries
    .flatMap(({ Node, Service }) => (Node === node && Service !== undefined ? [Service] : []))
    .map(({ ID, Service, Tags, Meta = {}, Port, Address }) => ({
      id: ID,
      service: Service,
      tags: Tags,
      meta: Meta,
      port: Port,
      address: Address,
      enableTagOverride: false,
    }))
    .toSorted((a, b) => compareTexts(a.service, b.service) || compareTexts(a.id, b.id));
}

function keyPairs(kv: Seed['kv']): readonly KeyPair[] {
  return kv
    .map(({ key, value, flags = 0 }, i): KeyPair => {
      const index = i + 1;
      const indices = { createIndex: index, modifyIndex: index, lockIndex: 0 };
      return { path: key, value, ...indices, flags: BigInt(flags), session: '' };
    })
    .toSorted((a, b) => compareTexts(a.path, b.path));
}
