import { float64, int, parseFloat64, parseInteger, uint64, type Value } from '../../template/index.ts';
import { daysInMonth } from '../calendar.ts';

/** What a plain scalar of YAML 1.1 is. A timestamp stays a text, but when written it needs quotes. */
export type ScalarTag = 'bool' | 'float' | 'int' | 'null' | 'str' | 'timestamp';

export interface ResolvedScalar {
  readonly tag: ScalarTag;
  readonly value: Value;
}

/** Words that are no texts. */
const WORDS: ReadonlyMap<string, ResolvedScalar> = new Map([
  ...words('bool', true, ['y', 'Y', ...spellings('yes', 'true', 'on')]),
  ...words('bool', false, ['n', 'N', ...spellings('no', 'false', 'off')]),
  ...words('null', null, ['', '~', ...spellings('null')]),
  ...words('float', Number.NaN, ['.nan', '.NaN', '.NAN']),
  ...words('float', Infinity, ['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF']),
  ...words('float', -Infinity, ['-.inf', '-.Inf', '-.INF']),
]);

const FLOAT = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/;
const MIN_INT = -(2n ** 63n);
const MAX_INT = 2n ** 63n - 1n;
const MAX_UINT = 2n ** 64n - 1n;

/** What a scalar without quotes and without a tag is. Source: go-yaml v2.4, `resolve`. */
export function resolveScalar(text: string): ResolvedScalar {
  const word = WORDS.get(text);
  if (word !== undefined) return word;
  const found = text.startsWith('.') ? resolveFloat(text) : /^[-+0-9]/.test(text) ? resolveNumber(text) : undefined;
  return found ?? { tag: 'str', value: text };
}

function resolveNumber(text: string): ResolvedScalar | undefined {
  if (isTimestamp(text)) return { tag: 'timestamp', value: text };
  const plain = text.replaceAll('_', '');
  const integer = parseInteger(plain);
  if (integer !== undefined && integer >= MIN_INT && integer <= MAX_INT) return { tag: 'int', value: int(integer) };
  const isUnsigned = integer !== undefined && integer > 0n && integer <= MAX_UINT && !plain.startsWith('+');
  if (isUnsigned) return { tag: 'int', value: uint64(integer) };
  return FLOAT.test(plain) ? resolveFloat(plain) : undefined;
}

function resolveFloat(text: string): ResolvedScalar | undefined {
  const value = parseFloat64(text);
  return value !== undefined && Number.isFinite(value) ? { tag: 'float', value: float64(value) } : undefined;
}

/** A date, or a date and a time, as go-yaml reads them. */
function isTimestamp(text: string): boolean {
  const [, year, month, day, hour, minute, second, offset] =
    /^(\d{4})-(\d\d?)-(\d\d?)(?:(?:[Tt ])(\d\d?):(\d\d?):(\d\d?)(?:[.,]\d+)?(Z|[+-]\d\d:\d\d)?)?$/.exec(text) ?? [];
  if (year === undefined) return false;
  const isDate = Number(day) >= 1 && Number(day) <= daysInMonth(Number(year), Number(month));
  if (hour === undefined || !isDate) return isDate;
  const isTime = Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60;
  // With a blank between them there is no offset, with a T there must be one.
  return isTime && /^\S*[Tt]/.test(text) === (offset !== undefined);
}

function words(tag: ScalarTag, value: unknown, all: readonly string[]): [string, ResolvedScalar][] {
  const made = typeof value === 'number' ? float64(value) : (value as Value);
  return all.map((word) => [word, { tag, value: made }]);
}

/** `on`, `On` and `ON`, of each word. */
function spellings(...all: readonly string[]): readonly string[] {
  return all.flatMap((word) => [word, word.slice(0, 1).toUpperCase() + word.slice(1), word.toUpperCase()]);
}
