import { afterEach, describe, expect, it } from 'vitest';
import { createContainerSource } from '../../../../src/adapters/docker/container-source.ts';
import type { ContainerSnapshot, ContainerState } from '../../../../src/domain/container.ts';
import { createFakeClock, settle } from '../../../support/fake-clock.ts';
import { createFakeDockerClient, eventLine, held } from '../../../support/fake-docker-client.ts';
import { createRecordingLog } from '../../../support/recording-log.ts';

let ending = new AbortController();

afterEach(() => {
  ending.abort();
  ending = new AbortController();
});

/** A source that has looked at `a` and `b`, both running. */
async function start({ keepsEnded }: { readonly keepsEnded: boolean }) {
  const clock = createFakeClock();
  const client = createFakeDockerClient();
  client.hold(held('a'), held('b'));
  const log = createRecordingLog();
  const source = createContainerSource({ client, clock, log, random: () => 0.5, keepsEnded });
  const wakes: string[] = [];
  source.watch((reason) => wakes.push(reason), ending.signal).catch(() => undefined);
  await settle();
  const look = (resync = false) => source.observe({ resync }, ending.signal);
  await look();
  client.takeCalls();
  wakes.length = 0;
  const tell = async (...lines: readonly string[]): Promise<void> => {
    for (const line of lines) client.write(line);
    await settle();
  };
  return { clock, client, look, tell, wakes };
}

const short = ({ name, state, exitCode }: ContainerSnapshot) => [name, state, exitCode].join(' ').trim();

describe('createContainerSource, a container that was told to have ended', () => {
  it('is gone at once, though Docker is still busy with it and lists it as running', async () => {
    const { clock, client, look, tell, wakes } = await start({ keepsEnded: false });
    const release = client.pause('inspect a');
    await tell(eventLine('die', 'a', { exitCode: '137' }));
    expect((await look()).map(short)).toEqual(['b running']);
    expect(client.takeCalls()).toEqual(['inspect a']);
    expect(clock.monotonicMs()).toBe(0);
    client.hold(held('a', { state: 'exited' }), held('b'));
    wakes.length = 0;
    release();
    await settle();
    expect(wakes).toEqual(['docker: a late answer']);
    expect((await look()).map(short)).toEqual(['b running']);
  });

  it('is one of many: 64 are inspected at a time, the others are looked up in the list', async () => {
    const { client, look, tell } = await start({ keepsEnded: false });
    const many = Array.from({ length: 73 }, (_, i) => held(`c${i + 10}`));
    client.hold(...many);
    await look(true);
    client.takeCalls();
    client.pause('inspect');
    client.hold();
    await tell(...many.map(({ snapshot: { id } }) => eventLine('die', id)));
    expect(await look()).toEqual([]);
    const calls = client.takeCalls();
    expect(calls.filter((call) => call.startsWith('inspect'))).toHaveLength(64);
    expect(calls.filter((call) => call.startsWith('list'))).toEqual(['list c74 c75 c76 c77 c78 c79 c80 c81 c82']);
  });

  it('is back when Docker says that it runs', async () => {
    const { client, look, tell } = await start({ keepsEnded: false });
    await tell(eventLine('die', 'a'));
    await look();
    client.hold(held('a', { startedMs: 6_000 }), held('b'));
    await tell(eventLine('start', 'a'));
    expect((await look()).map(short)).toEqual(['a running', 'b running']);
  });

  it('is back even if the clock of its host was set back between its runs', async () => {
    const { client, look, tell } = await start({ keepsEnded: false });
    await tell(eventLine('die', 'a'));
    client.hold(held('a', { startedMs: 1_000 }), held('b'));
    await tell(eventLine('start', 'a'));
    await look();
    await settle();
    expect((await look()).map(short)).toEqual(['a running', 'b running']);
  });

  it('runs on when the event was of a run before this one', async () => {
    const { clock, client, look, tell } = await start({ keepsEnded: false });
    client.hold(held('a', { startedMs: 6_000 }), held('b'));
    await tell(eventLine('start', 'a'));
    await look();
    client.pause('inspect a');
    await tell(eventLine('die', 'a'));
    const looking = look();
    await clock.advance(100);
    expect((await looking).map(short)).toEqual(['a running', 'b running']);
  });

  it('is not believed to run by an answer that was asked for before its end', async () => {
    const { clock, client, look, tell } = await start({ keepsEnded: false });
    const release = client.pause('inspect a');
    await tell(eventLine('update', 'a'));
    const looking = look();
    await clock.advance(100);
    await looking;
    await tell(eventLine('die', 'a'));
    await look();
    release();
    await settle();
    client.pause('inspect a');
    expect((await look()).map(short)).toEqual(['b running']);
  });
});

describe('createContainerSource, ended containers that are kept', () => {
  const states: readonly ContainerState[] = ['exited', 'dead', 'restarting', 'created', 'removing'];
  const ended = states.map((state) => held(`c-${state}`, { state, exitCode: 1 }));

  it('are given with their exit code until they are removed; the others are left out', async () => {
    const { client, look } = await start({ keepsEnded: true });
    client.hold(held('a'), ...ended);
    expect((await look(true)).map(short)).toEqual([
      'a running',
      'c-dead dead 1',
      'c-exited exited 1',
      'c-restarting restarting 1',
    ]);
    client.hold(held('a'));
    expect((await look(true)).map(short)).toEqual(['a running']);
  });

  it('are inspected once', async () => {
    const { client, look } = await start({ keepsEnded: true });
    client.hold(...ended);
    await look(true);
    expect(client.takeCalls().toSorted()).toEqual([
      'inspect c-dead',
      'inspect c-exited',
      'inspect c-restarting',
      'list all',
    ]);
    await look(true);
    expect(client.takeCalls()).toEqual(['list all']);
  });

  it('are seen when an event tells of them', async () => {
    const { client, look, tell } = await start({ keepsEnded: true });
    client.hold(held('a'), held('b'), held('c', { state: 'exited', exitCode: 3 }));
    await tell(eventLine('die', 'c', { exitCode: '3' }));
    expect((await look()).map(short)).toEqual(['a running', 'b running', 'c exited 3']);
    expect(client.takeCalls()).toEqual(['inspect c']);
  });

  it('are shown with the exit code of the event while Docker is busy with them', async () => {
    const { client, look, tell } = await start({ keepsEnded: true });
    client.pause('inspect a');
    await tell(eventLine('die', 'a', { exitCode: '137' }));
    expect(await look()).toEqual([{ ...held('a').snapshot, state: 'exited', exitCode: 137 }, held('b').snapshot]);
  });

  it('are shown as they were while Docker is busy with them and the event has no exit code', async () => {
    const { client, look, tell } = await start({ keepsEnded: true });
    client.pause('inspect a');
    await tell(eventLine('die', 'a'));
    expect((await look()).map(short)).toEqual(['a running', 'b running']);
  });

  it('are left out where they are not asked for', async () => {
    const { client, look } = await start({ keepsEnded: false });
    client.hold(held('a'), ...ended);
    expect((await look(true)).map(short)).toEqual(['a running']);
    expect(client.takeCalls()).toEqual(['list']);
  });
});
