import type { ServerResponse } from 'node:http';
import { createHttpStub, type HttpStub, type StubRequest } from './http-stub.ts';

/** As much of Consul's catalog as a reader of it sees: blocking queries, indexes, and answers that fail. */
export interface StubConsul {
  readonly endpoint: HttpStub['endpoint'];
  /** The paths that were asked for since the last time, without `/v1`, in order. */
  takePaths(): readonly string[];
  /** How many connections stand. */
  connections(): Promise<number>;
  /** Sets what a service has, as `/v1/health/service/:name` answers; `undefined` removes it. Ends the queries about it. */
  set(name: string, entries: readonly unknown[] | undefined): void;
  /** The same for a change that no check tells of: the list of services changes, with nothing new to be seen in it. */
  setSilently(name: string, entries: readonly unknown[]): void;
  /** The address of a node is another. */
  moveNode(node: string): void;
  /** Who leads, as `/v1/status/leader` says. */
  lead(server: string): void;
  /** A node that has no services. */
  addNode(node: string): void;
  /**
   * As after a restart of the server: indexes are small, and other than consistent reads get what was there `before`; the
   * consistent ones, and all others after the first of them, get what is there `now`.
   */
  startAnew(before: ServiceEntries, now: ServiceEntries): void;
  /** From now on what begins so is answered by this status; `undefined` for none. Ends the queries that wait for it. */
  failWith(status: number | undefined, under?: string): void;
  /** From now on what begins so has this index, as after a restart of the server. Ends the queries that wait for it. */
  setIndex(index: number, under?: string): void;
  close(): Promise<void>;
}

type ServiceEntries = Readonly<Record<string, readonly unknown[]>>;

interface Check {
  readonly Node: string;
  readonly Status: string;
  readonly ServiceName?: string;
}

interface Entry {
  readonly Checks?: readonly Check[];
}

/** As `aHealthEntry` has them. */
const NODE_FACTS = { ID: 'x', Address: '192.0.2.1' };

interface Waiting {
  readonly request: StubRequest;
  readonly response: ServerResponse;
}

export async function createStubConsul(): Promise<StubConsul> {
  const stub = await createHttpStub();
  const services = new Map<string, readonly unknown[]>();
  /** By path, without query. What is not here has the index of the beginning. */
  const indexes = new Map<string, number>();
  /** Of what a service has, of its checks, and of nodes. */
  const [serviceIndexes, checkIndexes, nodeIndexes] = [0, 1, 2].map(() => new Map<string, number>()) as [
    Map<string, number>,
    Map<string, number>,
    Map<string, number>,
  ];
  let waiting: readonly Waiting[] = [];
  let failing: { readonly status: number; readonly under: string } | undefined;
  let seen = 0;
  let start = 100;
  let lastIndex = start;

  let leader = '10.0.0.1:8300';
  const emptyNodes = new Set<string>();
  let truth: ServiceEntries | undefined;
  const become = (entries: ServiceEntries): void => {
    services.clear();
    for (const [name, all] of Object.entries(entries)) services.set(name, all);
  };

  const topicOf = (path: string): string => decodeURIComponent(path.replace('/v1', '').split('?', 1)[0] ?? '');
  const indexOf = (topic: string): number => indexes.get(topic) ?? start;
  /** Entries whose checks say when they changed. Those of a node never do here: their status tells. */
  const entriesOf = (name: string): readonly Entry[] =>
    ((services.get(name) ?? []) as readonly Entry[]).map((entry) => ({
      ...entry,
      Checks: (entry.Checks ?? []).map((check) => ({
        ...check,
        ModifyIndex: check.ServiceName === undefined ? start : (checkIndexes.get(name) ?? start),
      })),
    }));
  const checks = (isUnhealthy: boolean): readonly Check[] =>
    [...services.keys()]
      .flatMap((name) => entriesOf(name).flatMap(({ Checks = [] }) => Checks))
      .filter(({ Status }) => !isUnhealthy || Status !== 'passing');
  /** Those of a node, of all services on it. */
  const checksOn = (node: string): readonly Check[] => checks(false).filter(({ Node }) => Node === node);
  const nodeNames = (): readonly string[] => [
    ...new Set([...[...services.values()].flat().map(nodeOf), ...emptyNodes]),
  ];
  const servicesOn = (node: string): Readonly<Record<string, unknown>> =>
    Object.fromEntries(
      [...services].flatMap(([name, entries]) =>
        entries
          .filter((entry) => nodeOf(entry) === node)
          .map((entry) => {
            const { Service } = entry as { readonly Service: { readonly ID: string } };
            return [
              Service.ID,
              { ...Service, ModifyIndex: serviceIndexes.get(name) ?? indexOf(`/health/service/${name}`) },
            ];
          }),
      ),
    );
  const bodyOf = (topic: string, path: string): unknown => {
    if (topic === '/status/leader') return leader;
    if (topic === '/catalog/services') return Object.fromEntries([...services.keys()].map((name) => [name, []]));
    if (topic === '/health/state/any') return checks(path.includes('filter='));
    if (topic === '/catalog/nodes') {
      const all = nodeNames().map((Node) => ({ ...NODE_FACTS, Node, ModifyIndex: nodeIndexes.get(Node) ?? start }));
      return path.includes('filter=') ? [] : all;
    }
    if (topic.startsWith('/health/node/')) return checksOn(topic.replace('/health/node/', ''));
    if (topic.startsWith('/catalog/node/')) return { Services: servicesOn(topic.replace('/catalog/node/', '')) };
    return entriesOf(topic.replace('/health/service/', ''));
  };
  const send = ({ request, response }: Waiting): void => {
    const topic = topicOf(request.path);
    const status = failing !== undefined && topic.startsWith(failing.under) ? failing.status : undefined;
    const headers = { 'content-type': 'application/json', 'x-consul-index': String(indexOf(topic)) };
    response.writeHead(status ?? 200, headers);
    response.end(status === undefined ? JSON.stringify(bodyOf(topic, request.path)) : '"no leader"');
  };
  const release = (isDue: (topic: string) => boolean): void => {
    const due = waiting.filter(({ request }) => isDue(topicOf(request.path)));
    waiting = waiting.filter((one) => !due.includes(one));
    for (const one of due) send(one);
  };

  let moved: readonly string[] = [];
  const move = (...topics: readonly string[]): void => {
    lastIndex += 1;
    for (const topic of topics) indexes.set(topic, lastIndex);
    moved = topics;
  };
  const settleWaiting = (): void => release((topic) => moved.includes(topic));

  stub.answer = (request, response) => {
    if (truth !== undefined && request.path.includes('consistent')) {
      become(truth);
      truth = undefined;
      move('/catalog/services', ...[...services.keys()].map((name) => `/health/service/${name}`));
    }
    const asked = new URLSearchParams(request.path.split('?')[1]).get('index');
    const topic = topicOf(request.path);
    const isFailing = failing !== undefined && topic.startsWith(failing.under);
    if (asked === String(indexOf(topic)) && !isFailing) waiting = [...waiting, { request, response }];
    else send({ request, response });
    return undefined;
  };

  return {
    endpoint: stub.endpoint,
    takePaths: () => {
      const paths = stub.requests.slice(seen).map(({ path }) => path.replace('/v1', ''));
      seen = stub.requests.length;
      return paths;
    },
    connections: stub.connections,
    set: (name, entries) => {
      const before = withoutChecks(services.get(name));
      if (entries === undefined) services.delete(name);
      else services.set(name, entries);
      // As in Consul: the index of the list grows with any change of an instance, but not with that of a check.
      const isOther = withoutChecks(entries) !== before;
      move('/health/state/any', `/health/service/${name}`, ...(isOther ? ['/catalog/services'] : []));
      checkIndexes.set(name, lastIndex);
      serviceIndexes.set(name, lastIndex);
      settleWaiting();
    },
    setSilently: (name, entries) => {
      services.set(name, entries);
      move('/catalog/services', `/health/service/${name}`);
      serviceIndexes.set(name, lastIndex);
      settleWaiting();
    },
    lead: (server) => {
      leader = server;
    },
    moveNode: (node) => {
      move('/catalog/nodes');
      nodeIndexes.set(node, lastIndex);
      settleWaiting();
    },
    addNode: (node) => {
      emptyNodes.add(node);
      move('/catalog/nodes');
      nodeIndexes.set(node, lastIndex);
      settleWaiting();
    },
    startAnew: (before, now) => {
      become(before);
      truth = now;
      start = 3;
      lastIndex = start;
      indexes.clear();
      release(() => true);
    },
    failWith: (status, under = '') => {
      failing = status === undefined ? undefined : { status, under };
      if (status !== undefined) release((topic) => topic.startsWith(under));
    },
    setIndex: (index, under = '') => {
      if (under === '') start = index;
      for (const topic of indexes.keys()) if (topic.startsWith(under)) indexes.set(topic, index);
      release((topic) => topic.startsWith(under));
    },
    close: () => stub.close(),
  };
}

function nodeOf(entry: unknown): string {
  return (entry as { readonly Node: { readonly Node: string } }).Node.Node;
}

function withoutChecks(entries: readonly unknown[] | undefined): string | undefined {
  return JSON.stringify(entries, (key, value: unknown) => (key === 'Checks' ? undefined : value));
}
