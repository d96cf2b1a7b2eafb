import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMemoryCatalog } from '../../../src/adapters/memory/registry.ts';
import type { ServiceRegistry } from '../../../src/registration/contracts.ts';
import { aContainer } from '../../support/containers.ts';
import { createFakeClock } from '../../support/fake-clock.ts';
import { createRecordingRegistry } from '../../support/recording-registry.ts';
import { createRegistrationWorld, type RegistrationWorld } from '../../support/registration-world.ts';
import { aRegistration } from '../../support/services.ts';

const WEB = 'node-a:web.1:80';
const API = 'node-a:api:80';
const WEB_RUNS = `report ${WEB}:container passing running`;
const { signal } = new AbortController();
const web = aContainer();
const api = aContainer({ id: 'api', name: 'api', createdMs: 2_000 });

let catalog: ServiceRegistry;
let world: RegistrationWorld;

/** A world after its start, in which nobody beats. */
async function startWith(options: { readonly resyncMs?: number } = {}): Promise<void> {
  catalog = createMemoryCatalog('node-a').registry;
  const surroundings = { clock: createFakeClock(), registry: createRecordingRegistry(catalog) };
  world = createRegistrationWorld({ heartbeatMs: 3_600_000, isTtlGiven: true, ...options }, surroundings);
  world.source.run(web, api);
  await world.start();
  world.registry.takeCalls();
}

beforeEach(() => startWith());
afterEach(async () => {
  await world.stop();
});

/** As registrator does: without a mark, and the checks that are there stay there. */
async function writeAsRegistrator(port = 1): Promise<void> {
  const { service, containerCheck } = aRegistration({ port });
  await catalog.register({ service, meta: {}, ...(containerCheck && { containerCheck }) }, signal);
}

const isMarked = async () => (await catalog.services(signal)).get(WEB)?.meta['portolan-owner'] === 'owner-a';
const notesOf = () => world.controller.status().notes;
const contested = (who: string) => ({
  kind: 'conflict',
  container: 'web.1',
  text: `service ID ${WEB} was changed again and again ${who}; left alone for 10 minutes`,
});
const byRegistrator = contested('by a program that leaves no mark (does registrator still run here?)');

/** Registrator writes this often, each time before a resync. */
async function quarrel(times: number, resyncMs = 30_000): Promise<readonly (readonly string[])[]> {
  const calls: (readonly string[])[] = [];
  for (let time = 0; time < times; time++) {
    await writeAsRegistrator();
    calls.push(await world.after(resyncMs));
  }
  return calls;
}

describe('createRegistration, a program that writes our services as well', () => {
  it('is overwritten twice at the next resync, and has its way from the third time on', async () => {
    const repaired = ['services', `register ${WEB}`, WEB_RUNS];
    expect(await quarrel(5)).toEqual([repaired, repaired, ['services'], ['services'], ['services']]);
    expect(await isMarked()).toBe(false);
  });

  it('is told of in the status and, once, in the log', async () => {
    await quarrel(2);
    expect(notesOf()).toEqual([]);
    await quarrel(3);
    expect(notesOf()).toEqual([byRegistrator]);
    expect(world.log.lines.filter(({ level }) => level === 'warn')).toEqual([
      {
        level: 'warn',
        message: 'service belongs to somebody else',
        facts: { container: 'web.1', fact: byRegistrator.text },
      },
    ]);
  });

  it('loses the service again after 10 minutes, at the next resync', async () => {
    await quarrel(3);
    await world.after(599_999);
    expect(await isMarked()).toBe(false);
    await world.after(30_000);
    expect([await isMarked(), notesOf()]).toEqual([true, []]);
  });

  it('costs no other service anything', async () => {
    const calls = (await quarrel(5)).flat();
    expect(calls.filter((call) => call.includes(API))).toEqual([]);
    world.source.run(web, { ...api, labels: { SERVICE_TAGS: 'new' } });
    expect(await world.after(0)).toEqual([`register ${API}`, `report ${API}:container passing running`]);
  });

  it('is also somebody who leaves our mark', async () => {
    for (let time = 0; time < 3; time++) {
      const { meta } = aRegistration();
      await catalog.register({ ...aRegistration({ port: 1 }), meta }, signal);
      await world.after(30_000);
    }
    expect(notesOf()).toEqual([contested('by somebody else')]);
  });

  it('is also another Portolan with our mark and other definitions', async () => {
    const theirs = aRegistration({ tags: ['theirs'] });
    for (let time = 0; time < 3; time++) {
      await catalog.register(theirs, signal);
      await world.after(30_000);
    }
    expect(notesOf()).toEqual([contested('by somebody else')]);
    expect((await catalog.services(signal)).get(WEB)?.tags).toEqual(['theirs']);
  });

  it('does not hold up what has become of the container since', async () => {
    await quarrel(3);
    const bindings = [{ hostIp: '0.0.0.0', hostPort: 32_999 }];
    world.source.run(aContainer({ id: 'next', ports: [{ port: 80, protocol: 'tcp', bindings }] }), api);
    expect(await world.after(0)).toEqual([`register ${WEB}`, WEB_RUNS]);
    expect([await isMarked(), notesOf()]).toEqual([true, []]);
  });

  it('does not take the service away by the end of its check, which it has left there', async () => {
    world = createRegistrationWorld({}, { registry: createRecordingRegistry(catalog) });
    world.source.run(web);
    await world.start();
    await quarrel(3);
    const calls = await world.after(120_000);
    expect(calls.filter((call) => call === WEB_RUNS)).toHaveLength(8);
  });

  it('hears at once what Docker says of the container', async () => {
    await quarrel(3);
    world.source.run({ ...web, state: 'paused' }, api);
    expect(await world.after(0)).toEqual([`report ${WEB}:container critical paused: by docker pause`]);
  });

  it('is none that writes three times in the time of many resyncs', async () => {
    for (let time = 0; time < 6; time++) {
      await quarrel(1);
      await world.after(60_000);
      expect([await isMarked(), notesOf()]).toEqual([true, []]);
    }
  });

  it('is one that writes between resyncs, however seldom those are', async () => {
    await world.stop();
    await startWith({ resyncMs: 600_000 });
    await quarrel(3, 600_000);
    expect([await isMarked(), notesOf()]).toEqual([false, [byRegistrator]]);
  });

  it('is none that we take over from at our start', async () => {
    for (let start = 0; start < 4; start++) {
      await writeAsRegistrator();
      world = createRegistrationWorld({}, { registry: createRecordingRegistry(catalog) });
      world.source.run(web);
      await world.start();
      expect([await isMarked(), notesOf()]).toEqual([true, []]);
      await world.stop();
    }
  });
});

describe('createRegistration, an agent that loses its data', () => {
  it('gets everything again at once, however often', async () => {
    for (let time = 0; time < 6; time++) {
      await world.registry.forgetEverything();
      world.registry.takeCalls();
      world.registry.loseConnection();
      expect(await world.after(0)).toEqual(['services', 'checks', `register ${WEB}`, `register ${API}`]);
    }
    expect(notesOf()).toEqual([]);
  });
});
