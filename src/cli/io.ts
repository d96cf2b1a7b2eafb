import type { Log, LogFormat, LogLevel } from '../lib/log.ts';

export interface LogOptions {
  readonly level: LogLevel;
  readonly format: LogFormat;
  readonly toStderr?: boolean;
}

/** What a command may touch of the outside, so that specs can stand in for it. */
export interface CliIo {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly version: string;
  /** Data. */
  readonly stdout: (data: string | Uint8Array) => void;
  /** Messages. */
  readonly stderr: (text: string) => void;
  /** All of standard input, as text. */
  readonly readStdin: () => Promise<string>;
  readonly isTerminal: boolean;
  /** Whether messages go to one. */
  readonly isErrorTerminal: boolean;
  /** Aborted when the process is asked to end. */
  readonly signal: AbortSignal;
  /** Calls `listener` at each such signal, instead of what it does by itself; until the returned function is called. */
  readonly onSignal: (name: NodeJS.Signals, listener: () => void) => () => void;
  /** On standard output, or with `toStderr` on standard error. */
  readonly openLog: (options: LogOptions) => Promise<Log>;
}

/** Exit codes. Where registrator has a code of its own for something, it is kept. */
export const EXIT = { ok: 0, failure: 1, usage: 2, problems: 3, unreachable: 4 } as const;
