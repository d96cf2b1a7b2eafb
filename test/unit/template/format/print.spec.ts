import { describe, expect, it } from 'vitest';
import { formatValue, print, printLine } from '../../../../src/template/format/print.ts';
import { rawText } from '../../../../src/template/text/utf8.ts';
import { float64 } from '../../../../src/template/value/numbers.ts';
import type { Value } from '../../../../src/template/value/values.ts';

describe('print', () => {
  it.each([
    [[], '', '\n'],
    [[1, 2, 3], '1 2 3', '1 2 3\n'],
    [['a', 'b'], 'ab', 'a b\n'],
    [[1, 'a', 2], '1a2', '1 a 2\n'],
    [['a', 1, 2, 'b'], 'a1 2b', 'a 1 2 b\n'],
    [['x', null, null], 'x<nil> <nil>', 'x <nil> <nil>\n'],
    [[undefined, true], '<nil> true', '<nil> true\n'],
    [[float64(1), [1]], '1 [1]', '1 [1]\n'],
    [[rawText(0xc3), rawText(0xa9)], 'é', `${rawText(0xc3)} ${rawText(0xa9)}\n`],
  ] as readonly (readonly [readonly Value[], string, string])[])(
    'of %o is %j, with a line feed %j',
    (values, text, line) => {
      expect(print(values)).toBe(text);
      expect(printLine(values)).toBe(line);
    },
  );
});

describe('formatValue', () => {
  it('is by %v, or by another verb', () => {
    expect([formatValue('a'), formatValue(1), formatValue(null), formatValue('a', 'q'), formatValue(1, 's')]).toEqual([
      ...['a', '1', '<nil>', '"a"', '%!s(int=1)'],
    ]);
  });
});
