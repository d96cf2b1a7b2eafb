import pino from 'pino';
import { errorMessage, PortolanError } from './errors.ts';
import { cut, escapeInLine, escapeUnprintable } from './untrusted-text.ts';

/** What a line says beside its message: plain data, never text glued into the message. */
export type Facts = Readonly<Record<string, unknown>>;

/**
 * Lines for people and machines. The message is a fixed text, the facts are fields.
 * `error` is a defect of Portolan, `warn` wants a look, `info` is news or a user's mistake, `debug` is for finding out.
 */
export interface Log {
  debug(message: string, facts?: Facts): void;
  info(message: string, facts?: Facts): void;
  warn(message: string, facts?: Facts): void;
  error(message: string, facts?: Facts): void;
  /** A log that adds `facts` to each line. */
  child(facts: Facts): Log;
}

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];
export type LogFormat = 'json' | 'pretty';

/** A stream that takes lines, and the means to write out what is still held when the process ends. */
export interface LogDestination {
  write(line: string): void;
  flushSync(): void;
}

/** Characters of a text, and items of a list, in one line. */
const MAX_TEXT = 4_096;
const MAX_ITEMS = 100;

/** Standard output without blocking: a reader that is slow must not delay heartbeats. */
export function standardOutput(): LogDestination {
  return pino.destination({ dest: 1, sync: false });
}

/** Standard error, the same way: for commands whose standard output is data. */
export function standardError(): LogDestination {
  return pino.destination({ dest: 2, sync: false });
}

/** Renders an error as facts: what it is, what it says, what to do. The stack only where it is a defect. */
export function errorFacts(error: unknown): Facts {
  if (!(error instanceof PortolanError)) {
    return { error: errorMessage(error), ...(error instanceof Error && { stack: error.stack }) };
  }
  const cause = error.cause === undefined ? {} : { cause: errorMessage(error.cause) };
  return {
    code: error.code,
    error: errorMessage(error),
    ...(error.hint !== undefined && { hint: error.hint }),
    ...cause,
  };
}

/** A log of JSON lines, or with `pretty` of lines for a terminal. */
export async function createLog(
  { level, format }: { readonly level: LogLevel; readonly format: LogFormat },
  destination: LogDestination,
): Promise<Log> {
  const printed = { ...destination, write: (line: string) => destination.write(escapeInLine(line)) };
  const stream = format === 'pretty' ? await prettyStream(printed) : printed;
  const logger = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    stream,
  );
  return fromPino(logger);
}

async function prettyStream(destination: LogDestination): Promise<LogDestination> {
  const { prettyFactory } = await import('pino-pretty');
  // The library prints these fields apart, and as they are.
  const customPrettifiers = Object.fromEntries(
    ['name', 'pid', 'hostname', 'caller'].map((key) => [key, (value: unknown) => escapeUnprintable(String(value))]),
  );
  const options = { colorize: true, translateTime: 'SYS:HH:MM:ss.l', singleLine: true, customPrettifiers };
  const render = prettyFactory(options);
  return {
    write: (line) => destination.write(render(line)),
    flushSync: () => destination.flushSync(),
  };
}

function fromPino(logger: pino.Logger): Log {
  return {
    debug: (message, facts = {}) => logger.debug(bounded(facts), message),
    info: (message, facts = {}) => logger.info(bounded(facts), message),
    warn: (message, facts = {}) => logger.warn(bounded(facts), message),
    error: (message, facts = {}) => logger.error(bounded(facts), message),
    child: (facts) => fromPino(logger.child(bounded(facts))),
  };
}

/** Names and outputs of others can be megabytes long. */
function bounded(facts: Facts): Facts {
  return Object.fromEntries(Object.entries(facts).map(([key, value]) => [key, boundedValue(value)]));
}

function boundedValue(value: unknown): unknown {
  if (typeof value === 'string') return cut(value, MAX_TEXT);
  if (!Array.isArray(value)) return value;
  const items = value
    .slice(0, MAX_ITEMS)
    .map((item: unknown) => (typeof item === 'string' ? cut(item, MAX_TEXT) : item));
  return value.length > MAX_ITEMS ? [...items, `and ${value.length - MAX_ITEMS} more`] : items;
}
