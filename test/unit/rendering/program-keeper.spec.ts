import { describe, expect, it } from 'vitest';
import { createProgramKeeper, type KeptProgram } from '../../../src/rendering/program-keeper.ts';
import type { Commands, Program } from '../../../src/rendering/runner-contracts.ts';
import { createFakeClock } from '../../support/fake-clock.ts';
import { createRecordingLog } from '../../support/recording-log.ts';

const APP: KeptProgram = {
  command: ['app'],
  environment: {},
  reloadSignal: undefined,
  killSignal: 'SIGINT',
  killTimeoutMs: 30_000,
  splayMs: 0,
};

/** Programs that only leave notes; they end at a signal of `endsAt`, or at KILL. */
function createWorld(endsAt: readonly string[] = ['SIGINT', 'SIGTERM']) {
  const clock = createFakeClock();
  const diary: string[] = [];
  const programs: { end(code: number): void }[] = [];
  const start: Commands['start'] = async ({ command }): Promise<Program> => {
    const { promise: ended, resolve } = Promise.withResolvers<number>();
    let isGone = false;
    const end = (code: number): void => {
      isGone = true;
      resolve(code);
    };
    const pid = programs.push({ end });
    diary.push(`start ${command.join(' ')}`);
    if (command[0] === 'missing') throw new Error('no such program');
    return {
      pid,
      ended,
      isGone: () => isGone,
      signal: (name) => {
        diary.push(`${name} ${pid}`);
        if (endsAt.includes(name) || name === 'SIGKILL') end(128);
      },
    };
  };
  const commands: Commands = { run: async () => undefined, start };
  const keeper = createProgramKeeper({ commands, clock, log: createRecordingLog(), random: () => 0.5 });
  return { clock, diary, programs, keeper, take: () => diary.splice(0) };
}

describe('the program', () => {
  it('is started once, however often all is rendered', async () => {
    const { keeper, clock, take } = createWorld();
    keeper.ensure(APP);
    keeper.ensure(APP);
    await clock.advance(0);
    expect(take()).toEqual(['start app']);
  });

  it('is told of a change as ever when there was one before it was wanted', async () => {
    const { keeper, clock, take } = createWorld();
    keeper.reload();
    keeper.ensure({ ...APP, reloadSignal: 'SIGHUP' });
    keeper.reload();
    await clock.advance(0);
    expect(take()).toEqual(['start app', 'SIGHUP 1']);
  });

  it('is ended and started anew at a change, which is no end by itself', async () => {
    const { keeper, clock, take, programs } = createWorld();
    keeper.ensure(APP);
    keeper.reload();
    await clock.advance(0);
    expect(take()).toEqual(['start app', 'SIGINT 1', 'start app']);
    programs[1]?.end(7);
    expect(await keeper.end).toEqual({ kind: 'ended', code: 7 });
  });

  it('gets only a signal at a change if it knows one', async () => {
    const { keeper, clock, take } = createWorld();
    keeper.ensure({ ...APP, reloadSignal: 'SIGHUP' });
    keeper.reload();
    await clock.advance(0);
    expect(take()).toEqual(['start app', 'SIGHUP 1']);
  });

  it('is told of many changes within the splay once', async () => {
    const { keeper, clock, take } = createWorld();
    keeper.ensure({ ...APP, reloadSignal: 'SIGHUP', splayMs: 10_000 });
    keeper.reload();
    await clock.advance(4_999);
    keeper.reload();
    expect(take()).toEqual(['start app']);
    await clock.advance(1);
    expect(take()).toEqual(['SIGHUP 1']);
    await clock.advance(20_000);
    expect(take()).toEqual([]);
    keeper.reload();
    await clock.advance(5_000);
    expect(take()).toEqual(['SIGHUP 1']);
  });

  it('is killed when it does not end in time', async () => {
    const { keeper, clock, take } = createWorld([]);
    keeper.ensure(APP);
    keeper.reload();
    await clock.advance(29_999);
    expect(take()).toEqual(['start app', 'SIGINT 1']);
    await clock.advance(1);
    expect(take()).toEqual(['SIGKILL 1', 'start app']);
  });

  it('lives on with a new configuration of the same command, which counts from then on', async () => {
    const { keeper, clock, take } = createWorld();
    keeper.ensure(APP);
    await clock.advance(0);
    keeper.ensure({ ...APP, killSignal: 'SIGTERM' });
    keeper.reload();
    await clock.advance(0);
    expect(take()).toEqual(['start app', 'SIGTERM 1', 'start app']);
  });

  it('that runs already is told of files that a new configuration has changed', async () => {
    const { keeper, clock, take } = createWorld();
    const spec = { ...APP, reloadSignal: 'SIGHUP' as const };
    keeper.ensure(spec, { hasChanged: true });
    await clock.advance(0);
    expect(take()).toEqual(['start app']);
    keeper.ensure(spec, { hasChanged: false });
    keeper.ensure(spec, { hasChanged: true });
    await clock.advance(0);
    expect(take()).toEqual(['SIGHUP 1']);
  });

  it.each([
    { what: 'command', over: { command: ['app', '-x'] }, started: 'start app -x' },
    { what: 'environment', over: { environment: { A: 'b' } }, started: 'start app' },
  ])('is replaced by that of another $what', async ({ over, started }) => {
    const { keeper, clock, take } = createWorld();
    keeper.ensure(APP);
    await clock.advance(0);
    keeper.ensure({ ...APP, ...over });
    await clock.advance(0);
    expect(take()).toEqual(['start app', 'SIGINT 1', started]);
  });

  it('gets the signals that are passed on', async () => {
    const { keeper, clock, take } = createWorld();
    keeper.signal('SIGUSR1');
    keeper.ensure(APP);
    await clock.advance(0);
    keeper.signal('SIGUSR1');
    expect(take()).toEqual(['start app', 'SIGUSR1 1']);
  });

  it('tells its exit code when it ends by itself', async () => {
    const { keeper, clock, programs } = createWorld();
    keeper.ensure(APP);
    await clock.advance(0);
    programs[0]?.end(3);
    expect(await keeper.end).toEqual({ kind: 'ended', code: 3 });
  });

  it('tells when it cannot be started', async () => {
    const { keeper } = createWorld();
    keeper.ensure({ ...APP, command: ['missing'] });
    expect(await keeper.end).toEqual({ kind: 'failed', error: new Error('no such program') });
  });
});

describe('stopping', () => {
  it.each([
    { signal: undefined, sent: 'SIGINT 1' },
    { signal: 'SIGTERM' as const, sent: 'SIGTERM 1' },
  ])('ends it by $sent and gives its code', async ({ signal, sent }) => {
    const { keeper, clock, take } = createWorld();
    keeper.ensure(APP);
    await clock.advance(0);
    expect(await keeper.stop(signal)).toBe(128);
    expect(take()).toEqual(['start app', sent]);
  });

  it('does nothing where there is none, and none is started after it', async () => {
    const { keeper, clock, take } = createWorld();
    expect(await keeper.stop()).toBeUndefined();
    keeper.ensure(APP);
    await clock.advance(0);
    expect(take()).toEqual([]);
  });

  it('does not wait for the splay', async () => {
    const { keeper, clock, take } = createWorld();
    keeper.ensure({ ...APP, splayMs: 60_000 });
    await clock.advance(0);
    keeper.reload();
    await keeper.stop();
    expect(take()).toEqual(['start app', 'SIGINT 1']);
  });
});
