import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PortolanError } from '../../../src/lib/errors.ts';
import type { RegistrationOptions } from '../../../src/registration/pass-context.ts';
import { aContainer } from '../../support/containers.ts';
import { createRegistrationWorld, type RegistrationWorld } from '../../support/registration-world.ts';
import { aRegistration } from '../../support/services.ts';

const WEB = 'node-a:web.1:80';
const WEB_RUNS = `report ${WEB}:container passing running`;
const signal = new AbortController().signal;
const web = aContainer();

let world: RegistrationWorld;

function build(options: Partial<RegistrationOptions> = {}): void {
  world = createRegistrationWorld(options);
  world.source.run(web);
}

beforeEach(() => {
  build();
});

afterEach(async () => {
  await world.stop();
});

const registered = async () => [...(await world.registry.services(signal)).keys()];

/** The calls of the start and of `ms` after it. */
async function callsFromStart(ms: number): Promise<readonly string[]> {
  world.registry.takeCalls();
  await world.start();
  return await world.after(ms);
}

describe('createRegistration, services of others', () => {
  const theirs = aRegistration({ id: 'theirs' }, { owner: 'owner-b' });

  it('are never touched', async () => {
    await world.registry.register(theirs, signal);
    const { meta: _, ...unmarked } = aRegistration({ id: 'unmarked' });
    await world.registry.register({ ...unmarked, meta: { 'portolan-version': '1' } }, signal);
    const calls = await callsFromStart(120_000);
    expect(calls.filter((call) => !call.startsWith('services') && !call.startsWith('checks'))).toEqual([
      `register ${WEB}`,
      ...Array.from({ length: 8 }, () => WEB_RUNS),
    ]);
    expect(await registered()).toEqual(['theirs', 'unmarked', WEB]);
  });

  it('are left alone even under an ID of ours: neither registered, nor beaten, nor called ours', async () => {
    await world.registry.register(aRegistration({ port: 1 }, { owner: 'owner-b' }), signal);
    const calls = await callsFromStart(120_000);
    expect(new Set(calls)).toEqual(new Set(['services', 'checks']));
    expect(world.controller.status()).toMatchObject({
      services: [],
      notes: [
        {
          kind: 'conflict',
          container: 'web.1',
          text: `service ID ${WEB} carries the mark of the owner owner-b, not ours (owner-a); left alone`,
        },
      ],
    });
    expect(world.log.messages()).toEqual(['registering', 'service belongs to somebody else']);
  });

  it('are taken over under an ID of ours when they carry no mark', async () => {
    const { service } = aRegistration();
    await world.registry.register({ service, meta: {} }, signal);
    expect(await callsFromStart(0)).toEqual(['services', 'checks', `register ${WEB}`, WEB_RUNS]);
    expect((await world.registry.services(signal)).get(WEB)?.meta['portolan-owner']).toBe('owner-a');
  });
});

describe('createRegistration, leftovers of ours', () => {
  beforeEach(async () => {
    await world.registry.register(aRegistration({ id: 'left' }), signal);
  });

  it('are removed only after a second look at least 2 s later', async () => {
    expect(await callsFromStart(1_999)).toEqual(['services', 'checks', `register ${WEB}`]);
    expect(await world.after(1)).toEqual(['deregister left']);
  });

  it('are looked at twice by whole lists, not by what is remembered of the first', async () => {
    await callsFromStart(2_000);
    expect(world.source.looks).toEqual([{ resync: true }, { resync: true }]);
  });

  it('stay when their container appears in the second list', async () => {
    await world.start();
    world.source.run(web, aContainer({ id: 'late', labels: { SERVICE_ID: 'left' }, name: 'late' }));
    await world.after(60_000);
    expect(await registered()).toEqual(['left', WEB]);
  });

  it('are not removed sooner by events', async () => {
    await world.start();
    for (let event = 0; event < 19; event++) {
      world.source.run(web);
      await world.after(100);
    }
    expect(await registered()).toEqual(['left', WEB]);
  });

  it('are removed without a container check too, and without any container', async () => {
    world.source.run();
    await world.registry.register(aRegistration({ id: 'quiet' }, { ttlMs: 0 }), signal);
    await callsFromStart(2_000);
    expect(await registered()).toEqual([]);
  });

  it('are looked at twice even under an ID that had a container before', async () => {
    await callsFromStart(2_000);
    world.source.run();
    await world.after(0);
    await world.registry.register(aRegistration(), signal);
    await world.after(28_000);
    expect(await registered()).toEqual([WEB]);
    await world.after(2_000);
    expect(await registered()).toEqual([]);
  });

  it('are not removed before a list is complete', async () => {
    world.source.fail(new PortolanError('DOCKER_UNREACHABLE', 'no engine'));
    await callsFromStart(60_000);
    expect(await registered()).toEqual(['left']);
  });
});

describe('createRegistration, at its end', () => {
  beforeEach(async () => {
    await world.registry.register(aRegistration({ id: 'theirs' }, { owner: 'owner-b' }), signal);
  });

  it('leaves everything registered, and beats once', async () => {
    await callsFromStart(0);
    await world.stop();
    expect(world.registry.takeCalls()).toEqual([WEB_RUNS]);
    expect(await registered()).toEqual(['theirs', WEB]);
    expect(world.log.lines.at(-1)).toEqual({
      level: 'info',
      message: 'the services stay registered',
      facts: { services: 1 },
    });
  });

  it('says what each check said last, so that a drained container stays drained', async () => {
    await world.start();
    world.source.run({ ...web, stopping: { signal: '15', untilMs: 20_000 } });
    await world.after(0);
    await world.stop();
    expect(world.registry.takeCalls()).toEqual([`report ${WEB}:container critical stopping: was sent signal 15`]);
  });

  it('says nothing when it never came to know who it is', async () => {
    world = createRegistrationWorld({}, { identity: async () => await Promise.reject(new Error('down')) });
    await world.start();
    await world.stop();
    expect(world.registry.takeCalls()).toEqual([]);
    expect(world.log.messages()).toEqual(['registration fails; trying again']);
  });

  it('waits no more than 2.5 s for a registry that does not answer', async () => {
    await world.start();
    const release = world.registry.hold('report');
    const stopped = world.stop();
    await world.after(2_499);
    expect(world.log.messages().at(-1)).toBe('registered');
    await world.after(1);
    await stopped;
    expect(world.log.lines.at(-1)).toEqual({
      level: 'warn',
      message: 'the registry did not hear the last words',
      facts: {
        services: 1,
        onExit: 'stay',
        code: 'TIMED_OUT',
        error: 'the last words to the registry: nothing within 2500 ms',
      },
    });
    release();
  });
});

describe('createRegistration, at its end with --on-exit leave', () => {
  beforeEach(async () => {
    build({ onExit: 'leave' });
    await world.registry.register(aRegistration({ id: 'theirs' }, { owner: 'owner-b' }), signal);
    await world.registry.register({ service: aRegistration({ id: 'unmarked' }).service, meta: {} }, signal);
  });

  it('deregisters what is ours, and nothing else', async () => {
    await callsFromStart(0);
    await world.stop();
    expect(world.registry.takeCalls()).toEqual([`deregister ${WEB}`]);
    expect(await registered()).toEqual(['theirs', 'unmarked']);
    expect(world.log.lines.at(-1)).toEqual({
      level: 'info',
      message: 'left: the services are deregistered',
      facts: { services: 1 },
    });
  });

  it('deregisters leftovers of ours as well', async () => {
    await world.registry.register(aRegistration({ id: 'left' }), signal);
    await callsFromStart(0);
    await world.stop();
    expect(world.registry.takeCalls()).toEqual(['deregister left', `deregister ${WEB}`]);
  });
});
