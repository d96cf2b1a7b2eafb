import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RegistrationOptions } from '../../../src/registration/pass-context.ts';
import { aContainer } from '../../support/containers.ts';
import { createRegistrationWorld, type RegistrationWorld } from '../../support/registration-world.ts';
import { aRegistration } from '../../support/services.ts';

const WEB = 'node-a:web.1:80';
const { signal } = new AbortController();

/** What registrator has left: two leftovers, a port of a container that runs, another host's, and somebody's own. */
const UNMARKED = ['node-a:old:80', 'node-a:old:53:udp', 'node-a:web.1:443', 'node-b:old:80', 'own'];

let world: RegistrationWorld;

async function build(options: Partial<RegistrationOptions>): Promise<void> {
  world = createRegistrationWorld(options);
  world.source.run(aContainer());
  for (const id of UNMARKED)
    await world.registry.register({ service: aRegistration({ id }).service, meta: {} }, signal);
  await world.registry.register(aRegistration({ id: 'node-a:theirs:80' }, { owner: 'owner-b' }), signal);
}

beforeEach(() => build({ adopt: true }));
afterEach(async () => {
  await world.stop();
});

const registered = async () => [...(await world.registry.services(signal)).keys()];

describe("createRegistration, registrator's leftovers", () => {
  it('are removed with --adopt, and nothing else of what carries no mark of ours', async () => {
    await world.start();
    await world.after(2_000);
    expect(await registered()).toEqual(['node-a:web.1:443', 'node-b:old:80', 'own', 'node-a:theirs:80', WEB]);
    expect(world.log.lines.filter(({ message }) => message === 'deregistered').map(({ facts }) => facts)).toEqual([
      { id: 'node-a:old:80', because: 'is a leftover of registrator without a container' },
      { id: 'node-a:old:53:udp', because: 'is a leftover of registrator without a container' },
    ]);
  });

  it('wait for a second look at least 2 s later, by a whole list', async () => {
    await world.start();
    await world.after(1_999);
    expect(await registered()).toEqual([...UNMARKED, 'node-a:theirs:80', WEB]);
    await world.after(1);
    expect(world.source.looks).toEqual([{ resync: true }, { resync: true }]);
  });

  it('stay when their container appears meanwhile', async () => {
    await world.start();
    world.source.run(aContainer(), aContainer({ id: 'old', name: 'old', ports: [] }));
    await world.after(60_000);
    expect(await registered()).toContain('node-a:old:80');
  });

  it('stay without --adopt', async () => {
    await build({ adopt: false });
    await world.start();
    await world.after(600_000);
    expect(await registered()).toEqual([...UNMARKED, 'node-a:theirs:80', WEB]);
  });

  it('stay when Portolan leaves', async () => {
    await build({ adopt: true, onExit: 'leave' });
    await world.start();
    await world.stop();
    expect(await registered()).toEqual([...UNMARKED, 'node-a:theirs:80']);
  });
});
