import { isInt } from '../value/type-of.ts';
import { isUintKind } from '../value/types.ts';
import { GoScalar, type Value } from '../value/values.ts';
import { type Flags, pad } from './flags.ts';
import { formatComplex, formatFloat } from './floats.ts';
import { formatHex, formatInteger } from './integers.ts';
import { formatText } from './texts.ts';

/** A scalar by a verb; `undefined` if the value is none, or the verb not for it. */
export function formatScalar(flags: Flags, value: Value, verb: string): string | undefined {
  switch (typeof value) {
    case 'string':
      return formatText(flags, value, verb);
    case 'boolean':
      return formatBool(flags, value, verb);
    case 'bigint':
      return formatInteger(flags, value, verb);
    case 'number':
      return isInt(value) ? formatInteger(flags, BigInt(value), verb) : formatFloat(flags, value, verb, 64);
    default:
      return value instanceof GoScalar ? formatTyped(flags, value, verb) : undefined;
  }
}

function formatTyped(flags: Flags, { type, value }: GoScalar, verb: string): string | undefined {
  switch (typeof value) {
    case 'string':
      return formatText(flags, value, verb);
    case 'boolean':
      return formatBool(flags, value, verb);
    case 'bigint':
      return isUintKind(type.kind) && flags.sharpV ? formatHex(flags, value) : formatInteger(flags, value, verb);
    case 'number':
      return formatFloat(flags, value, verb, type.kind === 'float32' ? 32 : 64);
    default:
      return formatComplex(flags, value, verb, type.kind === 'complex64' ? 32 : 64);
  }
}

function formatBool(flags: Flags, value: boolean, verb: string): string | undefined {
  return verb === 't' || verb === 'v' ? pad(flags, String(value)) : undefined;
}
