import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ContainerSnapshot } from '../../../src/domain/container.ts';
import { aContainer } from '../../support/containers.ts';
import { createRegistrationWorld, type RegistrationWorld } from '../../support/registration-world.ts';

const WEB = 'node-a:web.1:80';
const API = 'node-a:api:80';
const HELD = 'was started 5 times within a minute; registered once it has run for 5 s';
const api = aContainer({ id: 'api', name: 'api', createdMs: 2_000 });

let world: RegistrationWorld;
let starts: number;

beforeEach(async () => {
  // No resync, no heartbeat: whatever is looked at has a reason of its own.
  world = createRegistrationWorld({ resyncMs: 3_600_000, heartbeatMs: 3_600_000, isTtlGiven: true });
  starts = 0;
  world.source.run(api);
  await world.start();
  world.registry.takeCalls();
});

afterEach(async () => {
  await world.stop();
});

/** A further run of the container, with a port of its own. */
function nextRun(): ContainerSnapshot {
  starts += 1;
  const bindings = [{ hostIp: '0.0.0.0', hostPort: 32_000 + starts }];
  return aContainer({ startedMs: starts, ports: [{ port: 80, protocol: 'tcp', bindings }] });
}

/** It runs for a second and ends, so many times; the calls that follow from each run. */
async function flap(times: number): Promise<readonly (readonly string[])[]> {
  const calls: (readonly string[])[] = [];
  for (let time = 0; time < times; time++) {
    world.source.run(nextRun(), api);
    const started = await world.after(1_000);
    world.source.run(api);
    calls.push([...started, ...(await world.after(0))]);
  }
  return calls;
}

describe('createRegistration, a container that starts and ends all the time', () => {
  it('is registered four times and then held', async () => {
    const both = [`register ${WEB}`, `deregister ${WEB}`];
    expect(await flap(7)).toEqual([both, both, both, both, [], [], []]);
  });

  it('is registered when one run has lasted 5 s, without waiting for a resync', async () => {
    await flap(6);
    world.source.run(nextRun(), api);
    expect(await world.after(4_999)).toEqual([]);
    expect(world.controller.status().notes).toEqual([{ kind: 'skipped', container: 'web.1', text: HELD }]);
    expect(await world.after(1)).toEqual([`register ${WEB}`]);
    expect(world.controller.status()).toMatchObject({ notes: [], services: [{ id: WEB, port: 32_007 }, { id: API }] });
  });

  it('is told of once in the log', async () => {
    await flap(4);
    world.source.run(nextRun(), api);
    await world.after(1_000);
    world.source.run(nextRun(), api);
    await world.after(1_000);
    expect(world.log.lines.filter(({ facts }) => facts['fact'] === HELD)).toEqual([
      { level: 'info', message: 'port is not registered', facts: { container: 'web.1', fact: HELD } },
    ]);
  });

  it('is deregistered at once when its restart policy turns out to have started it again and again', async () => {
    world.source.run(aContainer({ startedMs: 1, restartCount: 0 }), api);
    expect(await world.after(10_000)).toEqual([`register ${WEB}`]);
    world.source.run(aContainer({ startedMs: 2, restartCount: 5 }), api);
    expect(await world.after(0)).toEqual([`deregister ${WEB}`]);
    expect(await world.after(5_000)).toEqual([`register ${WEB}`]);
  });

  it('disturbs no other container', async () => {
    await flap(10);
    expect(world.controller.status().services.map(({ id }) => id)).toEqual([API]);
  });
});
