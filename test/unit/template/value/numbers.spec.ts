import { describe, expect, it } from 'vitest';
import {
  boolOf,
  complexOf,
  float64,
  floatOf,
  int,
  int64,
  integerOf,
  textOfValue,
  uint64,
} from '../../../../src/template/value/numbers.ts';
import { typeOf } from '../../../../src/template/value/type-of.ts';
import { COMPLEX128, INT64, namedType, STRING } from '../../../../src/template/value/types.ts';
import { GoScalar } from '../../../../src/template/value/values.ts';

describe('numbers with their types', () => {
  it.each([
    { value: int(1), type: 'int', integer: 1n, float: undefined },
    { value: int(2n ** 63n - 1n), type: 'int', integer: 2n ** 63n - 1n, float: undefined },
    { value: int64(1), type: 'int64', integer: 1n, float: undefined },
    { value: uint64(2n ** 64n - 1n), type: 'uint64', integer: 2n ** 64n - 1n, float: undefined },
    { value: float64(1), type: 'float64', integer: undefined, float: 1 },
    { value: 1.5, type: 'float64', integer: undefined, float: 1.5 },
    { value: -0, type: 'float64', integer: undefined, float: -0 },
    { value: 2 ** 53, type: 'float64', integer: undefined, float: 2 ** 53 },
    { value: 'a', type: 'string', integer: undefined, float: undefined },
  ])('$type', ({ value, type, integer, float }) => {
    expect({ type: typeOf(value).name, integer: integerOf(value), float: floatOf(value) }).toEqual({
      type,
      integer,
      float,
    });
  });

  it('are looked at through the names of types', () => {
    const named = new GoScalar(namedType('time.Duration', INT64), 5n);
    const text = new GoScalar(namedType('api.Status', STRING), 'up');
    expect([integerOf(named), textOfValue(text), textOfValue(named), boolOf(text)]).toEqual([
      5n,
      'up',
      undefined,
      undefined,
    ]);
    expect(complexOf(new GoScalar(COMPLEX128, { re: 1, im: 2 }))).toEqual({ re: 1, im: 2 });
  });
});
