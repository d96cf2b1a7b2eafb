import { expect, it } from 'vitest';
import { parseExactJson } from '../../../../src/adapters/consul/exact-json.ts';

it.each([
  ['[{"Flags":42,"Key":"a"}]', [{ Flags: 42, Key: 'a' }]],
  ['[{"Flags":9007199254740993},{"Flags": 7}]', [{ Flags: '9007199254740993' }, { Flags: 7 }]],
  ['{"Flags":18446744073709551615,"Other":18446744073709551615}', { Flags: '18446744073709551615', Other: 2 ** 64 }],
  [String.raw`{"a":"\"Flags\":1234567890123456789","Flags":"x"}`, { a: '"Flags":1234567890123456789', Flags: 'x' }],
])('keeps all digits of flags: %s', (text, expected) => {
  expect(parseExactJson(text)).toEqual(expected);
});

it('refuses what is no JSON', () => {
  expect(() => parseExactJson('{"Flags":18446744073709551615')).toThrow(SyntaxError);
});
