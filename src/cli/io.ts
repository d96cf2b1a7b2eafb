import type { Log, LogFormat, LogLevel } from '../lib/log.ts';

/** What a command may touch of the outside, so that specs can stand in for it. */
export interface CliIo {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly version: string;
  /** Data. */
  readonly stdout: (text: string) => void;
  /** Messages. */
  readonly stderr: (text: string) => void;
  /** All of standard input, as text. */
  readonly readStdin: () => Promise<string>;
  readonly isTerminal: boolean;
  /** Aborted when the process is asked to end. */
  readonly signal: AbortSignal;
  readonly openLog: (options: { readonly level: LogLevel; readonly format: LogFormat }) => Promise<Log>;
}

/** Exit codes. Where registrator has a code of its own for something, it is kept. */
export const EXIT = { ok: 0, failure: 1, usage: 2, problems: 3, unreachable: 4 } as const;
