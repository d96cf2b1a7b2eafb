import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { takePorts } from '../support/ports.ts';
import { startSimulatedDocker } from '../support/simulated-docker.ts';
import { until } from '../support/until.ts';
import { readAgent } from './support/agent-state.ts';
import { startConsulServer } from './support/consul-server.ts';
import { createDaemon } from './support/daemon.ts';
import { sized } from './support/size.ts';

const SERVICES = 300;
const BUSY_LOOPS = 4;
// At full size with the TTL that users have; else with one that ends within the window, at sixty heartbeats a second.
const ARGS = sized(['--ttl', '20s'], []);
const WINDOW_MS = sized(25_000, 180_000);

it('F34: with four busy loops on the machine no check of 300 services turns critical', {
  timeout: WINDOW_MS + 60_000,
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'portolan-starved-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const simulated = await startSimulatedDocker(folder);
  onTestFinished(simulated.close);
  simulated.start(SERVICES);
  const consul = await startConsulServer();
  onTestFinished(consul.remove);
  const daemon = createDaemon({
    registry: `consul://127.0.0.1:${consul.port}`,
    hostname: 'starved',
    adminPort: await takePorts(1),
    folder,
    args: ['--docker-host', simulated.host, ...ARGS],
  });
  onTestFinished(daemon.kill);
  daemon.start();
  const notPassing = async () => {
    const { checks } = await readAgent(consul.port, () => true);
    const failed = Object.entries(checks).filter(([, { status }]) => status !== 'passing');
    return failed.map(([id, { status, word }]) => `${id}: ${status}, ${word}`);
  };
  const count = async () => Object.keys((await readAgent(consul.port, () => true)).checks).length;
  await until('all are registered', async () => (await count()) === SERVICES + 1, 30_000);
  expect(await notPassing()).toEqual([]);

  const loops = startBusyLoops(WINDOW_MS + 30_000);
  onTestFinished(() => loops.forEach((loop) => loop.kill('SIGKILL')));
  const endMs = performance.now() + WINDOW_MS;
  while (performance.now() < endMs) {
    expect(await notPassing(), daemon.log().slice(-2_000)).toEqual([]);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  expect(await count()).toBe(SERVICES + 1);
});

/** They end by themselves after `ms` at the latest. */
function startBusyLoops(ms: number): readonly ChildProcess[] {
  const program = `const end = Date.now() + ${ms}; while (Date.now() < end);`;
  const args = ['--pdeathsig', 'KILL', process.execPath, '-e', program];
  return Array.from({ length: BUSY_LOOPS }, () => spawn('setpriv', args, { stdio: 'ignore' }));
}
