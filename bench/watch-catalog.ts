// A large catalog that somebody else has written, and the ways in which it changes.

/** How many of what. */
export interface CatalogSize {
  readonly services: number;
  readonly instances: number;
  readonly nodes: number;
}

/** A write to `/v1/catalog`. */
export interface CatalogWrite {
  readonly path: '/v1/catalog/register' | '/v1/catalog/deregister';
  readonly body: string;
}

/** A change there and back again, each with how it is called, and a text that is in the rendered file only before it. */
export interface CatalogChange {
  readonly names: readonly [there: string, back: string];
  /** Whether one of Consul's cheap answers names the service or the node. */
  readonly isNamed: boolean;
  /** A bare query waits for this one. */
  readonly service: string;
  readonly there: CatalogWrite;
  readonly back: CatalogWrite;
  /** A text that the file has in one of the two states only, and whether that is the second. */
  readonly text: string;
  readonly isAdded: boolean;
}

/** What an instance is like where it is not as usual. */
interface Traits {
  readonly port?: number;
  readonly tags?: readonly string[];
  readonly meta?: Readonly<Record<string, string>>;
  /** `undefined`: its checks are not sent again, or there are none. */
  readonly status?: 'critical' | 'passing' | undefined;
}

/** Services that are routed have it. */
export const ROUTE_TAG = 'routed';

/** All of it: as many services as wanted, and beside them what some changes need. */
export function wholeCatalog(size: CatalogSize): readonly CatalogWrite[] {
  const usual = Array.from({ length: size.services }, (_, i) =>
    Array.from({ length: size.instances }, (_, j) => instance(size, serviceName(i), i, j, { status: 'passing' })),
  );
  const nodes = Array.from({ length: size.nodes }, (_, k) => [
    nodeWrite(k, nodeAddress(k)),
    // Its only instance has no address but its node's.
    register(k, { ID: `plain-${k}`, Service: `plain-${k}`, Port: 7_000 + k, Tags: [ROUTE_TAG] }),
    instance(size, `unchecked-${k}`, uncheckedIndex(size, k), 0, {}),
    instance(size, `untagged-${k}`, untaggedIndex(size, k), 0, { tags: [], status: 'passing' }),
  ]);
  return [...usual, ...nodes].flat();
}

/** Whether the file has all that is routed. */
export function isWhole(text: string, size: CatalogSize): boolean {
  return [serverText(size, size.services - 1, size.instances - 1), `:${7_000 + size.nodes - 1}`].every((part) =>
    text.includes(part),
  );
}

/** One of each kind, about other services each round. */
export function changesOf(size: CatalogSize, round: number): readonly CatalogChange[] {
  const [port, node] = [30_000 + (round % 10_000), round % size.nodes];
  return [
    ...changesOfOne(size, round, port),
    ...namedChanges(size, { round, node, port }),
    uncheckedChange(size, node, port),
  ];
}

/** Those of a service with many instances. */
function changesOfOne(size: CatalogSize, round: number, port: number): readonly CatalogChange[] {
  const i = (round * 7) % size.services;
  const service = serviceName(i);
  const as = (traits: Traits): CatalogWrite => instance(size, service, i, 0, traits);
  const usual = { service, isNamed: false, back: as({}), text: serverText(size, i, 0), isAdded: false };
  const more = { ...serviceBody(size, service, i, 0), ID: `more-${round}`, Port: port };
  return [
    {
      ...usual,
      names: ['status', 'status back'],
      isNamed: true,
      there: as({ status: 'critical' }),
      back: as({ status: 'passing' }),
    },
    { ...usual, names: ['port', 'port back'], there: as({ port }) },
    { ...usual, names: ['meta', 'meta back'], there: as({ meta: { route: 'off' } }) },
    {
      ...usual,
      names: ['instance new', 'instance lost'],
      there: register(round % size.nodes, more, { status: 'passing', id: more.ID }),
      back: deregister(round % size.nodes, more.ID),
      ...{ text: `:${port} `, isAdded: true },
    },
  ];
}

interface Round {
  readonly round: number;
  readonly node: number;
  readonly port: number;
}

function namedChanges(size: CatalogSize, { round, node, port }: Round): readonly CatalogChange[] {
  const [i, untagged, fresh] = [untaggedIndex(size, node), `untagged-${node}`, `fresh-${round}`];
  const added = { isNamed: true, isAdded: true };
  const address = `10.254.${round % 250}.1`;
  const service = { ...serviceBody(size, fresh, i, 0), Port: port };
  return [
    {
      ...added,
      names: ['tag new', 'tag lost'],
      service: untagged,
      there: instance(size, untagged, i, 0, { tags: [ROUTE_TAG] }),
      back: instance(size, untagged, i, 0, { tags: [] }),
      text: serverText(size, i, 0),
    },
    {
      ...added,
      names: ['service new', 'service lost'],
      service: fresh,
      there: register(node, service, { status: 'passing', id: service.ID }),
      back: deregister(node, service.ID),
      text: `:${port} `,
    },
    {
      ...added,
      names: ['node address', 'node address back'],
      service: `plain-${node}`,
      there: nodeWrite(node, address),
      back: nodeWrite(node, nodeAddress(node)),
      text: `${address}:`,
    },
  ];
}

function uncheckedChange(size: CatalogSize, node: number, port: number): CatalogChange {
  const [i, service] = [uncheckedIndex(size, node), `unchecked-${node}`];
  return {
    names: ['no check: port', 'no check: port back'],
    isNamed: false,
    service,
    there: instance(size, service, i, 0, { port }),
    back: instance(size, service, i, 0, {}),
    text: `:${port} `,
    isAdded: true,
  };
}

/** The first instance of as many services turns critical, or passing again. */
export function statusWrites(
  size: CatalogSize,
  count: number,
  status: 'critical' | 'passing',
): readonly CatalogWrite[] {
  return Array.from({ length: count }, (_, i) => instance(size, serviceName(i), i, 0, { status }));
}

/** Where the first instances of the first `count` services stand in the file. */
export function serverTexts(size: CatalogSize, count: number): readonly string[] {
  return Array.from({ length: count }, (_, i) => serverText(size, i, 0));
}

function uncheckedIndex({ services }: CatalogSize, k: number): number {
  return services + k;
}

function untaggedIndex({ services, nodes }: CatalogSize, k: number): number {
  return services + nodes + k;
}

function deregister(k: number, id: string): CatalogWrite {
  return { path: '/v1/catalog/deregister', body: JSON.stringify({ Node: nodeName(k), ServiceID: id }) };
}

function nodeWrite(k: number, address: string): CatalogWrite {
  return { path: '/v1/catalog/register', body: JSON.stringify({ Node: nodeName(k), Address: address }) };
}

function instance(
  size: CatalogSize,
  service: string,
  i: number,
  j: number,
  { port, tags, meta, status }: Traits,
): CatalogWrite {
  const body = serviceBody(size, service, i, j);
  const changed = { ...body, Port: port ?? body.Port, Tags: tags ?? body.Tags, Meta: { ...body.Meta, ...meta } };
  return register((i + j) % size.nodes, changed, status && { status, id: body.ID });
}

function serviceBody(size: CatalogSize, service: string, i: number, j: number) {
  const ID = `${nodeName((i + j) % size.nodes)}:${service}.${j}:8080`;
  return {
    ...{ ID, Service: service, Address: addressOf(size, i, j), Port: portOf(size, i, j), Tags: [ROUTE_TAG, 'blue'] },
    Meta: { 'portolan-owner': 'bench', 'portolan-hash': '0123456789abcdef', team: 'shop' },
  };
}

function register(
  k: number,
  service: Readonly<Record<string, unknown>>,
  check?: { readonly status: string; readonly id: string },
): CatalogWrite {
  const node = { Node: nodeName(k), Address: nodeAddress(k), SkipNodeUpdate: true };
  const checks = check && {
    Check: {
      ...{ CheckID: `${check.id}:container`, Name: 'container', ServiceID: service['ID'], Status: check.status },
      Output: 'running',
    },
  };
  return { path: '/v1/catalog/register', body: JSON.stringify({ ...node, Service: service, ...checks }) };
}

function serverText(size: CatalogSize, i: number, j: number): string {
  return `${addressOf(size, i, j)}:${portOf(size, i, j)} `;
}

function serviceName(i: number): string {
  return `service-${i}`;
}

function nodeName(k: number): string {
  return `node-${k}`;
}

function nodeAddress(k: number): string {
  return `10.255.${Math.floor(k / 250)}.${(k % 250) + 1}`;
}

function addressOf({ nodes }: CatalogSize, i: number, j: number): string {
  return `10.${((i + j) % nodes) % 250}.${Math.floor(i / 250)}.${(i % 250) + 1}`;
}

function portOf({ instances }: CatalogSize, i: number, j: number): number {
  return 10_000 + (i % 1_000) * instances + j;
}
