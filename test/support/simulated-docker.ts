import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { createSimulatedContainers, type SimulatedHealth, type SimulatedOptions } from './simulated-containers.ts';

/** What becomes of a line of the stream of events: it is sent as often, as late and in whatever order `send` is called. */
export type Tamper = (line: string, send: (line: string) => void) => void;

/**
 * Docker's HTTP API at a socket, as far as Portolan uses it, without containers behind it. As the real one it tells of
 * the end of a container before it says so, and of one that is busy it answers late.
 */
export interface SimulatedDocker {
  /** As `--docker-host` takes it. */
  readonly host: string;
  /** `GET /containers/json?all=true`, in order, since the last time. */
  takeRequests(): readonly string[];
  /** Starts new containers and gives their IDs; the events follow back to back. */
  start(count?: number, options?: SimulatedOptions): readonly string[];
  /** Starts one that has ended, at another port. */
  startAgain(id: string): void;
  kill(id: string, signal?: string): void;
  remove(id: string): void;
  rename(id: string, name: string): void;
  pause(id: string): void;
  unpause(id: string): void;
  setHealth(id: string, health: SimulatedHealth): void;
  ids(): readonly string[];
  isRunning(id: string): boolean;
  /** What inspecting it says in truth. */
  inspect(id: string): unknown;
  /** From now on inspecting `id` waits until the returned function is called. */
  hold(id: string): () => void;
  /** From now on inspecting `id` gives this; without it the truth again. */
  spoil(id: string, answer?: { readonly status: number; readonly body: string }): void;
  /** From now on nothing is answered, and no event told, until the returned function is called. */
  freeze(): () => void;
  /** How events are told from now on; without it as they happen. */
  tamperWith(tamper?: Tamper): void;
  cutStreams(): void;
  /** Whether anybody listens to the events. */
  isFollowed(): boolean;
  close(): Promise<void>;
}

/** Listens at `docker.sock` in `folder`. */
export async function startSimulatedDocker(folder: string): Promise<SimulatedDocker> {
  const containers = createSimulatedContainers();
  const requests: string[] = [];
  const streams = new Set<ServerResponse>();
  const gates = new Map<string, Promise<void>>();
  const spoilt = new Map<string, { readonly status: number; readonly body: string }>();
  let thawed = Promise.resolve();
  let tamper: Tamper = (line, send) => send(line);
  const send = (line: string): void => {
    void thawed.then(() => {
      for (const stream of streams) stream.write(line);
    });
  };
  const tell = (lines: readonly string[]): void => {
    for (const line of lines) tamper(line, send);
  };

  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '', 'http://docker');
    requests.push(`${request.method} ${decodeURIComponent(request.url ?? '')}`);
    await thawed;
    if (request.method !== 'GET') return respond(response, { message: 'only GET is simulated' }, 405);
    const [, id] = /^\/containers\/([0-9a-f]{64})\/json$/.exec(url.pathname) ?? [];
    if (id !== undefined) {
      await gates.get(id);
      const bad = spoilt.get(id);
      if (bad !== undefined) return void response.writeHead(bad.status).end(bad.body);
      const isKnown = containers.has(id);
      return respond(
        response,
        isKnown ? containers.inspect(id) : { message: `No such container: ${id}` },
        isKnown ? 200 : 404,
      );
    }
    switch (url.pathname) {
      case '/_ping':
        return void response.end('OK');
      case '/info':
        return respond(response, { ID: 'engine-1', Name: 'docker-host' });
      case '/containers/json':
        return respond(response, containers.list(listWish(url.searchParams)));
      case '/events':
        response.writeHead(200, { 'content-type': 'application/json' }).flushHeaders();
        streams.add(response);
        response.once('close', () => streams.delete(response));
        return;
      default:
        return respond(response, { message: 'page not found' }, 404);
    }
  };
  const { promise, resolve } = Promise.withResolvers<void>();
  const path = join(folder, 'docker.sock');
  server.listen(path, resolve);
  await promise;
  return {
    host: `unix://${path}`,
    takeRequests: () => requests.splice(0),
    start: (count = 1, options = {}) => {
      const ids = Array.from({ length: count }, () => containers.create(options));
      for (const id of ids) tell(containers.start(id));
      return ids;
    },
    startAgain: (id) => tell(containers.start(id)),
    kill: (id, signal = '9') => tell(containers.kill(id, signal)),
    remove: (id) => tell(containers.remove(id)),
    rename: (id, name) => tell(containers.rename(id, name)),
    pause: (id) => tell(containers.pause(id)),
    unpause: (id) => tell(containers.unpause(id)),
    setHealth: (id, health) => tell(containers.setHealth(id, health)),
    ids: containers.ids,
    isRunning: containers.isRunning,
    inspect: containers.inspect,
    hold: (id) => {
      const gate = Promise.withResolvers<void>();
      gates.set(id, gate.promise);
      return () => {
        gates.delete(id);
        gate.resolve();
      };
    },
    spoil: (id, bad) => {
      if (bad === undefined) spoilt.delete(id);
      else spoilt.set(id, bad);
    },
    freeze: () => {
      const thaw = Promise.withResolvers<void>();
      thawed = thaw.promise;
      return thaw.resolve;
    },
    tamperWith: (next = (line, direct) => direct(line)) => {
      tamper = next;
    },
    cutStreams: () => {
      for (const stream of streams) stream.destroy();
    },
    isFollowed: () => streams.size > 0,
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((closed) => server.close(() => closed()));
    },
  };
}

function listWish(query: URLSearchParams): { readonly all: boolean; readonly ids: readonly string[] | undefined } {
  const filters = JSON.parse(query.get('filters') ?? '{}') as { readonly id?: readonly string[] };
  return { all: ['1', 'true'].includes(query.get('all') ?? ''), ids: filters.id };
}

function respond(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
