/** The digits of a number without its sign: 0.`digits` times 10 to the power of `point`. Zero has no digits. */
export interface Decimal {
  /** Without leading and trailing zeros. */
  readonly digits: string;
  readonly point: number;
}

/** The parts of a finite number: `mantissa` times 2 to the power of `exponent`. */
export function binaryParts(
  value: number,
  bits: 32 | 64 = 64,
): { readonly mantissa: bigint; readonly exponent: number } {
  const view = new DataView(new ArrayBuffer(8));
  const [fractionBits, bias] = bits === 32 ? [23n, 150] : [52n, 1_075];
  if (bits === 32) view.setFloat32(4, Math.abs(value));
  else view.setFloat64(0, Math.abs(value));
  const all = view.getBigUint64(0);
  const biased = Number(all >> fractionBits);
  const hidden = 1n << fractionBits;
  const fraction = all & (hidden - 1n);
  return biased === 0
    ? { mantissa: fraction, exponent: 1 - bias }
    : { mantissa: fraction | hidden, exponent: biased - bias };
}

/** The fewest digits that tell a number from its neighbors. */
export function shortestDecimal(value: number, bits: 32 | 64): Decimal {
  if (bits === 64) return fromExponential(Math.abs(value).toExponential());
  const exact = exactDecimal(value);
  const isFar = (count: number): boolean => {
    const { digits, point } = rounded(exact, count);
    return Math.fround(Number(`0.${digits}e${point}`)) !== Math.abs(value);
  };
  let count = 0;
  while (count < exact.digits.length && isFar(count)) count++;
  return rounded(exact, count);
}

/** All digits of a number: a double is a finite decimal. */
export function exactDecimal(value: number): Decimal {
  const { mantissa, exponent } = binaryParts(value);
  const whole = exponent >= 0 ? mantissa << BigInt(exponent) : mantissa * 5n ** BigInt(-exponent);
  const text = whole.toString();
  return trimmed(text, text.length + Math.min(0, exponent));
}

/** A decimal with at most so many digits, half to even. */
export function rounded({ digits, point }: Decimal, count: number): Decimal {
  if (count >= digits.length) return { digits, point };
  if (count < 0) return { digits: '', point: 0 };
  const kept = digits.slice(0, count);
  const rest = digits.slice(count);
  const isHalf = rest === '5';
  const isOdd = Number(kept.at(-1) ?? '0') % 2 === 1;
  const isUp = isHalf ? isOdd : rest >= '5';
  if (!isUp) return trimmed(kept, point);
  const up = (BigInt(kept || '0') + 1n).toString().padStart(count, '0');
  return trimmed(up, point + up.length - count);
}

function fromExponential(text: string): Decimal {
  const [mantissa = '', exponent = ''] = text.split('e');
  return trimmed(mantissa.replace('.', ''), Number(exponent) + 1);
}

function trimmed(text: string, point: number): Decimal {
  const digits = text.replace(/0+$/, '');
  const zeros = digits.length - digits.replace(/^0+/, '').length;
  return digits === '' ? { digits: '', point: 0 } : { digits: digits.slice(zeros), point: point - zeros };
}
