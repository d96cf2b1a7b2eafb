import { describe, expect, it } from 'vitest';
import { compareValues } from '../../../../src/template/value/compare.ts';
import { float64, int64 } from '../../../../src/template/value/numbers.ts';
import { COMPLEX128 } from '../../../../src/template/value/types.ts';
import { GoScalar, type Value } from '../../../../src/template/value/values.ts';

describe('compareValues', () => {
  it('orders nil, texts, int64, int, complex numbers, floats, booleans', () => {
    const complex = (re: number, im: number) => new GoScalar(COMPLEX128, { re, im });
    const ordered: readonly Value[] = [
      ...[null, '', 'B', 'a', 'é', int64(-9), int64(3), -5, 0, 7, complex(0, 1), complex(1, -1), complex(1, 1)],
      ...[float64(Number.NaN), float64(-1), float64(2.5), false, true],
    ];
    const shuffled = ordered.toReversed();
    expect(shuffled.toSorted(compareValues)).toEqual(ordered);
  });
});
