import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PortolanError } from '../../../src/lib/errors.ts';
import { aContainer } from '../../support/containers.ts';
import { createRegistrationWorld, type RegistrationWorld } from '../../support/registration-world.ts';

const WEB = 'node-a:web.1:80';
const API = 'node-a:api:80';
const WEB_RUNS = `report ${WEB}:container passing running`;
const signal = new AbortController().signal;
const web = aContainer();
const api = aContainer({ id: 'api', name: 'api', createdMs: 2_000 });
const consulDown = new PortolanError('CONSUL_UNREACHABLE', 'nobody answers', { hint: 'Start Consul.' });
const dockerDown = new PortolanError('DOCKER_UNREACHABLE', 'no engine');

let world: RegistrationWorld;

beforeEach(() => {
  world = createRegistrationWorld();
  world.source.run(web);
});

afterEach(async () => {
  await world.stop();
});

const registered = async () => [...(await world.registry.services(signal)).keys()];
const breakRegistry = (): void => {
  for (const kind of ['services', 'checks', 'register', 'deregister', 'report']) world.registry.fail(kind, consulDown);
};
const mendRegistry = (): void => {
  for (const kind of ['services', 'checks', 'register', 'deregister', 'report']) world.registry.fail(kind);
};
const warnings = () => world.log.lines.filter(({ level }) => level === 'warn').map(({ message }) => message);

describe('createRegistration, a registry that is away', () => {
  it('is asked again until it answers, and then told everything within a second', async () => {
    breakRegistry();
    await world.start();
    await world.after(600_000);
    expect(world.controller.status()).toMatchObject({ isReady: false, error: 'nobody answers' });
    mendRegistry();
    expect(await world.after(1_000)).toEqual(['services', 'checks', `register ${WEB}`]);
    expect(world.controller.status()).toMatchObject({ isReady: true, containers: 1 });
  });

  it('is written about once, however long it is away', async () => {
    breakRegistry();
    await world.start();
    await world.after(600_000);
    mendRegistry();
    await world.after(1_000);
    expect(world.log.messages()).toEqual([
      'registration fails; trying again',
      'registering',
      'registered',
      'registration works again',
    ]);
  });

  it('learns after its return what started and ended meanwhile', async () => {
    await world.start();
    breakRegistry();
    world.source.run(api);
    await world.after(60_000);
    mendRegistry();
    await world.after(1_500);
    expect(await registered()).toEqual([API]);
  });

  it('changes nothing while only a part of it answers', async () => {
    await world.start();
    world.registry.takeCalls();
    world.registry.fail('checks', consulDown);
    world.registry.loseConnection();
    world.source.run(api);
    const calls = await world.after(60_000);
    expect(new Set(calls.map((call) => call.split(' ', 1)[0]))).toEqual(new Set(['services', 'checks', 'report']));
    expect(await registered()).toEqual([WEB]);
  });

  it('is read whole after a read that failed', async () => {
    await world.start();
    await world.after(29_000);
    world.registry.fail('services', consulDown);
    expect(await world.after(1_000)).toEqual(['services']);
    world.registry.fail('services');
    expect(await world.after(1_000)).toEqual(['services', 'checks']);
  });

  it('is told the rest when it refuses one service, and that one again and again', async () => {
    world.source.run(web, api);
    world.registry.fail(`register ${WEB}`, new PortolanError('CONSUL_REFUSED', 'bad name'));
    await world.start();
    expect(await registered()).toEqual([API]);
    expect(world.controller.status()).toMatchObject({
      isReady: false,
      error: '1 of 2 changes failed, the first with: bad name',
    });
    world.registry.fail(`register ${WEB}`);
    await world.after(1_000);
    expect(await registered()).toEqual([API, WEB]);
  });

  it('keeps the heartbeats of the others while it refuses one', async () => {
    world.source.run(web, api);
    world.registry.fail(`register ${API}`, consulDown);
    await world.start();
    await world.after(15_000);
    const calls = await world.after(60_000);
    expect(calls.filter((call) => call === WEB_RUNS)).toHaveLength(4);
  });
});

describe('createRegistration, a Docker that is away', () => {
  it('costs no registration, and what ended meanwhile goes at its return', async () => {
    await world.start();
    world.source.fail(dockerDown);
    world.source.run();
    await world.after(60_000);
    expect(await registered()).toEqual([WEB]);
    expect(warnings()).toEqual(['registration fails; trying again']);
    world.source.fail();
    await world.after(1_000);
    expect(await registered()).toEqual([]);
  });

  it('costs no heartbeat', async () => {
    await world.start();
    world.source.fail(dockerDown);
    world.registry.takeCalls();
    const calls = await world.after(60_000);
    expect(calls.filter((call) => call === WEB_RUNS)).toHaveLength(4);
  });

  it('is read anew at the first pass after it', async () => {
    await world.start();
    world.source.fail(dockerDown);
    world.source.run(web);
    await world.after(0);
    world.source.fail();
    await world.after(1_000);
    expect(world.source.looks.slice(1)).toEqual([{ resync: false }, { resync: true }]);
  });
});

describe('createRegistration, a registry that starts anew', () => {
  it('gets everything again as soon as it does not know a check', async () => {
    world.source.run(web, api);
    await world.start();
    await world.registry.forgetEverything();
    world.registry.takeCalls();
    const calls = await world.after(15_000);
    expect(await registered()).toEqual([WEB, API]);
    expect(calls.filter((call) => call.startsWith('register'))).toEqual([`register ${WEB}`, `register ${API}`]);
  });

  it('gets everything again at once when its connection ends', async () => {
    await world.start();
    await world.registry.forgetEverything();
    world.registry.takeCalls();
    world.registry.loseConnection();
    expect(await world.after(0)).toEqual(['services', 'checks', `register ${WEB}`]);
  });

  it('is only read when it has lost nothing', async () => {
    await world.start();
    await world.after(15_000);
    world.registry.loseConnection();
    expect(await world.after(0)).toEqual(['services', 'checks']);
  });

  it('says once that heartbeats fail, and looks when they come through again', async () => {
    await world.start();
    await world.after(15_000);
    world.registry.fail('report', consulDown);
    await world.after(20_000);
    world.registry.fail('report');
    world.registry.takeCalls();
    expect(await world.after(1_000)).toEqual([WEB_RUNS, 'services', 'checks']);
    expect(world.log.messages().slice(2)).toEqual(['heartbeats fail; trying again', 'heartbeats come through again']);
  });
});

describe('createRegistration, its identity', () => {
  it('is asked for until it is known, and then no more', async () => {
    let asked = 0;
    const identity = async () => {
      asked += 1;
      if (asked < 3) throw dockerDown;
      return { hostname: 'node-a', owner: 'owner-a', hostAddress: '192.0.2.10', hostAddressRule: '--host-address' };
    };
    world = createRegistrationWorld({}, { identity });
    world.source.run(web);
    await world.start();
    expect(await world.after(100)).toEqual([]);
    await world.after(60_000);
    expect(asked).toBe(3);
    expect(await registered()).toEqual([WEB]);
  });
});

describe('createRegistration, an agent that takes no checks that run programs', () => {
  const scripted = aContainer({ labels: { SERVICE_CHECK_SCRIPT: 'true', SERVICE_CHECK_TCP: 'true' } });
  const checksOf = async () => [...(await world.registry.checks(signal)).values()].map(({ id }) => id).toSorted();

  beforeEach(async () => {
    await world.stop();
    world = createRegistrationWorld({ enableScriptChecks: true });
    world.source.run(scripted);
    // As Consul does: it looks at the checks of a registration, and refuses it whole.
    const { register } = world.registry;
    world.registry.register = async (registration, given) => {
      if (registration.service.checks.some(({ kind }) => kind === 'script'))
        throw new PortolanError('SCRIPT_CHECKS_REFUSED', 'no programs');
      await register(registration, given);
    };
  });

  it('gets the service without them, and everybody is told why', async () => {
    await world.start();
    await world.after(1_000);
    expect(await registered()).toEqual([WEB]);
    expect(await checksOf()).toEqual([`${WEB}:container`, `service:${WEB}`]);
    expect(warnings()).toEqual([
      'the agent takes no checks that run programs; services go without them',
      'cannot register a service; trying again',
      'registration fails; trying again',
    ]);
    expect(world.controller.status().notes).toMatchObject([
      { kind: 'warning', text: expect.stringContaining('SERVICE_CHECK_SCRIPT') },
    ]);
  });

  it('is not asked again until it may have been started anew', async () => {
    await world.start();
    await world.after(120_000);
    expect(warnings().filter((message) => message.startsWith('cannot register'))).toHaveLength(1);
    world.registry.loseConnection();
    await world.after(1_000);
    expect(warnings().filter((message) => message.startsWith('cannot register'))).toHaveLength(2);
  });
});
