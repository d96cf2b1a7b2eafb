import { afterEach, describe, expect, it } from 'vitest';
import type { RegistrationOptions } from '../../../src/registration/pass-context.ts';
import { aContainer } from '../../support/containers.ts';
import { createRegistrationWorld, type RegistrationWorld } from '../../support/registration-world.ts';
import { aRegistration, running } from '../../support/services.ts';

const { signal } = new AbortController();
const many = (count: number) =>
  Array.from({ length: count }, (_, i) => aContainer({ id: `c${i}`, name: `c${i}`, createdMs: i }));
const idOf = (i: number) => `node-a:c${i}:80`;

let world: RegistrationWorld;

afterEach(async () => {
  await world.stop();
});

async function startWith(count: number, options: Partial<RegistrationOptions> = {}): Promise<void> {
  world = createRegistrationWorld(options);
  world.source.run(...many(count));
  await world.start();
  world.registry.takeCalls();
}

interface Said {
  readonly second: number;
  readonly kind: string;
  readonly serviceId: string;
}

/** What was registered and reported in each of the next seconds. */
async function follow(seconds: number): Promise<readonly Said[]> {
  const said: Said[] = [];
  for (let second = 1; second <= seconds; second++) {
    for (const call of await world.after(1_000)) {
      const [kind = '', id = ''] = call.split(' ');
      if (kind === 'register' || kind === 'report')
        said.push({ second, kind, serviceId: id.replace(/:container$/, '') });
    }
  }
  return said;
}

/** The longest time in seconds that each service has said nothing. */
function longestSilences(said: readonly Said[]): ReadonlyMap<string, number> {
  const last = new Map<string, number>();
  const longest = new Map<string, number>();
  for (const { second, serviceId } of said) {
    longest.set(serviceId, Math.max(longest.get(serviceId) ?? 0, second - (last.get(serviceId) ?? 0)));
    last.set(serviceId, second);
  }
  return longest;
}

const ttlOf = async (id: string) =>
  (await world.registry.checks(signal)).get(`${id}:container`)?.notes.replace(/.* within /, '');

// Hundreds of services over minutes take a busy machine a while.
describe('createRegistration, the 301st service', { timeout: 60_000 }, () => {
  it('makes all others wait longer, 5 of them a second, and none miss a heartbeat meanwhile', async () => {
    await startWith(300);
    await world.after(60_000);
    world.source.run(...many(301));
    expect((await world.after(0)).filter((call) => call.startsWith('register'))).toEqual([
      ...[0, 1, 2, 3, 4].map((i) => `register ${idOf(i)}`),
      `register ${idOf(300)}`,
    ]);
    const said = await follow(60);
    const renewals = said.filter(({ kind }) => kind === 'register');
    expect(renewals.map(({ serviceId }) => serviceId)).toEqual(Array.from({ length: 295 }, (_, i) => idOf(i + 5)));
    expect([...new Set([...Map.groupBy(renewals, ({ second }) => second).values()].map((all) => all.length))]).toEqual([
      5,
    ]);
    // A renewal says the same as a heartbeat. Until it, a service has a TTL of 60 s, and then one of 2 minutes.
    expect([...longestSilences(said).values()].filter((seconds) => seconds > 30)).toEqual([]);
    const early = said.filter(({ second, serviceId }) =>
      renewals.some((renewal) => renewal.serviceId === serviceId && second <= renewal.second),
    );
    expect([...longestSilences(early).values()].filter((seconds) => seconds > 15)).toEqual([]);
    expect(await Promise.all([0, 299, 300].map((i) => ttlOf(idOf(i))))).toEqual(['2m', '2m', '2m']);
  });

  it('has the longer TTL at once, and leaves nothing to do when all have it', async () => {
    await startWith(301);
    expect([await ttlOf(idOf(0)), await ttlOf(idOf(300))]).toEqual(['2m', '2m']);
    await world.after(30_000);
    const said = await follow(120);
    expect(said.filter(({ kind }) => kind === 'register')).toEqual([]);
    expect(said).toHaveLength(301 * 4);
  });

  it('leaves them the longer TTL when it is gone, and gives it to no new one', async () => {
    await startWith(301);
    world.source.run(...many(299), aContainer({ id: 'new', name: 'new' }));
    const said = await follow(60);
    expect(said.filter(({ kind }) => kind === 'register')).toEqual([
      { second: 1, kind: 'register', serviceId: 'node-a:new:80' },
    ]);
    expect([await ttlOf(idOf(0)), await ttlOf('node-a:new:80')]).toEqual(['2m', '1m']);
  });

  it('changes nothing where the operator has chosen', async () => {
    await startWith(301, { isTtlGiven: true });
    expect(await ttlOf(idOf(300))).toBe('1m');
    await world.after(15_000);
    expect(await follow(60)).toHaveLength(301 * 4);
    expect(world.log.messages()).toContain(
      'more than 20 heartbeats a second; a longer --ttl-refresh would cost the agent less',
    );
  });
});

describe('createRegistration, heartbeats of what is registered already', () => {
  it('do not wait for a registry that is slow to take what is new', async () => {
    world = createRegistrationWorld();
    await world.registry.register(aRegistration(), signal);
    await world.registry.report('node-a:web.1:80:container', running, signal);
    world.source.run(aContainer(), aContainer({ id: 'new', name: 'new' }));
    const release = world.registry.hold('register');
    await world.start();
    world.registry.takeCalls();
    const calls = await world.after(60_000);
    release();
    expect(calls).toEqual(Array.from({ length: 4 }, () => 'report node-a:web.1:80:container passing running'));
  });
});
