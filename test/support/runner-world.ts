import { once } from 'node:events';
import { PortolanError } from '../../src/lib/errors.ts';
import { createCommandRuns } from '../../src/rendering/command-runs.ts';
import { type RunEnd, type RunnerOptions, runTemplates } from '../../src/rendering/runner.ts';
import type { Commands, OutputFiles, RenderTarget, TemplateOutcome } from '../../src/rendering/runner-contracts.ts';
import { createStatusBoard, type TemplateStatus } from '../../src/rendering/status-board.ts';
import { createFakeClock, type FakeClock } from './fake-clock.ts';
import { createRecordingLog, type RecordingLog } from './recording-log.ts';

/** A runner over templates that a spec sets by hand, files in memory, and commands that only leave a note. */
export interface RunnerWorld {
  readonly clock: FakeClock;
  readonly log: RecordingLog;
  readonly files: Map<string, string>;
  /** The command `hang` never ends. These are texts of commands that fail, of checks that refuse, and paths that cannot be written. */
  readonly failing: Set<string>;
  /** What each template gives now; told to the runner at once. */
  set(...outcomes: readonly (TemplateOutcome | string)[]): Promise<void>;
  /** What was written, run and said since the last time, in order. */
  takeDiary(): readonly string[];
  /** What is shown of each template. */
  status(): readonly TemplateStatus[];
  /** How it ended; `undefined` as long as it runs. */
  end(): RunEnd | 'aborted' | undefined;
  stop(): Promise<void>;
}

export type TargetSketch = Partial<Omit<RenderTarget, 'command' | 'check'>> & {
  readonly command?: string;
  readonly check?: string;
};

/** Templates `t0`, `t1`, … that are rendered to `/t0`, `/t1`, …; without a quiet time unless they have one. */
export function startRunner(
  sketches: readonly TargetSketch[],
  options: Partial<RunnerOptions> & { readonly files?: Readonly<Record<string, string>> } = {},
): RunnerWorld {
  const clock = createFakeClock();
  const log = createRecordingLog();
  const files = new Map(Object.entries(options.files ?? {}));
  const failing = new Set<string>();
  const diary: string[] = [];
  const ending = new AbortController();
  let outcomes: readonly TemplateOutcome[] = sketches.map(() => ({ kind: 'waiting', waitsFor: ['nothing yet'] }));
  let wake = (): void => undefined;
  let end: RunEnd | 'aborted' | undefined;

  const templates = {
    evaluate: () => outcomes,
    follow: async (onChange: () => void, signal: AbortSignal) => {
      wake = onChange;
      await clock.sleep(Number.POSITIVE_INFINITY, signal).catch(() => undefined);
    },
  };
  const tools = {
    files: memoryFiles(files, diary, failing),
    commands: notedCommands(diary, failing),
    clock,
    log,
    random: () => 1,
  };
  const targets = sketches.map(targetOf);
  const board = createStatusBoard(targets, clock);
  const running = runTemplates(
    templates,
    tools,
    {
      targets,
      board,
      runs: createCommandRuns(tools),
      once: false,
      print: undefined,
      onRendered: (hasWritten) => diary.push(hasWritten ? 'all rendered' : 'all were right'),
      onChanged: () => diary.push('changed'),
      ...options,
    },
    ending.signal,
  );
  running.then(
    (it) => {
      end = it;
    },
    () => {
      end = 'aborted';
    },
  );
  return {
    clock,
    log,
    files,
    failing,
    set: async (...next) => {
      outcomes = next.map((it) => (typeof it === 'string' ? { kind: 'rendered', text: it } : it));
      wake();
      await clock.advance(0);
    },
    takeDiary: () => diary.splice(0),
    status: () => board.templates(),
    end: () => end,
    stop: async () => {
      ending.abort(new Error('stop'));
      await clock.advance(0);
    },
  };
}

function targetOf({ command, check, ...sketch }: TargetSketch, i: number): RenderTarget {
  const timed = (text: string | undefined) => text && { command: [text], environment: {}, timeoutMs: 30_000 };
  return {
    name: `t${i}`,
    output: {
      destination: `/t${i}`,
      createFolders: true,
      permissions: undefined,
      user: undefined,
      group: undefined,
      backup: false,
    },
    runsCommandOnStart: false,
    endsOnError: false,
    wait: { quietMs: 0, maxWaitMs: 0 },
    ...sketch,
    command: timed(command) || undefined,
    check: timed(check) || undefined,
  };
}

function memoryFiles(files: Map<string, string>, diary: string[], failing: ReadonlySet<string>): OutputFiles {
  const textOf = (content: Uint8Array): string => Buffer.from(content).toString('latin1');
  return {
    isCurrent: async ({ destination }, content) => files.get(destination) === textOf(content),
    stage: async ({ destination }, content) => {
      if (failing.has(destination)) throw new PortolanError('FILE_UNWRITABLE', `cannot write ${destination}`);
      return {
        path: `${destination}.new`,
        commit: async () => {
          files.set(destination, textOf(content));
          diary.push(`write ${destination} ${textOf(content)}`);
        },
        discard: async () => {
          diary.push(`discard ${destination}`);
        },
      };
    },
  };
}

function notedCommands(diary: string[], failing: ReadonlySet<string>): Commands {
  return {
    run: async ({ command }, _options, signal) => {
      const text = command.join(' ');
      diary.push(`run ${text}`);
      if (text === 'hang') await once(signal, 'abort').then(() => signal.throwIfAborted());
      if (failing.has(text)) throw new PortolanError('COMMAND_FAILED', `${text}: ends with 1`);
    },
    start: () => Promise.reject(new Error('no program is expected here')),
  };
}
