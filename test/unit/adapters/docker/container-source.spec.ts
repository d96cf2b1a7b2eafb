import { beforeEach, describe, expect, it } from 'vitest';
import { createContainerSource } from '../../../../src/adapters/docker/container-source.ts';
import type { ContainerSnapshot, ContainerState } from '../../../../src/domain/container.ts';
import type { ContainerSource } from '../../../../src/registration/contracts.ts';
import { createFakeClock, settle } from '../../../support/fake-clock.ts';
import { createFakeDockerClient, type FakeDockerClient, held } from '../../../support/fake-docker-client.ts';
import { createRecordingLog } from '../../../support/recording-log.ts';

const signal = new AbortController().signal;

let client: FakeDockerClient;
let source: ContainerSource;

beforeEach(() => {
  client = createFakeDockerClient();
  source = createContainerSource({
    client,
    clock: createFakeClock(),
    log: createRecordingLog(),
    random: () => 0.5,
    keepsEnded: false,
  });
});

async function look(resync = false): Promise<readonly ContainerSnapshot[]> {
  return await source.observe({ resync }, signal);
}
const namesOf = (containers: readonly ContainerSnapshot[]) => containers.map(({ name }) => name);

describe('createContainerSource, looking', () => {
  it('lists at first and inspects each container, resync or not', async () => {
    client.hold(held('b'), held('a'));
    expect(await look()).toEqual([held('a').snapshot, held('b').snapshot]);
    expect(new Set(client.takeCalls())).toEqual(new Set(['list', 'inspect a', 'inspect b']));
  });

  it('asks nothing where no event tells of a change', async () => {
    client.hold(held('a'));
    await look();
    client.takeCalls();
    expect(namesOf(await look())).toEqual(['a']);
    expect(client.takeCalls()).toEqual([]);
  });

  it('lists at a resync, and inspects only what is not listed as before', async () => {
    client.hold(held('a'), held('b'), held('c'));
    await look();
    client.takeCalls();
    client.hold(held('a'), held('b', { health: 'unhealthy' }), held('d'));
    expect(await look(true)).toEqual([
      held('a').snapshot,
      held('b', { health: 'unhealthy' }).snapshot,
      held('d').snapshot,
    ]);
    const [first, ...rest] = client.takeCalls();
    expect({ first, rest: new Set(rest) }).toEqual({ first: 'list', rest: new Set(['inspect b', 'inspect d']) });
  });

  it('follows a container to its new name', async () => {
    client.hold(held('a'));
    await look();
    client.hold(held('a', { name: 'renamed' }));
    expect(namesOf(await look(true))).toEqual(['renamed']);
  });

  it.each<ContainerState>(['created', 'restarting', 'removing', 'exited', 'dead'])(
    'leaves out a container that is %s',
    async (state) => {
      client.hold(held('a', { state }), held('b', { state: 'paused' }), held('c'));
      expect(namesOf(await look())).toEqual(['b', 'c']);
    },
  );

  it('leaves out a container that is gone before it is inspected', async () => {
    client.hold(held('a'), held('b'));
    const release = client.pause('inspect a');
    const looking = look();
    client.hold(held('b'));
    release();
    expect(namesOf(await looking)).toEqual(['b']);
  });

  it('inspects 8 containers at a time', async () => {
    client.hold(...Array.from({ length: 20 }, (_, i) => held(`c${i}`)));
    const release = client.pause('inspect');
    const looking = look();
    await settle();
    expect(client.takeCalls()).toHaveLength(1 + 8);
    release();
    expect(await looking).toHaveLength(20);
  });

  it('knows the engine', async () => {
    expect(await source.host(signal)).toEqual({ id: 'engine-1', name: 'docker-host' });
  });
});

describe('createContainerSource, failures', () => {
  const down = new Error('no engine');

  it('gives nothing where the list cannot be read, and lists again', async () => {
    client.hold(held('a'));
    await look();
    client.fail('list', down);
    await expect(look(true)).rejects.toBe(down);
    client.fail('list');
    client.takeCalls();
    expect(namesOf(await look())).toEqual(['a']);
    expect(client.takeCalls()).toEqual(['list']);
  });

  it('gives nothing where one container cannot be read, and reads that one again', async () => {
    client.hold(held('a'), held('b'));
    client.fail('inspect a', down);
    await expect(look()).rejects.toBe(down);
    client.fail('inspect a');
    client.takeCalls();
    expect(namesOf(await look())).toEqual(['a', 'b']);
    expect(client.takeCalls()).toContain('inspect a');
  });
});
