import type { CliIo } from '../../src/cli/io.ts';

/** Thrown where the daemon would start, so that no spec starts one. */
export const wouldStart = new Error('the daemon would start');

export interface FakeCliIo extends CliIo {
  /** All that was written so far. */
  written(): { readonly stdout: string; readonly stderr: string };
  /** What the daemon's log was asked to be, each time one was opened. */
  readonly logs: readonly unknown[];
}

export function createFakeCliIo(
  over: Partial<Pick<CliIo, 'environment' | 'isTerminal' | 'readStdin'>> = {},
): FakeCliIo {
  const written = { stdout: '', stderr: '' };
  const logs: unknown[] = [];
  return {
    environment: {},
    version: '1.2.3',
    stdout: (text) => {
      written.stdout += typeof text === 'string' ? text : Buffer.from(text).toString();
    },
    stderr: (text) => {
      written.stderr += text;
    },
    readStdin: async () => '',
    isTerminal: false,
    isErrorTerminal: false,
    onSignal: () => () => undefined,
    signal: new AbortController().signal,
    openLog: async (options) => {
      logs.push(options);
      throw wouldStart;
    },
    written: () => written,
    logs,
    ...over,
  };
}
