import { describe, expect, it } from 'vitest';
import { goFunction } from '../../../../src/template/value/functions.ts';
import { float64 } from '../../../../src/template/value/numbers.ts';
import { isTrue } from '../../../../src/template/value/truth.ts';
import { goType } from '../../../../src/template/value/type-parser.ts';
import { COMPLEX128, ERROR, structType } from '../../../../src/template/value/types.ts';
import { GoChannel, GoMap, GoNil, GoScalar, GoSlice, GoStruct } from '../../../../src/template/value/values.ts';

const strings = goType('[]string') as GoSlice['type'];
const counts = goType('map[string]int') as GoMap['type'];
const channel = goType('<-chan int') as GoChannel['type'];

describe('isTrue', () => {
  it.each([
    ...[
      true,
      'a',
      'false',
      1,
      -1,
      1n,
      float64(0.5),
      float64(Number.NaN),
      ['a'],
      new Map([['a', 1]]),
      new Uint8Array(1),
    ],
    ...[new GoSlice(strings, ['']), new GoMap(counts, new Map([['a', 0]])), new GoStruct(structType('T', {}))],
    ...[
      new GoChannel(channel, []),
      goFunction('func() int', () => 1),
      new GoScalar(COMPLEX128, { re: 0, im: 1 }),
      new Error(''),
    ],
  ])('%o', (value) => {
    expect(isTrue(value)).toBe(true);
  });

  it.each([
    ...[undefined, null, false, '', 0, -0, 0n, float64(0), [], new Map(), new Uint8Array(), new GoNil(ERROR)],
    ...[new GoSlice(strings), new GoSlice(strings, []), new GoMap(counts), new GoScalar(COMPLEX128, { re: 0, im: 0 })],
  ])('not %o', (value) => {
    expect(isTrue(value)).toBe(false);
  });
});
