import * as z from 'zod';

/** What an event tells: that a container may have changed, or that anything may have. */
export interface DockerEvent {
  readonly action: string;
  /** The container that it concerns, if it says so. */
  readonly containerId: string | undefined;
  /** The number or name of the signal, of `kill`. */
  readonly signal: string | undefined;
  /** By Docker's clock, milliseconds since 1970. */
  readonly timeMs: number;
}

const eventSchema = z.object({
  Type: z.string().default('container'),
  Action: z.string().optional(),
  /** Before Docker 29 the action stood here too. */
  status: z.string().optional(),
  Actor: z.object({ ID: z.string().default(''), Attributes: z.record(z.string(), z.string()).nullish() }).optional(),
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
  const attributes = Actor?.Attributes ?? {};
  const id = Type === 'container' ? Actor?.ID : attributes['container'];
  return {
    action: Action ?? status ?? '',
    containerId: id || undefined,
    signal: attributes['signal'],
    timeMs: timeNano === undefined ? time * 1_000 : Math.floor(timeNano / 1e6),
  };
}

/** Joins chunks to lines. What follows the last newline waits for the next chunk. */
export function createLineSplitter(onLine: (line: string) => void): (chunk: string) => void {
  let rest = '';
  return (chunk) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line.trim() !== '') onLine(line);
  };
}
