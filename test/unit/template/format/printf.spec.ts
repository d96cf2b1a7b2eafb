import { describe, expect, it } from 'vitest';
import { printf } from '../../../../src/template/format/printf.ts';
import { rawText } from '../../../../src/template/text/utf8.ts';
import { float64, int, int64, uint64 } from '../../../../src/template/value/numbers.ts';
import { COMPLEX128 } from '../../../../src/template/value/types.ts';
import { GoScalar, type Value } from '../../../../src/template/value/values.ts';

const complex = (re: number, im: number) => new GoScalar(COMPLEX128, { re, im });
type Row = readonly [format: string, args: readonly Value[], text: string];

const integers: readonly Row[] = [
  ['%d', [12345], '12345'],
  ['%d', [-7], '-7'],
  ['%d', [int64(2n ** 62n)], '4611686018427387904'],
  ['%+d', [42], '+42'],
  ['% d', [42], ' 42'],
  ['%5d|%-5d|%05d', [42, 42, 42], '   42|42   |00042'],
  ['%05d', [-42], '-0042'],
  ['%+05d', [42], '+0042'],
  ['%-05d|', [42], '42   |'],
  ['%.3d|%6.3d|%-6.3d|%06.3d', [7, 7, 7, 7], '007|   007|007   |   007'],
  ['%.0d|%3.0d|', [0, 0], '|   |'],
  ['%b %o %O %x %X', [10, 10, 10, 255, 255], '1010 12 0o12 ff FF'],
  ['%#b %#o %#x %#X', [10, 10, 255, 255], '0b1010 012 0xff 0XFF'],
  ['%x %#x', [-255, -255], '-ff -0xff'],
  ['%#o', [0], '0'],
  ['%c%c|%3c|%-3c|', [72, 0x1f600, 120, 120], 'H😀|  x|x  |'],
  ['%c %q', [-1, -1], "\uFFFD '\uFFFD'"],
  ['%q %+q %#q', [120, 233, 42], String.raw`'x' '\u00e9' '*'`],
  ['%U %#U %08U %.6U', [0x1f600, 0x1f600, 42, 42], "U+1F600 U+1F600 '😀'   U+002A U+00002A"],
  ['%U', [-7], 'U+FFFFFFFFFFFFFFF9'],
  ['%v %#v', [uint64(255), uint64(255)], '255 0xff'],
  ['%d', [int(2n ** 63n - 1n)], '9223372036854775807'],
];

const floats: readonly Row[] = [
  ['%v %v %v', [float64(1), float64(1e6), float64(1e21)], '1 1e+06 1e+21'],
  ['%f %.2f %.0f', [float64(5.71825), float64(5.71825), float64(2.5)], '5.718250 5.72 2'],
  ['%F', [float64(1)], '1.000000'],
  [
    '%e %E %.3e',
    [float64(12_345.678), float64(12_345.678), float64(12_345.678)],
    '1.234568e+04 1.234568E+04 1.235e+04',
  ],
  ['%g %G %.3g', [float64(1e-7), float64(1e-7), float64(5.71825)], '1e-07 1E-07 5.72'],
  [
    '%8.2f|%-8.2f|%08.2f|%+.1f',
    [float64(5.71825), float64(5.71825), float64(-5.71825), float64(5.71825)],
    '    5.72|5.72    |-0005.72|+5.7',
  ],
  ['% f|% 08.1f', [float64(1), float64(1)], ' 1.000000| 00001.0'],
  ['%#g %#.3g %#.0f %#.3e', [float64(1), float64(100), float64(1), float64(1)], '1.00000 100. 1. 1.000e+00'],
  ['%#x %#.0e', [float64(1), float64(1)], '0x1.0000p+00 1.e+00'],
  [
    '%b %x %X %.3x',
    [float64(1), float64(1), float64(1), float64(1.1)],
    '4503599627370496p-52 0x1p+00 0X1P+00 0x1.19ap+00',
  ],
  [
    '%v %+v %5v %05v',
    [float64(Number.NaN), float64(Number.NaN), float64(Number.NaN), float64(Number.NaN)],
    'NaN NaN   NaN   NaN',
  ],
  ['%v %f %+f %08f', [float64(-1 / 0), float64(1 / 0), float64(1 / 0), float64(1 / 0)], '-Inf +Inf +Inf     +Inf'],
  ['%v %.2f %+g', [complex(1, -2), complex(1, 2), complex(0, 0)], '(1-2i) (1.00+2.00i) (+0+0i)'],
  ['%v', [1.5], '1.5'],
];

const texts: readonly Row[] = [
  ['%s|%v', ['a', 'b'], 'a|b'],
  ['%5s|%-5s|%05s', ['é', 'é', 'é'], '    é|é    |0000é'],
  ['%.2s|%5.1s|%.0s', ['日本語', '日本語', 'a'], '日本|    日|'],
  ['%q %+q %#q %#q', ['a"é', 'a"é', 'a"é', 'a`'], '"a\\"é" "a\\"\\u00e9" `a"é` "a`"'],
  ['%x %X % x %#x %# x', ['hé', 'hé', 'hé', 'hé', 'hé'], '68c3a9 68C3A9 68 c3 a9 0x68c3a9 0x68 0xc3 0xa9'],
  ['%.2x|%8x|%-8x|%4x|', ['abc', 'ab', 'ab', ''], '6162|    6162|6162    |    |'],
  ['%#v', ['a\n'], String.raw`"a\n"`],
  ['%x %q %s', [rawText(0xff), rawText(0xff), rawText(0xff)], `ff "\\xff" ${rawText(0xff)}`],
  ['%s%s', [rawText(0xc3), rawText(0xa9)], 'é'],
  ['%t|%5t|%v|%-6v|', [true, false, true, false], 'true|false|true|false |'],
];

const mistakes: readonly Row[] = [
  ['%d', ['hi'], '%!d(string=hi)'],
  ['%s', [1], '%!s(int=1)'],
  ['%t', [1], '%!t(int=1)'],
  ['%z', [float64(1)], '%!z(float64=1)'],
  ['%d', [null], '%!d(<nil>)'],
  ['%v %T', [null, null], '<nil> <nil>'],
  ['%5.2f', [42], '%!f(int=   42)'],
  ['%05d', [true], '%!d(bool=0true)'],
  ['%d', [], '%!d(MISSING)'],
  ['%s', ['a', 'b', 1], 'a%!(EXTRA string=b, int=1)'],
  ['', [null], '%!(EXTRA <nil>)'],
  ['%', [], '%!(NOVERB)'],
  ['100%', [], '100%!(NOVERB)'],
  ['%!', [], '%!!(MISSING)'],
  ['%é', [1], '%!é(int=1)'],
  ['%*d|%-*d|%*d', [4, 1, 4, 1, -4, 1], '   1|1   |1   '],
  ['%.*f|%.*f', [2, float64(1), -1, float64(1)], '1.00|%!(BADPREC)1.000000'],
  ['%*d', ['a', 1], '%!(BADWIDTH)1'],
  ['%*d', [1_000_001, 1], '%!(BADWIDTH)1'],
  ['%99999999d', [1], '%!(NOVERB)%!(EXTRA int=1)'],
  ['%[2]s %[1]s', ['a', 'b'], 'b a'],
  ['%[1]d %d', [1, 2], '1 2'],
  ['%[2]*[1]d', [1, 3], '  1'],
  ['%[3]d %[0]d %[x]d %[1', [1], '%!d(BADINDEX) %!d(BADINDEX) %!d(BADINDEX) %!(NOVERB)'],
  ['%[1]5d %[1].2f', [1], '%!d(BADINDEX) %!f(BADINDEX)'],
  ['%w', ['x'], '%!w(string=x)'],
  ['%%|%5%|', [], '%|%|'],
  ['%p', [1], '%!p(int=1)'],
];

describe('printf', () => {
  it.each(integers)('integers: %j', (format, args, text) => {
    expect(printf(format, args)).toBe(text);
  });

  it.each(floats)('floats: %j', (format, args, text) => {
    expect(printf(format, args)).toBe(text);
  });

  it.each(texts)('texts: %j', (format, args, text) => {
    expect(printf(format, args)).toBe(text);
  });

  it.each(mistakes)('mistakes: %j', (format, args, text) => {
    expect(printf(format, args)).toBe(text);
  });
});
