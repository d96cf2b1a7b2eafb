import type { ChildProcess } from 'node:child_process';

const MAX_TEXT = 20_000;
const MAX_LINES = 5;

/** The end of what a process writes to its pipes. */
export function outputTail({ stdout, stderr }: ChildProcess): {
  lines(): readonly string[];
  /** When nobody can write any more. */
  readonly closed: Promise<void>;
} {
  let text = '';
  const ends = [stdout, stderr].flatMap((stream) => {
    if (stream === null) return [];
    const { promise, resolve } = Promise.withResolvers<void>();
    stream.on('data', (chunk: Buffer) => {
      text = (text + chunk.toString('utf8')).slice(-MAX_TEXT);
    });
    stream.once('close', resolve);
    return [promise];
  });
  return {
    lines: () =>
      text
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '')
        .slice(-MAX_LINES),
    closed: Promise.all(ends).then(() => undefined),
  };
}
