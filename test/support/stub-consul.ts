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
  /** Something changed that is part of this answer, though it does not show. */
  touch(topic: string): void;
  /** From now on what begins so is answered by this status; `undefined` for none. Ends the queries that wait for it. */
  failWith(status: number | undefined, under?: string): void;
  /** From now on what begins so has this index, as after a restart of the server. Ends the queries that wait for it. */
  setIndex(index: number, under?: string): void;
  close(): Promise<void>;
}

interface Waiting {
  readonly request: StubRequest;
  readonly response: ServerResponse;
}

export async function createStubConsul(): Promise<StubConsul> {
  const stub = await createHttpStub();
  const services = new Map<string, readonly unknown[]>();
  /** By path, without query. What is not here has the index of the beginning. */
  const indexes = new Map<string, number>();
  let waiting: readonly Waiting[] = [];
  let failing: { readonly status: number; readonly under: string } | undefined;
  let seen = 0;
  let start = 100;
  let lastIndex = start;

  const topicOf = (path: string): string => decodeURIComponent(path.replace('/v1', '').split('?', 1)[0] ?? '');
  const indexOf = (topic: string): number => indexes.get(topic) ?? start;
  const checks = (isUnhealthy: boolean): readonly unknown[] =>
    [...services].flatMap(([name, entries]) =>
      (entries as readonly { readonly Checks?: readonly { readonly Status: string }[] }[])
        .flatMap(({ Checks = [] }) => Checks)
        .filter(({ Status }) => !isUnhealthy || Status !== 'passing')
        .map((check) => ({ ...check, ModifyIndex: indexOf(`/health/service/${name}`) })),
    );
  const bodyOf = (topic: string, path: string): unknown => {
    if (topic === '/catalog/services') return Object.fromEntries([...services.keys()].map((name) => [name, []]));
    if (topic === '/health/state/any') return checks(path.includes('filter='));
    return services.get(topic.replace('/health/service/', '')) ?? [];
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

  stub.answer = (request, response) => {
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
      const isKnown = services.has(name);
      if (entries === undefined) services.delete(name);
      else services.set(name, entries);
      lastIndex += 1;
      // As in Consul, the list of names does not change with what they stand for.
      const changed = ['/health/state/any', `/health/service/${name}`];
      if (isKnown !== services.has(name)) changed.push('/catalog/services');
      for (const topic of changed) indexes.set(topic, lastIndex);
      release((topic) => changed.includes(topic));
    },
    touch: (topic) => {
      lastIndex += 1;
      indexes.set(topic, lastIndex);
      release((other) => other === topic);
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
