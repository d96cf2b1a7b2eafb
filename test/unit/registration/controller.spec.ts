import { afterEach, describe, expect, it } from 'vitest';
import type { ContainerSnapshot } from '../../../src/domain/container.ts';
import type { RegistrationOptions } from '../../../src/registration/pass-context.ts';
import { registeredService } from '../../../src/registration/registration.ts';
import { aContainer } from '../../support/containers.ts';
import { createRegistrationWorld, type RegistrationWorld } from '../../support/registration-world.ts';
import { aRegistration, running } from '../../support/services.ts';

const WEB = 'node-a:web.1:80';
const WEB_RUNS = `report ${WEB}:container passing running`;
const WEB_DRAINS = `report ${WEB}:container critical stopping: was sent signal 15`;
const signal = new AbortController().signal;

const web = aContainer();
const api = aContainer({ id: 'api', name: 'api', createdMs: 2_000 });
const stopping = { signal: '15', untilMs: 20_000 };
/** Heartbeats that are in nobody's way. */
const SELDOM = { isTtlGiven: true, heartbeatMs: 3_600_000 };

let world: RegistrationWorld;

afterEach(async () => {
  await world.stop();
});

/** The world some time after its start, with these containers running; their first calls are over. */
async function startWith(
  containers: readonly ContainerSnapshot[],
  options: Partial<RegistrationOptions> = {},
): Promise<void> {
  world = createRegistrationWorld(options);
  world.source.run(...containers);
  await world.start();
  world.registry.takeCalls();
}

/** What the registry calls follow from the new containers. */
async function callsAfter(...containers: readonly ContainerSnapshot[]): Promise<readonly string[]> {
  world.source.run(...containers);
  return await world.after(0);
}

const checkOf = async (id: string) => (await world.registry.checks(signal)).get(`${id}:container`);

describe('createRegistration', () => {
  it('registers the containers that run when it starts, by one call each', async () => {
    world = createRegistrationWorld();
    world.source.run(web, api);
    await world.start();
    expect(await world.after(0)).toEqual(['services', 'checks', `register ${WEB}`, 'register node-a:api:80']);
  });

  it('registers a container that starts', async () => {
    await startWith([]);
    expect(await callsAfter(web)).toEqual([`register ${WEB}`]);
    expect([...(await world.registry.services(signal))]).toEqual([[WEB, registeredService(aRegistration())]]);
  });

  it('deregisters a container that has ended, at once', async () => {
    await startWith([web, api]);
    expect(await callsAfter(api)).toEqual([`deregister ${WEB}`]);
  });

  it('registers it again when it is back', async () => {
    await startWith([web]);
    await callsAfter();
    expect(await callsAfter(web)).toEqual([`register ${WEB}`]);
  });

  it('makes no call for a container that was replaced by an equal one', async () => {
    await startWith([web]);
    expect(await callsAfter({ ...web, id: 'recreated', createdMs: 5_000 })).toEqual([]);
  });

  it('registers a changed container again, and tells its check, which keeps what it said', async () => {
    await startWith([web]);
    expect(await callsAfter({ ...web, labels: { SERVICE_TAGS: 'new' } })).toEqual([`register ${WEB}`, WEB_RUNS]);
  });

  it.each([
    { options: {}, rule: 'leaves what an earlier Portolan has registered as it is', calls: [] },
    {
      options: { ttlMs: 120_000, isTtlGiven: true },
      rule: 'registers it again for a longer TTL',
      calls: [`register ${WEB}`, WEB_RUNS],
    },
    {
      options: { ttlMs: 30_000, isTtlGiven: true },
      rule: 'registers it again for a shorter TTL that is given',
      calls: [`register ${WEB}`, WEB_RUNS],
    },
  ])('$rule', async ({ options, calls }) => {
    world = createRegistrationWorld(options);
    await world.registry.register(aRegistration(), signal);
    await world.registry.report(`${WEB}:container`, running, signal);
    world.registry.takeCalls();
    world.source.run(web);
    await world.start();
    expect(await world.after(0)).toEqual(['services', 'checks', ...calls]);
  });

  it('tells at once what Docker says of a container, without registering it again', async () => {
    await startWith([web]);
    expect(await callsAfter({ ...web, health: 'unhealthy' })).toEqual([
      `report ${WEB}:container critical unhealthy: its HEALTHCHECK fails`,
    ]);
    expect(await callsAfter({ ...web, health: 'healthy' })).toEqual([
      `report ${WEB}:container passing running: healthy`,
    ]);
    expect(await callsAfter({ ...web, health: 'healthy', state: 'paused' })).toEqual([
      `report ${WEB}:container critical paused: by docker pause`,
    ]);
  });

  it('registers Portolan itself, and counts it as one of its services at the end', async () => {
    await startWith([], { selfPort: 8650 });
    expect([...(await world.registry.services(signal)).keys()]).toEqual(['portolan:node-a']);
    await world.stop();
    expect(world.log.lines.at(-1)).toEqual({
      level: 'info',
      message: 'the services stay registered',
      facts: { services: 1 },
    });
  });
});

describe('createRegistration, a container that was asked to end', () => {
  it('is drained at once: its check is critical and its service stays', async () => {
    await startWith([web]);
    expect(await callsAfter({ ...web, stopping })).toEqual([WEB_DRAINS]);
    expect([...(await world.registry.services(signal)).keys()]).toEqual([WEB]);
    expect(await checkOf(WEB)).toEqual({
      id: `${WEB}:container`,
      serviceId: WEB,
      status: 'critical',
      output: 'stopping: was sent signal 15',
      notes: 'What Docker says of the container; Portolan repeats it within 1m',
    });
  });

  it('is deregistered when it has ended', async () => {
    await startWith([web]);
    await callsAfter({ ...web, stopping });
    expect(await callsAfter()).toEqual([`deregister ${WEB}`]);
  });

  it('stays drained over heartbeats', async () => {
    await startWith([web]);
    await callsAfter({ ...web, stopping });
    expect(await world.after(19_000)).toEqual([WEB_DRAINS]);
  });

  it('is back in rotation when it has ignored the signal, without waiting for a resync', async () => {
    await startWith([web], SELDOM);
    await callsAfter({ ...web, stopping });
    expect(await world.after(19_999)).toEqual([]);
    expect(await world.after(1)).toEqual([WEB_RUNS]);
  });

  it('is deregistered at once with --on-stop deregister', async () => {
    await startWith([web], { onStop: 'deregister' });
    expect(await callsAfter({ ...web, stopping })).toEqual([`deregister ${WEB}`]);
  });

  it('is deregistered at once where it has no check by which to drain', async () => {
    await startWith([web], { ttlMs: 0 });
    expect(await callsAfter({ ...web, stopping })).toEqual([`deregister ${WEB}`]);
  });
});

describe('createRegistration, nothing new', () => {
  /** How often each kind of call was made. */
  const countsOf = (calls: readonly string[]): Readonly<Record<string, number>> =>
    Object.fromEntries(
      [...Map.groupBy(calls, (call) => call.split(' ', 1)[0] ?? '')].map(([kind, made]) => [kind, made.length]),
    );

  it('makes no call but heartbeats and one read of the services a resync', async () => {
    const containers = Array.from({ length: 10 }, (_, i) => ({ ...web, id: `c${i}`, name: `web.${i}` }));
    await startWith(containers);
    const resyncs = 100;
    const calls = await world.after(resyncs * 30_000);
    // Checks are read at every tenth resync: a check that was deleted would be told by its heartbeat before.
    expect(countsOf(calls)).toEqual({ services: resyncs, checks: resyncs / 10, report: 10 * 2 * resyncs });
    expect(new Set(calls.filter((call) => call.startsWith('report')))).toEqual(
      new Set(containers.map(({ name }) => `report node-a:${name}:80:container passing running`)),
    );
  });

  it('makes no call for events that change nothing', async () => {
    await startWith([web]);
    for (let event = 0; event < 50; event++) expect(await callsAfter(web)).toEqual([]);
  });

  it('beats each check once a period', async () => {
    await startWith([web, api]);
    const calls = await world.after(60_000);
    expect(calls.filter((call) => call === WEB_RUNS)).toHaveLength(4);
    expect(calls.filter((call) => call === 'report node-a:api:80:container passing running')).toHaveLength(4);
  });

  it('beats no check of a service that is gone', async () => {
    await startWith([web]);
    await callsAfter();
    expect(countsOf(await world.after(60_000))).toEqual({ services: 2 });
  });

  it('repairs at the next resync what somebody else has changed', async () => {
    await startWith([web], SELDOM);
    await world.registry.register(aRegistration({ port: 1 }), signal);
    world.registry.takeCalls();
    expect(await world.after(29_999)).toEqual([]);
    expect(await world.after(1)).toEqual(['services', `register ${WEB}`, WEB_RUNS]);
  });
});
