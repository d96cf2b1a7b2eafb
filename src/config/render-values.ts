import { constants } from 'node:os';
import * as z from 'zod';
import { parseGoDuration } from '../lib/durations.ts';
import type { LogLevel } from '../lib/log.ts';
import { nearestWords } from '../lib/nearest.ts';
import { ADMIN_RULE, parseAdmin } from './options.ts';

/** How long a template waits for calm; `quietMs` 0: not at all. */
export interface Quiescence {
  readonly quietMs: number;
  readonly maxWaitMs: number;
}

/** A value with a rule of its own: `undefined` in return means that it breaks the rule. */
function value<T>(rule: string, read: (given: unknown) => T | undefined) {
  return z.unknown().transform((given, context): T => {
    const result = read(given);
    if (result !== undefined) return result;
    context.addIssue({ code: 'custom', message: rule, input: given });
    return z.NEVER;
  });
}

/** Numbers and booleans stand for texts and the other way round, as consul-template takes them. */
export const text = value('must be a text', (given) =>
  typeof given === 'string' ? given : typeof given === 'number' ? String(given) : undefined,
);

export const onOff = value('must be true or false', (given) => {
  if (typeof given === 'boolean') return given;
  if (given === 1 || /^(1|t|true)$/i.test(String(given))) return true;
  return given === 0 || /^(0|f|false)$/i.test(String(given)) ? false : undefined;
});

export const count = value('must be a whole number, 0 or more', (given) => {
  const amount = typeof given === 'string' && /^\d+$/.test(given) ? Number(given) : given;
  return typeof amount === 'number' && Number.isSafeInteger(amount) && amount >= 0 ? amount : undefined;
});

/** Milliseconds. */
export const duration = value('must be a duration such as 30s or 1m30s, 0 or more', durationOf);

function durationOf(given: unknown): number | undefined {
  const ms = typeof given === 'string' ? parseGoDuration(given.trim()) : given === 0 ? 0 : undefined;
  return ms !== undefined && ms >= 0 ? ms : undefined;
}

/** `IP:PORT`, or `off`. */
export const adminAddress = value(ADMIN_RULE, (given) => {
  const parsed = parseAdmin(String(given));
  return parsed.kind === 'value' ? parsed.value : undefined;
});

/** A name as in `SIGHUP` or `HUP`; `''` for none. */
export const signalName = value('must be the name of a signal, such as SIGHUP', (given) => {
  if (typeof given !== 'string') return undefined;
  const upper = given.trim().toUpperCase();
  if (upper === '' || upper === 'SIGNULL') return '' as const;
  const name = upper.startsWith('SIG') ? upper : `SIG${upper}`;
  return name in constants.signals ? (name as NodeJS.Signals) : undefined;
});

/** One element: for the shell; several: a program and its arguments; none: no command. */
export const command = value('must be a text for the shell or a list of texts', (given) => {
  if (typeof given === 'string') return given.trim() === '' ? [] : [given];
  return listOf(given);
});

export const texts = value('must be a list of texts', (given) => (typeof given === 'string' ? [given] : listOf(given)));

function listOf(given: unknown): readonly string[] | undefined {
  return Array.isArray(given) && given.every((item) => typeof item === 'string') ? given : undefined;
}

/** The bits of `chmod`: `"0644"`, or a number as HCL reads it (`0644` is octal there). Bits above them mean nothing. */
export const permissions = value('must be permissions in octal, such as "0644"', (given) => {
  const bits =
    typeof given === 'string' && /^0?o?[0-7]{3,4}$/.test(given) ? Number.parseInt(given.replace('o', ''), 8) : given;
  return typeof bits === 'number' && Number.isSafeInteger(bits) && bits > 0 && bits <= 0o7777
    ? bits & 0o777
    : undefined;
});

const LOG_WORDS: Readonly<Record<string, LogLevel>> = {
  trace: 'debug',
  debug: 'debug',
  info: 'info',
  warn: 'warn',
  warning: 'warn',
  err: 'error',
  error: 'error',
  silent: 'silent',
};

export const logLevel = value('must be one of: trace, debug, info, warn, err', (given) =>
  typeof given === 'string' && Object.hasOwn(LOG_WORDS, given.toLowerCase())
    ? LOG_WORDS[given.toLowerCase()]
    : undefined,
);

export const logFormat = z.enum(['auto', 'json', 'pretty'], { error: 'must be one of: auto, json, pretty' });

const WAIT_RULE = 'must be MIN or MIN:MAX with durations, MAX not below MIN, such as 2s:8s; 0 for not at all';

/** `MIN[:MAX]`; without a maximum it is four times the minimum. Source: consul-template, `ParseWaitConfig`. */
export const waitText = value(WAIT_RULE, (given): Quiescence | undefined => {
  const [min, max, ...more] = (typeof given === 'number' ? String(given) : typeof given === 'string' ? given : '?')
    .split(':')
    .map(durationOf);
  const isGiven = typeof given === 'string' && given.includes(':');
  if (min === undefined || more.length > 0 || (isGiven && (max === undefined || max < min))) return undefined;
  return { quietMs: min, maxWaitMs: max ?? min * 4 };
});

/** Keys with values and no others; written as a block, and of several blocks the last counts. */
export function block<const Shape extends z.ZodRawShape>(shape: Shape) {
  const known = Object.keys(shape);
  const object = z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => unknownKey(key, known)).join('; ')
        : 'must be a block with keys',
  });
  return z.preprocess((given) => (Array.isArray(given) && given.length > 0 ? given.at(-1) : given), object);
}

export function unknownKey(key: string, known: readonly string[]): string {
  const near = nearestWords(key, known);
  const hint = near.length > 0 ? `did you mean ${near.join(' or ')}?` : `known are ${known.join(', ')}`;
  return `does not know ${JSON.stringify(key)}; ${hint}`;
}
