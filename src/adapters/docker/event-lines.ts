import * as z from 'zod';

/** What an event tells: that a container may have changed, or that anything may have. */
export interface DockerEvent {
  readonly action: string;
  /** The container that it concerns, if it says so. */
  readonly containerId: string | undefined;
  /** The number or name of the signal, of `kill`. */
  readonly signal: string | undefined;
  /** Of `die`. */
  readonly exitCode: number | undefined;
  /** By Docker's clock, milliseconds since 1970. */
  readonly timeMs: number;
}

const eventSchema = z.object({
  Type: z.string().default('container'),
  Action: z.string().optional(),
  /** Before Docker 29 the action stood here too. */
  status: z.string().optional(),
  Actor: z
    .object({
      ID: z.string().default(''),
      /** All labels of the container are here as well: only what is used is looked at. */
      Attributes: z
        .object({
          container: z.string().optional(),
          signal: z.string().optional(),
          exitCode: z.string().optional(),
        })
        .nullish(),
    })
    .optional(),
  time: z.number().default(0),
  /** Beyond 2^53, so the last digits are lost; milliseconds are not. */
  timeNano: z.number().optional(),
});

/** One line of the stream; `undefined` for one that is not an event. */
export function parseEventLine(line: string): DockerEvent | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  const parsed = eventSchema.safeParse(value);
  if (!parsed.success) return undefined;
  const { Type, Action, status, Actor, time, timeNano } = parsed.data;
  const { container, signal, exitCode } = Actor?.Attributes ?? {};
  const id = Type === 'container' ? Actor?.ID : container;
  return {
    action: Action ?? status ?? '',
    containerId: id || undefined,
    signal,
    exitCode: exitCode !== undefined && /^\d{1,3}$/.test(exitCode) ? Number(exitCode) : undefined,
    timeMs: timeNano === undefined ? time * 1_000 : Math.floor(timeNano / 1e6),
  };
}

/** An event has all labels of its container, so it may be long; what is longer than this is no event. */
const MAX_LINE_LENGTH = 8 * 1024 * 1024;

/** Joins chunks to lines. What follows the last newline waits for the next chunk. Of a line without end nothing stays. */
export function createLineSplitter(onLine: (line: string) => void): (chunk: string) => void {
  let parts: string[] = [];
  let length = 0;
  const keep = (part: string): void => {
    length += part.length;
    if (length <= MAX_LINE_LENGTH) parts.push(part);
    else parts = ['too long'];
  };
  return (chunk) => {
    const [first = '', ...others] = chunk.split('\n');
    keep(first);
    for (const next of others) {
      const line = parts.join('');
      parts = [];
      length = 0;
      if (line.trim() !== '') onLine(line);
      keep(next);
    }
  };
}
