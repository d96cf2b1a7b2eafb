import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Container } from 'dockerode';
import { describe, it } from 'vitest';
import { until } from '../support/until.ts';
import type { AgentCheck } from '../torture/support/agent-state.ts';
import { type App, PLAIN } from '../torture/support/apps.ts';
import { execute } from '../torture/support/execute.ts';
import { openRig } from '../torture/support/open-rig.ts';
import type { Rig } from '../torture/support/rig.ts';
import { sized } from '../torture/support/size.ts';

const HELD = 'was started 5 times within a minute; registered once it has run for 5 s';
const PASSING = { status: 'passing', word: 'running' };

/** The container check of a service, without saying whose it is. */
async function check({ actual }: Rig, serviceId: string): Promise<Omit<AgentCheck, 'serviceId'> | undefined> {
  const found = (await actual()).checks[`${serviceId}:container`];
  return found === undefined ? undefined : { status: found.status, word: found.word };
}

async function untilCheck(rig: Rig, serviceId: string, wanted: Omit<AgentCheck, 'serviceId'>, timeoutMs?: number) {
  const what = `${serviceId} is ${wanted.status}, ${wanted.word}`;
  const isThere = async () => {
    const found = await check(rig, serviceId);
    return found?.status === wanted.status && found.word === wanted.word;
  };
  await until(what, isThere, timeoutMs);
}

/** The port that Docker gave the first published port. */
async function publishedPort(container: Container): Promise<number> {
  const { NetworkSettings } = await container.inspect();
  return Number(NetworkSettings.Ports['8080/tcp']?.[0]?.HostPort);
}

describe.concurrent('what containers do', () => {
  it('F7: a container that starts again and again costs a write a second at most, and then is held', async (context) => {
    const { expect } = context;
    const rig = await openRig(context, { run: 'f7' });
    const id = rig.serviceId('loop');
    const folder = mkdtempSync(join(tmpdir(), 'portolan-gate-'));
    context.onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const command = 'if [ -e /gate/open ]; then trap "exit 0" TERM; sleep 86400 & wait; else sleep 0.2; fi';
    const container = await rig.runContainer({ ...PLAIN, command, binds: [`${folder}:/gate`] }, 'loop');
    // As `--restart=always` does, but without its pauses, which grow.
    const endMs = performance.now() + sized(12_000, 60_000);
    while (performance.now() < endMs) {
      await container.wait();
      await container.start();
    }
    const writes = rig.recorder.writes(id);
    const seconds = (performance.now() - (writes[0]?.atMs ?? 0)) / 1_000;
    expect(writes.length).toBeGreaterThan(0);
    expect(writes.length).toBeLessThanOrEqual(seconds);

    await container.wait();
    writeFileSync(join(folder, 'open'), '');
    const startMs = performance.now();
    await container.start();
    const isHeld = async () => (await rig.daemon.statusText()).includes(`container f7-loop: ${HELD}`);
    await until('it is held', isHeld, 4_000);
    await rig.settled();
    expect(performance.now() - startMs).toBeGreaterThan(5_000);
  });

  it('F7: a container with --restart=always that ends at once is held too', async (context) => {
    const { expect } = context;
    const rig = await openRig(context, { run: 'f7always' });
    const app = { ...PLAIN, command: 'sleep 0.2', restart: 'always' } as const;
    const container = await rig.runContainer(app, 'loop');
    await until('it has started six times', async () => (await container.inspect()).RestartCount >= 6, 30_000);
    // It is only said while it runs.
    const notes = async () => (await rig.daemon.status()).registration?.notes ?? [];
    const isHeld = async () => (await notes()).some((note) => note.container === 'f7always-loop' && note.text === HELD);
    await until('it is held', isHeld, 30_000);
    expect(rig.recorder.writes(rig.serviceId('loop')).length).toBeLessThanOrEqual(10);
  });

  it('F8: a paused container is critical until it goes on, and stays registered', async (context) => {
    const { expect } = context;
    const rig = await openRig(context, { run: 'f8' });
    const container = await rig.runContainer(PLAIN, 'web');
    const id = rig.serviceId('web');
    await untilCheck(rig, id, PASSING);
    for (let i = 0; i < sized(10, 50); i++) {
      await container.pause();
      await untilCheck(rig, id, { status: 'critical', word: 'paused' });
      await container.unpause();
      await untilCheck(rig, id, PASSING);
    }
    expect(rig.recorder.writes(id)).toHaveLength(1);
  });

  it('F9: a HEALTHCHECK decides what its container check says, each time that it turns', async (context) => {
    const { expect } = context;
    const rig = await openRig(context, { run: 'f9' });
    const container = await rig.runContainer({ ...PLAIN, hasHealthCheck: true }, 'web');
    const id = rig.serviceId('web');
    await untilCheck(rig, id, { status: 'critical', word: 'starting' });
    await untilCheck(rig, id, PASSING);
    for (let i = 0; i < sized(10, 100); i += 2) {
      await execute(container, 'rm /well');
      await untilCheck(rig, id, { status: 'critical', word: 'unhealthy' });
      await execute(container, 'touch /well');
      await untilCheck(rig, id, PASSING);
    }
    expect(rig.recorder.writes(id)).toHaveLength(1);
  });

  it('F14: a container that is asked to end is critical before it ends, and gone when it has', async (context) => {
    const { expect } = context;
    const rig = await openRig(context, { run: 'f14' });
    const app: App = { ...PLAIN, command: 'trap "sleep 2; exit 0" TERM; sleep 86400 & wait' };
    const container = await rig.runContainer(app, 'web');
    const id = rig.serviceId('web');
    await untilCheck(rig, id, PASSING);
    const stopping = container.stop({ t: 10 });
    await untilCheck(rig, id, { status: 'critical', word: 'stopping' });
    expect((await container.inspect()).State.Running).toBe(true);
    await stopping;
    await until('it is gone', async () => (await rig.actual()).services[id] === undefined, 1_000);
  });

  it('F14: a container that ignores the signal is drained for its stop timeout and 10 s more', async (context) => {
    const { expect } = context;
    const rig = await openRig(context, { run: 'f14deaf' });
    const app: App = { ...PLAIN, command: 'trap "" TERM; sleep 86400', stopTimeoutS: 1 };
    const container = await rig.runContainer(app, 'web');
    const id = rig.serviceId('web');
    await untilCheck(rig, id, PASSING);
    const startMs = performance.now();
    await container.kill({ signal: 'SIGTERM' });
    await untilCheck(rig, id, { status: 'critical', word: 'stopping' });
    await untilCheck(rig, id, PASSING, 20_000);
    const seconds = (performance.now() - startMs) / 1_000;
    expect(seconds).toBeGreaterThan(10.5);
    expect(seconds).toBeLessThan(13);
  });

  it('F47: of containers with one SERVICE_ID the oldest has it, and each in turn when it goes', async (context) => {
    const { expect } = context;
    const rig = await openRig(context, { run: 'f47', args: ['--resync', '1s'] });
    const app: App = { ...PLAIN, labels: { SERVICE_NAME: 'twin', SERVICE_ID: `${rig.run}-twin` } };
    const containers: Container[] = [];
    for (let i = 0; i < sized(3, 20); i++) containers.push(await rig.runContainer(app, `twin${i}`));
    const heldBy = async (container: Container) => {
      const port = await publishedPort(container);
      await until('its port is registered', async () => {
        const { services } = await rig.actual();
        return services[`${rig.run}-twin`]?.port === port;
      });
    };
    for (const [i, container] of containers.entries()) {
      await heldBy(container);
      const losers = containers.slice(i + 1).map((_, offset) => `f47-twin${i + 1 + offset}`);
      await until('the others are shown as conflicts', async () => {
        const { notes = [] } = (await rig.daemon.status()).registration ?? {};
        const shown = notes.filter(({ kind }) => kind === 'conflict').map((note) => note.container);
        return shown.join() === losers.toSorted().join();
      });
      const before = rig.recorder.writes(`${rig.run}-twin`).length;
      const lists = rig.recorder.lists();
      await until('three more resyncs', () => rig.recorder.lists() >= lists + 3);
      expect(rig.recorder.writes(`${rig.run}-twin`)).toHaveLength(before);
      await container.stop({ t: 5 });
    }
    await until('the service is gone', async () => !(await rig.actual()).services[`${rig.run}-twin`]);
    await containers[0]?.start();
    await heldBy(containers[0] as Container);
  });
});
