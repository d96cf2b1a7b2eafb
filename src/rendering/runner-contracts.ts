import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import type { Quiescence } from './quiescence.ts';

/** All templates over one view of the data. */
export interface TemplateSet {
  /** Evaluates each template, in order, on what is known now; what they read is wanted from then on. */
  evaluate(): readonly TemplateOutcome[];
  /**
   * Calls `onChange` whenever an evaluation may give something else, until aborted.
   * Throws a `TerminalError` when the data cannot be had and tries are limited.
   */
  follow(onChange: () => void, signal: AbortSignal): Promise<void>;
}

/** What became of one template. */
export type TemplateOutcome =
  /** Bytes that are no UTF-8 stand in the text as the template engine has them. */
  | { readonly kind: 'rendered'; readonly text: string }
  | { readonly kind: 'waiting'; readonly waitsFor: readonly string[] }
  | { readonly kind: 'failed'; readonly reason: string };

/** Where a text goes, and how. */
export interface OutputFile {
  readonly destination: string;
  readonly createFolders: boolean;
  /** `undefined`: those of the old file, else 0644. */
  readonly permissions: number | undefined;
  /** Names or numbers. */
  readonly user: string | undefined;
  readonly group: string | undefined;
  /** Keep the old file as `.bak`. */
  readonly backup: boolean;
}

export interface OutputFiles {
  /** Whether the file holds this already, with the wanted owner. Throws `FILE_UNREADABLE`. */
  isCurrent(output: OutputFile, content: Uint8Array): Promise<boolean>;
  /** Writes to a file of its own in the folder of the destination. Throws `FILE_UNWRITABLE`. */
  stage(output: OutputFile, content: Uint8Array): Promise<StagedFile>;
}

export interface StagedFile {
  readonly path: string;
  /** Puts it in the place of the destination, at once and whole. Throws `FILE_UNWRITABLE`. */
  commit(): Promise<void>;
  discard(): Promise<void>;
}

export interface RunnableCommand {
  /** One element: a text for the shell, or a single word; several: a program and its arguments. */
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

export interface TimedCommand extends RunnableCommand {
  readonly timeoutMs: number;
}

export interface Commands {
  /**
   * Runs it to its end. Throws `COMMAND_FAILED`; what it wrote goes where our output goes, or with `captures` into the
   * error. When aborted it is killed with all that it started.
   */
  run(command: TimedCommand, options: { readonly captures: boolean }, signal: AbortSignal): Promise<void>;
  /** Starts a program that lives beside us. Throws `COMMAND_FAILED` when it cannot be started. */
  start(command: RunnableCommand): Promise<Program>;
}

export interface Program {
  readonly pid: number;
  /** Its exit code, or 128 and the number of the signal that ended it. */
  readonly ended: Promise<number>;
  /** To the program, or to all that a shell has started. Does nothing when none of it is left. */
  signal(name: NodeJS.Signals): void;
  /** Whether none of it is left. */
  isGone(): boolean;
}

/** One template's file and what comes with it. */
export interface RenderTarget {
  /** Of the template, for messages. */
  readonly name: string;
  readonly output: OutputFile;
  readonly check: TimedCommand | undefined;
  readonly command: TimedCommand | undefined;
  readonly runsCommandOnStart: boolean;
  readonly endsOnError: boolean;
  readonly wait: Quiescence;
}

/** What the parts of the runner share. */
export interface RunnerTools {
  readonly files: OutputFiles;
  readonly commands: Commands;
  readonly clock: Clock;
  readonly log: Log;
  /** In [0, 1). */
  readonly random: () => number;
}
