import { afterAll, beforeAll, expect, it } from 'vitest';
import { startWeb, type Web } from '../support/docker.ts';
import { type RecordedRequest, type RecordingProxy, startRecordingProxy } from '../support/recording-proxy.ts';
import { until } from '../support/until.ts';
import { startWorld, type World } from '../support/world.ts';

const SERVICES = 3;
const RESYNC_S = 2;
const WINDOW_S = 10;
/** Between two looks who leads. */
const LOOK_S = 5;

let world: World;
let proxy: RecordingProxy;
let webs: readonly Web[];

beforeAll(async () => {
  world = await startWorld('consul', {
    args: ['--resync', `${RESYNC_S}s`, '--ttl', '8s'],
    proxy: async ({ port, targetPort }) => {
      proxy = await startRecordingProxy(port, targetPort);
    },
  });
  webs = await Promise.all(Array.from({ length: SERVICES }, () => startWeb({ labels: { SERVICE_NAME: 'idle' } })));
  await world.answeredBy(
    'idle',
    webs.map(({ hostname }) => hostname),
  );
  // At its start Portolan says its name and listens for another one; then it beats like the others.
  await until(
    'Portolan beats its own check',
    () => proxy.requests.filter(({ path }) => path.includes('/check/update/portolan')).length > 1,
  );
});

afterAll(async () => {
  await world.stop();
  proxy.close();
  await Promise.all(webs.map((web) => web.remove()));
});

it('an idle Portolan writes heartbeats and nothing else, and reads by blocking queries, once a resync, and who leads', async () => {
  const before = proxy.requests.length;
  // The one wait that is for time itself to pass.
  await new Promise((resolve) => setTimeout(resolve, WINDOW_S * 1_000));
  const seen = proxy.requests.slice(before);
  const count = (isCounted: (request: RecordedRequest) => boolean) => seen.filter(isCounted).length;
  const isBlocking = ({ query }: RecordedRequest) => /(^|&)index=\d+/.test(query) && /(^|&)wait=/.test(query);
  const isHeartbeat = ({ method, path }: RecordedRequest) =>
    method === 'PUT' && path.startsWith('/v1/agent/check/update/');
  const isServices = ({ method, path }: RecordedRequest) => method === 'GET' && path === '/v1/agent/services';
  const isLeader = ({ method, path }: RecordedRequest) => method === 'GET' && path === '/v1/status/leader';
  const isChecks = ({ method, path }: RecordedRequest) => method === 'GET' && path === '/v1/agent/checks';

  // Each service, Portolan's own among them, every quarter of the life of 8 s: in the window 5 times, give or take one.
  const { registration } = await world.status();
  for (const { id } of registration?.services ?? []) {
    const path = `/v1/agent/check/update/${encodeURIComponent(`${id}:container`)}`;
    const beats = count((request) => request.method === 'PUT' && request.path === path);
    expect([id, Math.abs(beats - WINDOW_S / 2) <= 1]).toEqual([id, true]);
  }
  expect(count(isServices)).toBeGreaterThanOrEqual(WINDOW_S / RESYNC_S - 1);
  expect(count(isServices)).toBeLessThanOrEqual(WINDOW_S / RESYNC_S + 1);
  expect(count(isChecks)).toBeLessThanOrEqual(1);
  expect(count(isLeader)).toBeLessThanOrEqual(WINDOW_S / LOOK_S + 1);
  const isKnown = [isBlocking, isHeartbeat, isServices, isChecks, isLeader];
  expect(seen.filter((request) => !isKnown.some((is) => is(request)))).toEqual([]);
});

it('it holds less than 90 MB', async () => {
  const script =
    'for p in /proc/[0-9]*; do grep -q portolan.js $p/cmdline 2>/dev/null && grep VmRSS $p/status; done; :';
  const kilobytes = Number(/VmRSS:\s+(\d+) kB/.exec(await world.exec(script))?.[1]);
  expect(kilobytes).toBeGreaterThan(0);
  expect(kilobytes / 1_024).toBeLessThan(90);
});
