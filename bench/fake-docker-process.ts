// A made-up Docker engine, as a process of its own so that its CPU is nobody else's: as much of the API as a registrar
// reads, thousands of containers, and events as fast as wanted. `fake-docker.ts` starts it and talks to it.
import http from 'node:http';
import { setImmediate as breathe, setTimeout as sleep } from 'node:timers/promises';
import { aContainer, anEvent, type FakeContainer, type FakeEvent, inspected, listed } from './fake-containers.ts';
import type { FakeDockerCall, FakeDockerCounts, StampedContainer } from './fake-docker.ts';
import { nowMs } from './measure.ts';

type Filters = Readonly<Record<string, readonly string[]>>;

interface Stream {
  readonly response: http.ServerResponse;
  readonly filters: Filters;
}

const MAX_HISTORY = 20_000;
/** So many events in one go; then sockets must get their turn. */
const IN_ONE_GO = 50;

const containers = new Map<string, FakeContainer>();
const streams = new Set<Stream>();
const history: FakeEvent[] = [];
const counts = { lists: 0, inspects: 0 };

function answer({ method = '', url = '/' }: http.IncomingMessage, response: http.ServerResponse): void {
  const { pathname, searchParams } = new URL(url, 'http://docker');
  const path = pathname.replace(/^\/v\d+\.\d+/, '');
  if (path === '/_ping') {
    response.end(method === 'HEAD' ? undefined : 'OK');
  } else if (path === '/events') {
    openStream({ response, filters: filtersOf(searchParams) }, searchParams.get('since'));
  } else {
    const value = valueAt(path, searchParams);
    json(response, value ?? { message: `nothing at ${path}` }, value === undefined ? 404 : 200);
  }
}

function valueAt(path: string, parameters: URLSearchParams): unknown {
  if (path === '/info') return { ID: 'BENCH', Name: 'bench', Containers: containers.size };
  if (path === '/version') return { Version: '20.10.24', ApiVersion: '1.41', MinAPIVersion: '1.12' };
  if (path === '/containers/json') {
    counts.lists += 1;
    const isAll = /^(1|true)$/i.test(parameters.get('all') ?? '');
    const filters = filtersOf(parameters);
    return [...containers.values()].filter((one) => isListed(one, filters, isAll)).map(listed);
  }
  const container = containers.get(/^\/containers\/([^/]+)\/json$/.exec(path)?.[1] ?? '');
  if (container === undefined) return undefined;
  counts.inspects += 1;
  return inspected(container);
}

function json(response: http.ServerResponse, value: unknown, status: number): void {
  const body = JSON.stringify(value);
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
  response.end(body);
}

/** Clients write `{"id":["a"]}` or `{"id":{"a":true}}`. */
function filtersOf(parameters: URLSearchParams): Filters {
  const given = JSON.parse(parameters.get('filters') ?? '{}') as Record<string, readonly string[] | object>;
  const values = (of: readonly string[] | object): readonly string[] => (Array.isArray(of) ? of : Object.keys(of));
  return Object.fromEntries(Object.entries(given).map(([name, of]) => [name, values(of)]));
}

function isListed({ id, isRunning }: FakeContainer, { id: ids, status }: Filters, isAll: boolean): boolean {
  if (ids !== undefined && !ids.some((wanted) => id.startsWith(wanted))) return false;
  return status === undefined ? isAll || isRunning : status.includes(isRunning ? 'running' : 'exited');
}

function openStream(stream: Stream, since: string | null): void {
  const { response, filters } = stream;
  response.writeHead(200, { 'content-type': 'application/json' });
  response.flushHeaders();
  if (since !== null) {
    const missed = history.filter((event) => Number(event['timeNano']) / 1e9 >= Number(since));
    for (const event of missed) if (isWanted(event, filters)) response.write(`${JSON.stringify(event)}\n`);
  }
  streams.add(stream);
  response.once('close', () => streams.delete(stream));
}

function isWanted({ Type, Action, Actor }: FakeEvent, { type, event, container }: Filters): boolean {
  const isType = type === undefined || type.includes(Type);
  const isAction = event === undefined || event.some((name) => Action === name || Action.startsWith(`${name}:`));
  return isType && isAction && (container === undefined || container.includes(Actor.ID));
}

function emit(event: FakeEvent): void {
  history.push(event);
  if (history.length > MAX_HISTORY) history.splice(0, MAX_HISTORY / 2);
  const line = `${JSON.stringify(event)}\n`;
  for (const { response, filters } of streams) if (isWanted(event, filters)) response.write(line);
}

interface Step {
  /** After the first of the container's steps. */
  readonly afterMs: number;
  readonly run: (container: FakeContainer) => void;
  /** The step that a registrar should act on. */
  readonly isStamped?: boolean;
}

/** What an engine tells of a start and of a stop, with its pauses. Measured on Docker 20.10. */
const STARTS: readonly Step[] = [
  { afterMs: 0, run: (one) => emit(anEvent(one, 'container', 'create')) },
  { afterMs: 60, run: (one) => emit(anEvent(one, 'network', 'connect')) },
  { afterMs: 250, run: start, isStamped: true },
];
const DEATHS: readonly Step[] = [
  { afterMs: 0, run: (one) => emit(anEvent(one, 'container', 'kill', { signal: '15' })) },
  { afterMs: 60, run: die, isStamped: true },
  { afterMs: 110, run: (one) => emit(anEvent(one, 'network', 'disconnect')) },
  { afterMs: 140, run: destroy },
];

function start(container: FakeContainer): void {
  containers.set(container.id, container);
  emit(anEvent(container, 'container', 'start'));
}

function die(container: FakeContainer): void {
  container.isRunning = false;
  emit(anEvent(container, 'container', 'die', { exitCode: '0' }));
}

function destroy(container: FakeContainer): void {
  containers.delete(container.id);
  emit(anEvent(container, 'container', 'destroy'));
}

async function play(
  all: readonly FakeContainer[],
  steps: readonly Step[],
  perSecond: number,
): Promise<readonly StampedContainer[]> {
  const startMs = nowMs();
  const gapMs = perSecond === 0 ? 0 : 1_000 / perSecond;
  const script = all
    .flatMap((container, i) => steps.map((step) => ({ container, step, atMs: i * gapMs + step.afterMs })))
    .toSorted((a, b) => a.atMs - b.atMs);
  const stamped: StampedContainer[] = [];
  let inOneGo = 0;
  for (const { container, step, atMs } of script) {
    const waitMs = startMs + atMs - nowMs();
    if (waitMs > 1) await sleep(waitMs);
    else if (++inOneGo % IN_ONE_GO === 0) await breathe();
    if (step.isStamped) stamped.push({ index: container.index, atMs: nowMs() });
    step.run(container);
  }
  return stamped;
}

async function obey({ operation, from, count, perSecond }: FakeDockerCall): Promise<unknown> {
  const indices = Array.from({ length: count }, (_, i) => from + i);
  switch (operation) {
    case 'add':
      for (const one of indices.map(aContainer)) containers.set(one.id, one);
      return undefined;
    case 'start':
      return await play(indices.map(aContainer), STARTS, perSecond);
    case 'die':
      return await play(
        [...containers.values()].filter(({ index }) => index >= from && index < from + count),
        DEATHS,
        perSecond,
      );
    case 'counts':
      return { ...counts, streams: streams.size } satisfies FakeDockerCounts;
  }
}

process.on('message', (call: FakeDockerCall) => {
  void obey(call).then((value) => process.send?.({ number: call.number, value }));
});
process.once('disconnect', () => process.exit());
http.createServer({ keepAliveTimeout: 60_000 }, answer).listen(process.argv[2], () => process.send?.('ready'));
