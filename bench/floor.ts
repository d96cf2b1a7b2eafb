import { spawnSync } from 'node:child_process';
import { createHttp, type HttpClient, inParallel } from './http.ts';
import { createReporter, nowMs, percentile, type Reporter, spread } from './measure.ts';
import { type BenchFlags, numberOf } from './settings.ts';
import { bodiesOf, REGISTER_PATH, type World, withWorld } from './world.ts';

const WIDTH = 16;
const SEQUENTIAL = 200;
const READS = 20;
const ENGINE = '/var/run/docker.sock';

/** `npm run bench -- floor`: each step that no registrar can do without, alone, over warm connections. */
export async function floor(flags: BenchFlags): Promise<void> {
  const n = numberOf(flags.n, 1_000);
  const reporter = createReporter(flags.json === true);
  await withWorld(async (world) => {
    await world.docker.add(0, n);
    await consulFloor(world, n, reporter);
    const made = createHttp({ socketPath: world.docker.socketPath }, WIDTH);
    await dockerFloor('made-up Docker', made, reporter);
    made.close();
  });
  const name = `portolan-bench-${process.pid}`;
  const { status, stdout } = spawnSync('docker', ['create', '--name', name, 'busybox:latest', 'true']);
  if (status !== 0) return console.error('floor: no real Docker here, or no image busybox:latest');
  const real = createHttp({ socketPath: ENGINE }, WIDTH);
  await dockerFloor('real Docker', real, reporter);
  real.close();
  spawnSync('docker', ['rm', '--force', stdout.toString().trim()]);
}

async function consulFloor({ consul }: World, n: number, reporter: Reporter): Promise<void> {
  const http = createHttp({ port: consul.port }, WIDTH);
  const bodies = bodiesOf(n);
  const put = (body: string): Promise<string> => http.request('PUT', REGISTER_PATH, body);
  tell(reporter, 'floor register, one at a time', await times(bodies.slice(0, SEQUENTIAL), put));
  await consul.clear();
  const startMs = nowMs();
  await inParallel(bodies, WIDTH, put);
  const perSecond = bodies.length / ((nowMs() - startMs) / 1_000);
  reporter.report(`floor register, ${WIDTH} at a time`, `${perSecond.toFixed(0)} a second`, { n, perSecond });
  await consul.settle();
  const read = (path: string): Promise<readonly number[]> =>
    times(Array(READS).fill(path), (it) => http.request('GET', it));
  tell(reporter, `floor GET /agent/services of ${n}`, await read('/v1/agent/services'));
  tell(reporter, `floor GET /agent/checks of ${n}`, await read('/v1/agent/checks'));
  const ids = bodies.map((body) => (JSON.parse(body) as { readonly ID: string }).ID);
  const beat = JSON.stringify({ Status: 'passing', Output: 'running' });
  const update = (id: string): Promise<string> =>
    http.request('PUT', `/v1/agent/check/update/${encodeURIComponent(`${id}:container`)}`, beat);
  tell(reporter, 'floor check update, the first', await times(ids.slice(0, SEQUENTIAL), update));
  tell(reporter, 'floor check update, the same again', await times(ids.slice(0, SEQUENTIAL), update));
  http.close();
}

async function dockerFloor(name: string, http: HttpClient, reporter: Reporter): Promise<void> {
  const list = (): Promise<string> => http.request('GET', '/containers/json?all=1');
  const listed = JSON.parse(await list()) as readonly { readonly Id: string }[];
  tell(reporter, `floor list, ${name}, ${listed.length} containers`, await times(Array(READS).fill(''), list));
  const ids = Array.from({ length: SEQUENTIAL }, (_, i) => listed[i % listed.length]?.Id ?? '');
  tell(reporter, `floor inspect, ${name}`, await times(ids, (id) => http.request('GET', `/containers/${id}/json`)));
}

async function times<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<readonly number[]> {
  const taken: number[] = [];
  for (const item of items) {
    const startMs = nowMs();
    await work(item);
    taken.push(nowMs() - startMs);
  }
  return taken;
}

function tell(reporter: Reporter, name: string, taken: readonly number[]): void {
  const figures = { p50Ms: percentile(taken, 50), p99Ms: percentile(taken, 99), maxMs: Math.max(...taken) };
  reporter.report(name, `p50 / p99 / max ${spread(taken)} ms`, figures);
}
