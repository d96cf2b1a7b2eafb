import { bytesOf } from '../template/index.ts';

const NANOSECONDS: Readonly<Record<string, bigint>> = {
  ...{ ns: 1n, us: 1_000n, µs: 1_000n, μs: 1_000n, ms: 1_000_000n },
  ...{ s: 1_000_000_000n, m: 60_000_000_000n, h: 3_600_000_000_000n },
};
const LIMIT = 2n ** 63n;

/** Nanoseconds of `1h15m30.918s`. Throws an `Error` with Go's text. Source: Go 1.26, `time.ParseDuration`. */
export function parseGoDuration(text: string): bigint {
  const [, sign = '', body = ''] = /^([+-]?)(.*)$/s.exec(text) ?? [];
  if (body === '0') return 0n;
  if (body === '') return refuse('invalid duration', text);
  let total = 0n;
  for (let rest = body; rest !== ''; ) {
    const [all = '', whole = '', fraction = '', unit = ''] = /^(\d*)(?:\.(\d*))?([^.\d]*)/.exec(rest) ?? [];
    if (whole + fraction === '') return refuse('invalid duration', text);
    if (unit === '') return refuse('missing unit in duration', text);
    const scale = Object.hasOwn(NANOSECONDS, unit) ? NANOSECONDS[unit] : undefined;
    if (scale === undefined) throw new Error(`time: unknown unit ${quoted(unit)} in duration ${quoted(text)}`);
    total += BigInt(whole || 0) * scale + fractionOf(fraction, scale);
    if (total > LIMIT) return refuse('invalid duration', text);
    rest = rest.slice(all.length);
  }
  if (total === LIMIT && sign !== '-') return refuse('invalid duration', text);
  return sign === '-' ? -total : total;
}

/** `1h15m30.918s` of nanoseconds. Source: Go's `Duration.String`. */
export function durationText(nanoseconds: bigint): string {
  const sign = nanoseconds < 0n ? '-' : '';
  const all = nanoseconds < 0n ? -nanoseconds : nanoseconds;
  if (all === 0n) return '0s';
  if (all < 1_000n) return `${sign}${all}ns`;
  if (all < 1_000_000n) return `${sign}${decimals(all, 3)}µs`;
  if (all < 1_000_000_000n) return `${sign}${decimals(all, 6)}ms`;
  const minutes = all / 60_000_000_000n;
  const seconds = `${decimals(all % 60_000_000_000n, 9)}s`;
  if (minutes === 0n) return sign + seconds;
  return `${sign}${minutes < 60n ? '' : `${minutes / 60n}h`}${minutes % 60n}m${seconds}`;
}

/** A text as messages of `time` show it: what is not plain ASCII byte by byte. Source: Go's `time`, `quote`. */
export function quoted(text: string): string {
  const shown = Array.from(bytesOf(text), (byte) => {
    if (byte < 0x20 || byte >= 0x80) return `\\x${byte.toString(16).padStart(2, '0')}`;
    const char = String.fromCharCode(byte);
    return char === '"' || char === '\\' ? `\\${char}` : char;
  });
  return `"${shown.join('')}"`;
}

/** Part of a unit, done in floats as Go does it; digits that 63 bits cannot hold count for nothing. */
function fractionOf(digits: string, unit: bigint): bigint {
  let held = digits;
  while (BigInt(held || 0) >= LIMIT) held = held.slice(0, -1);
  return BigInt(Math.trunc(Number(BigInt(held || 0)) * (Number(unit) / 10 ** held.length)));
}

/** A number with the point so many digits from its end, without zeros at the end. */
function decimals(value: bigint, places: number): string {
  const digits = String(value).padStart(places + 1, '0');
  const fraction = digits.slice(-places).replace(/0+$/, '');
  return digits.slice(0, -places) + (fraction && `.${fraction}`);
}

function refuse(problem: string, text: string): never {
  throw new Error(`time: ${problem} ${quoted(text)}`);
}
