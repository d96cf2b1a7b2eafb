import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMemoryCatalog } from '../../../src/adapters/memory/registry.ts';
import type { ContainerSnapshot } from '../../../src/domain/container.ts';
import type { ServiceRegistry } from '../../../src/registration/contracts.ts';
import type { RegistrationOptions } from '../../../src/registration/pass-context.ts';
import { aContainer, http } from '../../support/containers.ts';
import { createRecordingRegistry } from '../../support/recording-registry.ts';
import { createRegistrationWorld, type RegistrationWorld } from '../../support/registration-world.ts';

const WEB = 'node-a:web.1:80';
const WEB_RUNS = `report ${WEB}:container passing running`;
const WEB_FAILED = `report ${WEB}:container critical exited: with code 1`;
const { signal } = new AbortController();
const web = aContainer();
const ended = (exitCode: number): ContainerSnapshot =>
  aContainer({ state: 'exited', exitCode, ports: [{ ...http, bindings: [] }] });

let catalog: ServiceRegistry;
let world: RegistrationWorld;

async function startWith(containers: readonly ContainerSnapshot[], options: Partial<RegistrationOptions> = {}) {
  world = createRegistrationWorld(
    { deregister: 'on-success', ...options },
    { registry: createRecordingRegistry(catalog) },
  );
  world.source.run(...containers);
  await world.start();
  return world.registry.takeCalls();
}

beforeEach(async () => {
  catalog = createMemoryCatalog('node-a').registry;
  await startWith([web]);
});
afterEach(async () => {
  await world.stop();
});

async function callsAfter(...containers: readonly ContainerSnapshot[]): Promise<readonly string[]> {
  world.source.run(...containers);
  return await world.after(0);
}

const portOf = async () => (await catalog.services(signal)).get(WEB)?.port;

describe('createRegistration with --deregister on-success', () => {
  it.each([0, 129, 137, 143, 192])('removes the services of a container that ended with code %d', async (exitCode) => {
    expect(await callsAfter(ended(exitCode))).toEqual([`deregister ${WEB}`]);
  });

  it.each([1, 128, 193, 255])('keeps those of one that ended with code %d, and says so', async (exitCode) => {
    expect(await callsAfter(ended(exitCode))).toEqual([
      `report ${WEB}:container critical exited: with code ${exitCode}`,
    ]);
    expect(await portOf()).toBe(32_080);
  });

  it('says it again with every heartbeat, and registers nothing', async () => {
    await callsAfter(ended(1));
    const calls = await world.after(120_000);
    expect(calls.filter((call) => call !== 'services' && call !== 'checks')).toEqual(
      Array.from({ length: 8 }, () => WEB_FAILED),
    );
  });

  it('shows it in the status', async () => {
    await callsAfter(ended(1));
    await world.after(0);
    expect(world.controller.status().services).toEqual([
      {
        id: WEB,
        name: 'web',
        container: 'web.1',
        address: '192.0.2.10',
        port: 32_080,
        check: 'exited: with code 1',
      },
    ]);
  });

  it('removes them with the container', async () => {
    await callsAfter(ended(1));
    expect(await callsAfter()).toEqual([`deregister ${WEB}`]);
  });

  it('registers it anew, with its new port, when it is started again', async () => {
    await callsAfter(ended(1));
    const bindings = [{ hostIp: '0.0.0.0', hostPort: 32_999 }];
    const again = aContainer({ startedMs: 9, ports: [{ ...http, bindings }] });
    expect(await callsAfter(again)).toEqual([`register ${WEB}`, WEB_RUNS]);
    expect(await portOf()).toBe(32_999);
  });

  it('says that it runs when it is started again on its old port', async () => {
    await callsAfter(ended(1));
    expect(await callsAfter(aContainer({ startedMs: 9 }))).toEqual([WEB_RUNS]);
  });

  it('keeps them while its restart policy waits', async () => {
    expect(await callsAfter(aContainer({ state: 'restarting', exitCode: 1 }))).toEqual([WEB_FAILED]);
  });

  it('leaves the check to a container that has taken over the ID', async () => {
    const labels = { SERVICE_ID: 'shop' };
    await callsAfter({ ...web, labels });
    const blue = { ...ended(1), labels };
    const green = aContainer({ id: 'green', name: 'green', createdMs: 9_000, labels });
    await callsAfter(blue, green);
    const calls = await world.after(60_000);
    expect(calls.filter((call) => call.includes('critical'))).toEqual([]);
  });

  it('keeps none with --deregister always', async () => {
    await world.stop();
    await startWith([web], { deregister: 'always' });
    expect(await callsAfter(ended(1))).toEqual([`deregister ${WEB}`]);
  });
});

describe('createRegistration with --deregister on-success, over a restart of Portolan', () => {
  it('keeps what ended before, and removes it with the container', async () => {
    await callsAfter(ended(1));
    await world.stop();
    expect(await startWith([ended(1)])).toEqual(['services', 'checks']);
    await world.after(10_000);
    expect(await portOf()).toBe(32_080);
    await callsAfter();
    await world.after(2_000);
    expect(await portOf()).toBeUndefined();
  });

  it('keeps what ended meanwhile, and says so', async () => {
    await world.stop();
    expect(await startWith([ended(1)])).toEqual(['services', 'checks', WEB_FAILED]);
  });

  it('removes what ended well meanwhile', async () => {
    await world.stop();
    await startWith([ended(0)]);
    await world.after(2_000);
    expect(await portOf()).toBeUndefined();
  });

  it('registers nothing for containers that had ended before they were ever seen', async () => {
    await world.stop();
    catalog = createMemoryCatalog('node-a').registry;
    expect(await startWith([ended(1)])).toEqual(['services', 'checks']);
    expect(world.controller.status().services).toEqual([]);
  });
});
