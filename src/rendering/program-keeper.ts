import { errorFacts } from '../lib/log.ts';
import { endProgram } from './end-program.ts';
import type { Program, RunnableCommand, RunnerTools } from './runner-contracts.ts';

/** The program that lives beside us, and how it is treated. */
export interface KeptProgram extends RunnableCommand {
  /** `undefined`: a change ends it and starts a new one. */
  readonly reloadSignal: NodeJS.Signals | undefined;
  readonly killSignal: NodeJS.Signals;
  /** Then it is killed. */
  readonly killTimeoutMs: number;
  /** A random pause, at most so long, before it is told of a change. */
  readonly splayMs: number;
}

export type ProgramEnd =
  | { readonly kind: 'ended'; readonly code: number }
  /** It could not be started. */
  | { readonly kind: 'failed'; readonly error: unknown };

/** Keeps one program; it outlives a new configuration unless its command changes. */
export interface ProgramKeeper {
  /**
   * All is rendered: starts it, or ends that of another command first; one that runs already is told of changed files.
   * Returns at once.
   */
  ensure(wanted: KeptProgram, options?: { readonly hasChanged: boolean }): void;
  /** Its files have changed. Returns at once; several calls before it is told make one. */
  reload(): void;
  /** Passes a signal on, if it runs. */
  signal(name: NodeJS.Signals): void;
  /** Resolves when it ends by itself, or cannot be started. */
  readonly end: Promise<ProgramEnd>;
  /** Ends it by this signal, or by force when its time is over. Gives its exit code, if it ran. */
  stop(signal?: NodeJS.Signals): Promise<number | undefined>;
}

type KeeperTools = Omit<RunnerTools, 'files'>;

interface Kept {
  readonly tools: KeeperTools;
  readonly end: PromiseWithResolvers<ProgramEnd>;
  readonly stopping: AbortController;
  wanted: KeptProgram | undefined;
  running: { readonly program: Program; readonly spec: KeptProgram } | undefined;
  /** One thing after another. */
  queue: Promise<void>;
  isReloadQueued: boolean;
}

export function createProgramKeeper(tools: KeeperTools): ProgramKeeper {
  const kept: Kept = {
    tools,
    end: Promise.withResolvers<ProgramEnd>(),
    stopping: new AbortController(),
    wanted: undefined,
    running: undefined,
    queue: Promise.resolve(),
    isReloadQueued: false,
  };
  return {
    ensure: (spec, { hasChanged } = { hasChanged: false }) => {
      kept.wanted = spec;
      enqueue(kept, async (it) => {
        if (kept.running !== undefined && keyOf(kept.running.spec) === keyOf(it)) {
          kept.running = { ...kept.running, spec: it };
          return hasChanged ? await tellOfChange(kept, it) : undefined;
        }
        await terminate(kept);
        await start(kept, it);
      });
    },
    reload: () => {
      if (kept.wanted === undefined || kept.isReloadQueued) return;
      kept.isReloadQueued = true;
      enqueue(kept, (spec) => tellOfChange(kept, spec));
    },
    signal: (name) => kept.running?.program.signal(name),
    end: kept.end.promise,
    stop: async (signal) => {
      kept.stopping.abort();
      const code = await terminate(kept, signal);
      await kept.queue;
      // One that was being started meanwhile.
      return code ?? (await terminate(kept, signal));
    },
  };
}

function enqueue(kept: Kept, work: (spec: KeptProgram) => Promise<void>): void {
  kept.queue = kept.queue.then(async () => {
    if (kept.wanted === undefined || kept.stopping.signal.aborted) return;
    try {
      await work(kept.wanted);
    } catch (error) {
      if (kept.stopping.signal.aborted) return;
      kept.tools.log.warn('the program cannot be started', errorFacts(error));
      kept.end.resolve({ kind: 'failed', error });
    }
  });
}

async function start(kept: Kept, spec: KeptProgram): Promise<void> {
  const { commands, log } = kept.tools;
  const program = await commands.start(spec);
  log.info('started the program', { command: spec.command.join(' '), pid: program.pid });
  kept.running = { program, spec };
  void program.ended.then((code) => {
    if (kept.running?.program !== program) return;
    kept.running = undefined;
    log.warn('the program has ended', { code });
    kept.end.resolve({ kind: 'ended', code });
  });
}

async function tellOfChange(kept: Kept, spec: KeptProgram): Promise<void> {
  const { clock, log, random } = kept.tools;
  if (spec.splayMs > 0) await clock.sleep(spec.splayMs * random(), kept.stopping.signal);
  kept.isReloadQueued = false;
  if (kept.running === undefined) return;
  log.info('telling the program of changed files', { how: spec.reloadSignal ?? 'restart' });
  if (spec.reloadSignal !== undefined) {
    kept.running.program.signal(spec.reloadSignal);
    return;
  }
  await terminate(kept);
  if (!kept.stopping.signal.aborted) await start(kept, spec);
}

async function terminate(kept: Kept, signal?: NodeJS.Signals): Promise<number | undefined> {
  const { running } = kept;
  // From here on its end is our doing.
  kept.running = undefined;
  if (running === undefined) return undefined;
  const { killSignal, killTimeoutMs } = running.spec;
  return await endProgram(running.program, { signal: signal ?? killSignal, timeoutMs: killTimeoutMs }, kept.tools);
}

function keyOf({ command, environment }: RunnableCommand): string {
  return JSON.stringify([command, environment]);
}
