import { describe, expect, it } from 'vitest';
import { printf } from '../../../../src/template/format/printf.ts';
import { wrap } from '../../../../src/template/value/convert.ts';
import { goType } from '../../../../src/template/value/type-parser.ts';
import type { Value } from '../../../../src/template/value/values.ts';
import { data, FUNCTIONS, names } from '../values.ts';

const mix = data([1, 'two', 3.5, true, null, ['x'], { y: 1 }]);
const error = new Error('bad');
const of = (type: string, raw: unknown): Value => wrap(goType(type, names), raw);
const web = { Name: 'web', port: 80, tags: ['a'], hidden: 'h' };
type Row = readonly [verb: string, value: Value, text: string];

const rows: readonly Row[] = [
  ['%v', mix, '[1 two 3.5 true <nil> [x] map[y:1]]'],
  [
    '%#v',
    mix,
    '[]interface {}{1, "two", 3.5, true, interface {}(nil), []interface {}{"x"}, map[string]interface {}{"y":1}}',
  ],
  ['%d', mix, '[1 %!d(string=two) %!d(float64=3.5) %!d(bool=true) <nil> [%!d(string=x)] map[%!d(string=y):1]]'],
  ['%5v', data([1, 'a']), '[    1     a]'],
  ['%v', data({ b: 1, a: { c: [] } }), 'map[a:map[c:[]] b:1]'],
  [
    '%v',
    of(
      'map[int]string',
      new Map([
        [10, 'a'],
        [2, 'b'],
      ]),
    ),
    'map[2:b 10:a]',
  ],
  ['%#v', of('map[int]string', new Map([[1, 'a']])), 'map[int]string{1:"a"}'],
  ['%v', of('[]string', []), '[]'],
  ['%#v', of('[]string', undefined), '[]string(nil)'],
  ['%#v', of('map[string]int', undefined), 'map[string]int(nil)'],
  ['%v', of('map[string]int', undefined), 'map[]'],
  ['%v', new Uint8Array([104, 105]), '[104 105]'],
  ['%s', new Uint8Array([104, 105]), 'hi'],
  ['%x', new Uint8Array([104, 105]), '6869'],
  ['%q', new Uint8Array([104, 105]), '"hi"'],
  ['%#v', new Uint8Array([104, 105]), '[]byte{0x68, 0x69}'],
  ['%#v', [new Uint8Array([104])], '[]interface {}{[]uint8{0x68}}'],
  ['%#w', new Uint8Array([104]), '[]uint8{%!w(uint8=0x68)}'],
  ['%t', new Uint8Array([104]), '[%!t(uint8=104)]'],
  ['%v', error, 'bad'],
  ['%q', error, '"bad"'],
  ['%d', error, '&{%!d(string=bad)}'],
  ['%v', [error], '[bad]'],
  ['%T', error, '*errors.errorString'],
  ['%v', of('Duration', 5n), '5ns'],
  ['%d', of('Duration', 5n), '5'],
  ['%v', of('[]Duration', [1n, 2n]), '[1ns 2ns]'],
  ['%#v', of('Duration', 5n), '5'],
  ['%T', of('Duration', 5n), 'time.Duration'],
  ['%v', of('Service', web), '{web 80 [a] h}'],
  ['%+v', of('Service', web), '{Name:web Port:80 Tags:[a] hidden:h}'],
  ['%#v', of('Service', web), 'api.Service{Name:"web", Port:80, Tags:api.Tags{"a"}, hidden:"h"}'],
  ['%v', of('*Service', web), '&{web 80 [a] h}'],
  ['%s', of('*Service', web), '&{web %!s(int=80) [a] h}'],
  ['%v', of('[]*Service', [web]), '[0xc000010000]'],
  ['%v', of('*Service', undefined), '<nil>'],
  ['%+v', of('*Service', undefined), '<nil>'],
  ['%s', of('*Service', undefined), '%!s(*api.Service=<nil>)'],
  ['%#v', of('*Service', undefined), '(*api.Service)(nil)'],
  ['%p', of('*Service', undefined), '0x0'],
  ['%v', FUNCTIONS.upper, '0xc000010000'],
  ['%T', FUNCTIONS.fail, 'func(string) (string, error)'],
  ['%#v', FUNCTIONS.upper, '(func(string) string)(0xc000010000)'],
  ['%d', FUNCTIONS.upper, '824633786368'],
  ['%t', FUNCTIONS.upper, '%!t(func(string) string=0xc000010000)'],
  ['%p', [1], '0xc000010000'],
  ['%v', of('error', undefined), '<nil>'],
  ['%d', of('error', undefined), '%!d(<nil>)'],
  ['%v', of('map[string]error', new Map([['a', undefined]])), 'map[a:<nil>]'],
  ['%#v', of('map[string]error', new Map([['a', undefined]])), 'map[string]error{"a":error(nil)}'],
  ['%w', of('Service', web), '%!w(api.Service={web 80 [a] h})'],
];

describe('values by verbs', () => {
  it.each(rows)('%s of %o', (verb, value, text) => {
    expect(printf(verb, [value])).toBe(text);
  });

  it('does not ask a value how it looks while it says that a verb is wrong', () => {
    expect(printf('%t', [of('Duration', 5n)])).toBe('%!t(time.Duration=5)');
  });
});
