import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMemoryCatalog } from '../../../src/adapters/memory/registry.ts';
import type { ServiceRegistry } from '../../../src/registration/contracts.ts';
import type { RegistrationOptions } from '../../../src/registration/pass-context.ts';
import { aContainer } from '../../support/containers.ts';
import { createFakeClock, type FakeClock } from '../../support/fake-clock.ts';
import { createRecordingRegistry } from '../../support/recording-registry.ts';
import { createRegistrationWorld, type RegistrationWorld } from '../../support/registration-world.ts';

const WEB = 'node-a:web.1:80';
const SELF = 'portolan:node-a';
const { signal } = new AbortController();
const web = aContainer();

let clock: FakeClock;
let catalog: ServiceRegistry;
let worlds: RegistrationWorld[];

beforeEach(() => {
  clock = createFakeClock();
  catalog = createMemoryCatalog('node-a').registry;
  worlds = [];
});

afterEach(async () => {
  for (const world of worlds) await world.stop();
});

/** A Portolan on this host, that gives this tag to all services; all of them share one registry and one time. */
async function startPortolan(tag: string, options: Partial<RegistrationOptions> = {}): Promise<RegistrationWorld> {
  const world = createPortolan(tag, options);
  await world.start();
  return world;
}

function createPortolan(tag: string, options: Partial<RegistrationOptions> = {}): RegistrationWorld {
  const registry = createRecordingRegistry(catalog);
  const world = createRegistrationWorld({ tags: tag, selfPort: 8650, ...options }, { clock, registry, instance: tag });
  world.source.run(web);
  worlds.push(world);
  return world;
}

/** It stops as a process does that is killed: nothing is said any more. */
async function kill(world: RegistrationWorld): Promise<void> {
  world.registry.hold('');
  await Promise.all([world.stop(), clock.advance(2_500)]);
}

const tagsOf = async (id = WEB) => (await catalog.services(signal)).get(id)?.tags;
const wordsOf = async () => (await catalog.checks(signal)).get(`${SELF}:container`)?.output;
/** What a Consul agent does where heartbeats are missing, which the registry in memory does not. */
const expire = async (): Promise<void> => {
  for (const id of (await catalog.checks(signal)).keys())
    await catalog.report(id, { status: 'critical', output: 'TTL expired' }, signal);
};
/** How often each kind of call was made since the last time. */
const kindsOf = (world: RegistrationWorld): Readonly<Record<string, number>> =>
  Object.fromEntries(
    [...Map.groupBy(world.registry.takeCalls(), (call) => call.split(' ', 1)[0] ?? '')].map(([kind, made]) => [
      kind,
      made.length,
    ]),
  );
const warningsOf = (world: RegistrationWorld) =>
  world.log.lines.filter(({ level }) => level === 'warn').map(({ message }) => message);

describe('createRegistration, a newer Portolan beside it', () => {
  let old: RegistrationWorld;
  let young: RegistrationWorld;

  beforeEach(async () => {
    old = await startPortolan('old');
    await clock.advance(107_000);
    young = await startPortolan('young');
    // Half a TTL to listen, and a resync for the elder to find the claim.
    await clock.advance(90_000);
    for (const world of worlds) world.registry.takeCalls();
  });

  it('writes alone: the elder neither writes nor beats, and reads every 5 s', async () => {
    await clock.advance(600_000);
    expect(kindsOf(old)).toEqual({ services: 120, checks: 120 });
    expect(kindsOf(young)).toEqual({ services: 20, checks: 2, report: 80 });
    expect([await tagsOf(), await wordsOf()]).toEqual([
      ['young'],
      'running: instance young since 2027-01-15T08:01:47.000Z',
    ]);
  });

  it('is named by the elder one, and the elder by it', () => {
    expect(old.controller.status().rival).toBe('instance young since 2027-01-15T08:01:47.000Z');
    expect(young.controller.status().rival).toBeUndefined();
    expect(warningsOf(old)).toEqual([
      'a newer Portolan with our owner mark runs here (instance young since 2027-01-15T08:01:47.000Z); it writes, this one only watches',
    ]);
    expect(warningsOf(young)).toEqual([
      'an older Portolan with our owner mark runs here (instance old since 2027-01-15T08:00:00.000Z); this one writes, the other should be stopped',
    ]);
  });

  it('is not disturbed by what the elder sees of Docker', async () => {
    old.source.run();
    await clock.advance(60_000);
    expect(await tagsOf()).toEqual(['young']);
    expect(kindsOf(old)).toEqual({ services: 12, checks: 12 });
  });

  it('is not disturbed by the end of the elder, who says no last words', async () => {
    await old.stop();
    expect(old.registry.takeCalls()).toEqual([]);
    expect(old.log.messages()).not.toContain('the services stay registered');
  });

  it('is not disturbed by the end of an elder that would leave', async () => {
    const eldest = await startPortolan('leaving', { onExit: 'leave' });
    await clock.advance(90_000);
    const youngest = await startPortolan('youngest');
    await clock.advance(90_000);
    eldest.registry.takeCalls();
    await eldest.stop();
    expect(eldest.registry.takeCalls()).toEqual([]);
    expect([await tagsOf(), youngest.controller.status().rival]).toEqual([['youngest'], undefined]);
  });

  it('hands over by its farewell: the elder writes within 5 s, before any heartbeat is missed', async () => {
    await young.stop();
    await clock.advance(5_000);
    expect([await tagsOf(), await tagsOf(SELF)]).toEqual([['old'], []]);
    expect(await wordsOf()).toMatch(/^running: instance old since 2027-01-15T08:03:/);
    expect(warningsOf(old).at(-1)).toBe(
      'the newer Portolan (instance young since 2027-01-15T08:01:47.000Z) has ended; this one writes again',
    );
    old.registry.takeCalls();
    await clock.advance(600_000);
    expect(kindsOf(old)).toEqual({ services: 20, checks: 2, report: 80 });
  });

  it('is replaced when it leaves', async () => {
    const leaving = await startPortolan('leaving', { onExit: 'leave' });
    await clock.advance(90_000);
    await leaving.stop();
    expect(await tagsOf()).toBeUndefined();
    await clock.advance(5_000);
    expect(await tagsOf()).toHaveLength(1);
  });

  it('is replaced when it is killed, as soon as its heartbeats are missed', async () => {
    await kill(young);
    await clock.advance(50_000);
    expect(kindsOf(old)).toMatchObject({ services: 10 });
    expect(await tagsOf()).toEqual(['young']);
    await expire();
    await clock.advance(5_000);
    expect(await tagsOf()).toEqual(['old']);
    expect((await catalog.checks(signal)).get(`${WEB}:container`)).toMatchObject({
      status: 'passing',
      output: 'running',
    });
  });

  it('takes the host back when it was only cut off', async () => {
    for (const kind of ['services', 'checks', 'register', 'report']) young.registry.fail(kind, new Error('cut off'));
    await clock.advance(60_000);
    await expire();
    await clock.advance(10_000);
    expect(await tagsOf()).toEqual(['old']);
    for (const kind of ['services', 'checks', 'register', 'report']) young.registry.fail(kind);
    await clock.advance(60_000);
    // Only one writes: the one that took over, whose claim is newer now.
    for (const world of worlds) world.registry.takeCalls();
    await clock.advance(60_000);
    expect([kindsOf(old)['report'], kindsOf(young)['report'], await tagsOf()]).toEqual([8, undefined, ['old']]);
  });
});

describe('createRegistration, whenever the two were started', () => {
  it.each([0, 1, 3_000, 7_499, 7_500, 14_999, 29_999, 30_000, 44_000, 59_000, 61_000, 100_000])(
    'writes alone, the newer one: %d ms later',
    async (gapMs) => {
      const old = await startPortolan('old');
      await clock.advance(gapMs);
      const young = await startPortolan('young');
      await clock.advance(120_000);
      for (const world of worlds) world.registry.takeCalls();
      await clock.advance(120_000);
      expect([kindsOf(old), await tagsOf()]).toEqual([{ services: 24, checks: 24 }, ['young']]);
      expect(kindsOf(young)['report']).toBe(16);
    },
  );

  it('leaves one that writes alone, even when both were started as one', async () => {
    const both = [createPortolan('a'), createPortolan('b')];
    const releases = both.map(({ registry }) => registry.hold('register'));
    await Promise.all(both.map(async (world) => await world.start()));
    for (const release of releases) release();
    await clock.advance(120_000);
    for (const { registry } of both) registry.takeCalls();
    await clock.advance(120_000);
    expect(both.map((world) => kindsOf(world)['report'])).toEqual([undefined, 16]);
    expect(await tagsOf()).toEqual(['b']);
  });

  it('deletes nothing of the other one meanwhile', async () => {
    const old = await startPortolan('old');
    await clock.advance(10_000);
    const young = await startPortolan('young');
    const calls: string[] = [];
    for (let second = 0; second < 180; second++) {
      await clock.advance(1_000);
      calls.push(...old.registry.takeCalls(), ...young.registry.takeCalls());
      expect([...(await catalog.services(signal)).keys()].toSorted()).toEqual([WEB, SELF]);
    }
    expect(calls.filter((call) => call.startsWith('deregister'))).toEqual([]);
  });
});

describe('createRegistration, after a restart', () => {
  it.each([
    { rule: 'of its own will', end: async (world: RegistrationWorld) => await world.stop() },
    { rule: 'after a crash', end: kill },
  ])('registers nothing $rule: it says who it is, and reads once more after half a TTL', async ({ end }) => {
    const first = await startPortolan('same');
    await clock.advance(60_000);
    await end(first);
    await clock.advance(5_000);
    const next = await startPortolan('same', { resyncMs: 3_600_000 });
    expect(next.registry.takeCalls()).toEqual([
      'services',
      'checks',
      expect.stringMatching(/^report portolan:node-a:container passing running: instance same since 2027-01-15T/),
    ]);
    const beats = `report ${WEB}:container passing running`;
    await clock.advance(29_999);
    expect(next.registry.takeCalls()).toEqual([beats, beats]);
    await clock.advance(1);
    expect(next.registry.takeCalls()).toEqual(['services', 'checks']);
    await clock.advance(600_000);
    expect(kindsOf(next)).toEqual({ report: 80 });
    expect(warningsOf(next)).toEqual([]);
  });

  it('takes back the claim of its predecessor, since there is nobody left to hold it against', async () => {
    await startPortolan('old');
    await clock.advance(107_000);
    await startPortolan('young');
    await clock.advance(120_000);
    for (const world of worlds) await kill(world);
    const next = await startPortolan('young');
    expect(next.registry.takeCalls()).toEqual([
      'services',
      'checks',
      `register ${SELF}`,
      expect.stringMatching(/^report portolan:node-a:container/),
    ]);
    expect((await catalog.services(signal)).get(SELF)?.meta['portolan-instance']).toBeUndefined();
  });
});

describe('createRegistration, with nothing to speak by', () => {
  it.each<{ rule: string; options: Partial<RegistrationOptions> }>([
    { rule: 'without a service of its own', options: { selfPort: undefined } },
    { rule: 'without container checks', options: { ttlMs: 0, heartbeatMs: 0, isTtlGiven: true } },
  ])('writes as if it were alone, and settles: $rule', async ({ options }) => {
    const world = await startPortolan('alone', options);
    world.registry.takeCalls();
    await clock.advance(300_000);
    expect(kindsOf(world)).toMatchObject({ services: 10, checks: 1 });
    expect(await tagsOf()).toEqual(['alone']);
  });
});
