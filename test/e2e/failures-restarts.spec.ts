import type { Container } from 'dockerode';
import { describe, it } from 'vitest';
import { TEST_LABEL } from '../support/global-setup.ts';
import { createRandom, type Random } from '../support/random.ts';
import { output, run } from '../support/shell.ts';
import { until } from '../support/until.ts';
import { readAgent } from '../torture/support/agent-state.ts';
import { PLAIN } from '../torture/support/apps.ts';
import { HOST_ADDRESS } from '../torture/support/daemon.ts';
import { openRig } from '../torture/support/open-rig.ts';
import { type Rig, startRig } from '../torture/support/rig.ts';
import { seeds, sized } from '../torture/support/size.ts';

/** Of the default bridge: where its containers reach the host. */
const GATEWAY = '{{(index .IPAM.Config 0).Gateway}}';

describe.concurrent('restarts of', () => {
  it('F15: the whole host: what Consul remembers of dead containers goes, what runs is registered', async (context) => {
    const { expect } = context;
    const rig = await openRig(context, { run: 'f15', consul: { isDurable: true } });
    const containers = await Promise.all(['a', 'b', 'c', 'd'].map((name) => rig.runContainer(PLAIN, name)));
    const [gone, back] = [containers.slice(0, 2), containers.slice(2)];
    await rig.settled();
    await rig.daemon.kill();
    await rig.consul.kill();
    await Promise.all(gone.map((container) => container.remove({ force: true })));
    await Promise.all(back.map((container) => container.kill()));

    await rig.consul.startAgain();
    const remembered = ['a', 'b', 'c', 'd'].map((name) => rig.serviceId(name));
    expect(Object.keys((await rig.actual()).services)).toEqual([...remembered, 'portolan:f15']);
    // As Docker does that starts with the host, while Portolan starts.
    rig.daemon.start();
    await Promise.all(back.map((container) => container.start()));
    await rig.settled();
  });

  it('F16: Portolan at any point of twenty registrations: within 5 s nothing dangles and nothing is missing', {
    timeout: sized(120_000, 3_600_000),
  }, async (context) => {
    const { expect } = context;
    const rig = await startRig({ run: 'f16' });
    context.onTestFinished(rig.close);
    const [seed = 1] = seeds();
    const random = createRandom(seed);
    const containers = await Promise.all(
      Array.from({ length: 20 }, (_, i) => rig.runContainer({ ...PLAIN, command: 'sleep 86400' }, `web${i}`)),
    );
    for (let point = 0; point < sized(10, 200); point++) {
      const what = await killWhileItRegisters(rig, random);
      const changed = await changeSome(containers, random);
      rig.daemon.start();
      const outcome = await rig.settled(5_000).catch((error: unknown) => error);
      expect(
        outcome,
        `seed ${seed}, point ${point}: killed ${what}; ${rig.daemon.log().slice(-2_000)}`,
      ).toBeUndefined();
      await rig.daemon.kill();
      const { services } = await rig.actual();
      const emptied = Object.keys(services).map((id) => rig.consul.deregister(id));
      await Promise.all([...emptied, ...changed.map((container) => container.start())]);
    }
  });

  it("F21: Portolan's container, made anew each time: the same IDs, the same owner, and nothing twice", async (context) => {
    const { expect } = context;
    const gateway = await output('docker', 'network', 'inspect', '-f', GATEWAY, 'bridge');
    const rig = await startRig({ run: 'f21', consul: { clientAddresses: [gateway] } });
    context.onTestFinished(rig.close);
    await rig.runContainer(PLAIN, 'web');
    // In a network of its own, so that each has another host name, as Docker gives them.
    const recreate = async (): Promise<string> => {
      const socket = '/var/run/docker.sock:/var/run/docker.sock';
      const args = [`consul://${gateway}:${rig.consul.port}`, '--registrar-only', '--host-address', HOST_ADDRESS];
      const id = await output('docker', 'run', '-d', '-l', TEST_LABEL, '-v', socket, 'portolan', ...args);
      context.onTestFinished(async () => void (await run('docker', ['rm', '-f', '-v', id])));
      const isReady = async () => (await run('docker', ['exec', id, 'portolan', 'healthcheck'])).code === 0;
      await until('it is ready', isReady, 30_000);
      return id;
    };
    const registered = async () => (await readAgent(rig.consul.port, (id) => /^portolan:|:f21-/.test(id))).services;

    let id = await recreate();
    const first = await registered();
    const hostname = await output('docker', 'info', '-f', '{{.Name}}');
    expect(new Set(Object.keys(first))).toEqual(new Set([`${hostname}:f21-web:8080`, `portolan:${hostname}`]));
    expect(new Set(Object.values(first).map(({ meta }) => meta['portolan-owner'])).size).toBe(1);
    for (let i = 0; i < sized(4, 20); i++) {
      await output('docker', 'rm', '-f', id);
      id = await recreate();
      expect(await registered()).toEqual(first);
    }
  });

  it('F43: Portolan by SIGTERM: a last heartbeat for each service, and all of them stay', async (context) => {
    const { expect } = context;
    const rig = await openRig(context, { run: 'f43' });
    await Promise.all(['a', 'b'].map((name) => rig.runContainer(PLAIN, name)));
    await rig.settled();
    const before = rig.recorder.calls.length;
    const startMs = performance.now();
    rig.daemon.signal('SIGTERM');
    expect(await rig.daemon.ended()).toBe(0);
    expect(performance.now() - startMs).toBeLessThan(10_000);
    const state = await rig.actual();
    expect(state).toEqual(await rig.expected());
    const last = rig.recorder.calls.slice(before).map(({ method, path }) => `${method} ${decodeURIComponent(path)}`);
    const beats = Object.keys(state.checks).map((id) => `PUT /v1/agent/check/update/${id}`);
    expect(last.filter((call) => call.includes('f43-') || call.includes('portolan:')).toSorted()).toEqual(
      beats.toSorted(),
    );
  });

  it('F43: Portolan by SIGTERM with --on-exit leave: none of its services stays', async (context) => {
    const { expect } = context;
    const rig = await openRig(context, { run: 'f43leave', args: ['--on-exit', 'leave'] });
    await Promise.all(['a', 'b'].map((name) => rig.runContainer(PLAIN, name)));
    await rig.settled();
    rig.daemon.signal('SIGTERM');
    expect(await rig.daemon.ended()).toBe(0);
    expect(await rig.actual()).toEqual({ services: {}, checks: {} });
  });

  it('F43: Portolan by a second signal: it ends now, whatever it waits for', async (context) => {
    const { expect } = context;
    const rig = await openRig(context, { run: 'f43now' });
    await rig.runContainer(PLAIN, 'web');
    await rig.settled();
    await rig.proxies.consul.set('stalled');
    const startMs = performance.now();
    // Two that come at once may count as one, so until it has ended.
    await until('it has ended', () => {
      rig.daemon.signal('SIGTERM');
      return !rig.daemon.isRunning();
    });
    expect(await rig.daemon.ended()).toBe(143);
    // Its last words would have had 2.5 s.
    expect(performance.now() - startMs).toBeLessThan(2_000);
  });
});

/** Starts the daemon and kills it before or after a registration reaches Consul, or a while later. Says when. */
async function killWhileItRegisters({ daemon, recorder }: Rig, random: Random): Promise<string> {
  const [count, phase, laterMs] = [1 + random.below(20), random.pick(['sent', 'answered'] as const), random.below(20)];
  const { promise, resolve } = Promise.withResolvers<void>();
  let seen = 0;
  recorder.onPhase = (call, at) => {
    if (call.serviceId === undefined || at !== phase) return;
    seen += 1;
    if (seen === count) resolve();
  };
  daemon.start();
  await promise;
  recorder.onPhase = () => undefined;
  const isLater = random.chance(0.3);
  if (isLater) await new Promise((done) => setTimeout(done, laterMs));
  await daemon.kill();
  return `when registration ${count} was ${phase}${isLater ? ` and ${laterMs} ms later` : ''}`;
}

/** While nobody looks: some containers end, and one gets another port. Gives those that ended. */
async function changeSome(containers: readonly Container[], random: Random): Promise<readonly Container[]> {
  const first = random.below(containers.length - 3);
  const [restarted, ...killed] = containers.slice(first, first + 3);
  await Promise.all([restarted?.restart({ t: 0 }), ...killed.map((container) => container.kill())]);
  return killed;
}
