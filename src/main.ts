#!/usr/bin/env node
import { writeSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { isatty } from 'node:tty';
import { setFlagsFromString } from 'node:v8';
import packageJson from '../package.json' with { type: 'json' };
import { runCli } from './cli/program.ts';
import { errorMessage } from './lib/errors.ts';
import { createLog, standardError, standardOutput } from './lib/log.ts';

/** A defect of ours, in contrast to a failure that we understand. A supervisor should start us again. */
const INTERNAL_ERROR = 70;

// By itself V8 lets what is used grow fourfold before it looks for what is not: 80 MB more with 10,000 instances.
setFlagsFromString('--heap-growing-percent=50');

const ending = new AbortController();
const destinations = { out: standardOutput(), error: standardError() };

function flush(): void {
  destinations.out.flushSync();
  destinations.error.flushSync();
}

function end(code: number): never {
  flush();
  process.exit(code);
}

/** Until a pipe has taken all that was written to it: what is left at the end of the process is lost. */
async function written(stream: NodeJS.WriteStream): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  stream.write('', () => resolve());
  await promise;
}

function fail(error: unknown): never {
  flush();
  const text = error instanceof Error ? (error.stack ?? error.message) : errorMessage(error);
  writeSync(2, `portolan: this is a defect of Portolan, please report it:\n${text}\n`);
  process.exit(INTERNAL_ERROR);
}

// Whoever reads our output may stop at any line, as `head` does.
process.stdout.on('error', () => end(0));
process.on('uncaughtException', fail);
process.on('unhandledRejection', fail);
for (const name of ['SIGTERM', 'SIGINT'] as const) {
  process.on(name, () => {
    // The second time means now.
    if (ending.signal.aborted) end(128 + (name === 'SIGTERM' ? 15 : 2));
    ending.abort(new Error(name));
  });
}

const code = await runCli(process.argv.slice(2), {
  environment: process.env,
  version: packageJson.version,
  stdout: (data) => process.stdout.write(data),
  stderr: (message) => process.stderr.write(message),
  readStdin: () => text(process.stdin),
  isTerminal: isatty(1),
  isErrorTerminal: isatty(2),
  signal: ending.signal,
  onSignal: (name, listener) => {
    process.on(name, listener);
    return () => process.off(name, listener);
  },
  openLog: ({ toStderr, ...options }) => createLog(options, toStderr === true ? destinations.error : destinations.out),
});
await Promise.all([written(process.stdout), written(process.stderr)]);
end(code);
