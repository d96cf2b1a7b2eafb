import { float64, type Value } from '../../template/index.ts';
import { syntaxErrorOf } from './json-errors.ts';

/** As in Go's decoder. */
const MAX_DEPTH = 10_000;

/**
 * JSON as Go has it: numbers are `float64`, objects `map[string]interface {}`, arrays `[]interface {}`.
 * Throws an `Error` with Go's text. Source: Go 1.26, `encoding/json`, `Unmarshal` into an `any`.
 */
export function parseGoJson(text: string): Value {
  // Bytes that are no UTF-8 become U+FFFD, and so do halves of surrogate pairs.
  const readable = text.toWellFormed();
  let overflow: string | undefined;
  const check = (_: string, value: unknown, { source }: { readonly source?: string } = {}): unknown => {
    if (typeof value === 'number' && !Number.isFinite(value)) overflow ??= source;
    return value;
  };
  let data: unknown;
  try {
    data = JSON.parse(readable, /[eE]|\d{309}/.test(readable) ? check : undefined);
  } catch (error) {
    throw new Error(syntaxErrorOf(text), { cause: error });
  }
  if (overflow !== undefined) {
    throw new Error(`json: cannot unmarshal number ${overflow} into Go value of type float64`);
  }
  return valueOf(data, 0);
}

function valueOf(data: unknown, depth: number): Value {
  if (depth > MAX_DEPTH) throw new Error('exceeded max depth');
  if (typeof data === 'string') return data.toWellFormed();
  if (typeof data === 'number') return float64(data);
  if (Array.isArray(data)) return data.map((item) => valueOf(item, depth + 1));
  if (typeof data !== 'object' || data === null) return data as boolean | null;
  return new Map(Object.entries(data).map(([key, item]) => [key.toWellFormed(), valueOf(item, depth + 1)]));
}
