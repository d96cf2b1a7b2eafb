import { describe, expect, it } from 'vitest';
import { parseNumber } from '../../../../src/template/parse/number-node.ts';
import type { TokenKind } from '../../../../src/template/parse/token.ts';

const parse = (text: string, kind: TokenKind = 'number') => parseNumber({ kind, text, position: 2, line: 1 });
const NONE = { int: undefined, uint: undefined, float: undefined, complex: undefined };

describe('parseNumber', () => {
  it.each([
    { text: '42', int: 42n, uint: 42n, float: 42 },
    { text: '-7', int: -7n, float: -7 },
    { text: '-0', int: 0n, uint: 0n, float: 0 },
    { text: '+1', int: 1n, float: 1 },
    { text: '9223372036854775807', int: 2n ** 63n - 1n, uint: 2n ** 63n - 1n, float: 2 ** 63 },
    { text: '18446744073709551615', uint: 2n ** 64n - 1n, float: 2 ** 64 },
    { text: '-9223372036854775808', int: -(2n ** 63n), float: -(2 ** 63) },
    { text: '1e3', int: 1_000n, uint: 1_000n, float: 1_000 },
    { text: '-1.0', int: -1n, float: -1 },
    { text: '1.5', float: 1.5 },
    { text: '1e30', float: 1e30 },
    { text: '1i', complex: { re: 0, im: 1 } },
    { text: '0i', int: 0n, uint: 0n, float: 0, complex: { re: 0, im: 0 } },
    { text: '1+2i', kind: 'complex', complex: { re: 1, im: 2 } },
    { text: '2+0i', kind: 'complex', int: 2n, uint: 2n, float: 2, complex: { re: 2, im: 0 } },
    { text: "'a'", kind: 'charConstant', int: 97n, uint: 97n, float: 97 },
    { text: String.raw`'\xff'`, kind: 'charConstant', int: 255n, uint: 255n, float: 255 },
  ] as const)('$text has a value in each kind that can hold it', ({ text, ...row }) => {
    const { kind, ...values } = { kind: 'number' as const, ...row };
    expect(parse(text, kind)).toEqual({ ...NONE, kind: 'number', position: 2, text, ...values });
  });

  it.each([
    { text: '0x', message: 'illegal number syntax: "0x"' },
    { text: '-', message: 'illegal number syntax: "-"' },
    { text: '1e1000', message: 'illegal number syntax: "1e1000"' },
    { text: '08', message: 'integer overflow: "08"' },
    { text: '18446744073709551616', message: 'integer overflow: "18446744073709551616"' },
    { text: '-9223372036854775809', message: 'integer overflow: "-9223372036854775809"' },
    { text: '+9223372036854775808', message: 'integer overflow: "+9223372036854775808"' },
    { text: "''", kind: 'charConstant', message: 'invalid syntax' },
    { text: "'ab'", kind: 'charConstant', message: "malformed character constant: 'ab'" },
    { text: '0b1+2i', kind: 'complex', message: 'syntax error scanning complex number' },
    { text: '1+i', kind: 'complex', message: 'syntax error scanning complex number' },
    { text: '0x1+2i', kind: 'complex', message: 'strconv.ParseFloat: parsing "0x1": invalid syntax' },
    { text: '1+1e999i', kind: 'complex', message: 'strconv.ParseFloat: parsing "+1e999": value out of range' },
  ] as const)('refuses $text: $message', ({ text, message, ...row }) => {
    expect(parse(text, 'kind' in row ? row.kind : 'number')).toBe(message);
  });
});
