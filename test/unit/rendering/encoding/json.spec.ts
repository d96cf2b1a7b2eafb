import { describe, expect, it } from 'vitest';
import { parseGoJson } from '../../../../src/rendering/encoding/json.ts';
import { printf } from '../../../../src/template/index.ts';

describe('parseGoJson', () => {
  it.each([
    [
      '{"a":[1,2.5,null,true,"x"],"b":{}}',
      'map[string]interface {}{"a":[]interface {}{1, 2.5, interface {}(nil), true, "x"}, "b":map[string]interface {}{}}',
    ],
    ['123456789012345678901234567890', '1.2345678901234568e+29'],
    ['-0', '-0'],
    ['{"a":1,"a":2}', 'map[string]interface {}{"a":2}'],
    [' \n[1e2]\t', '[]interface {}{100}'],
    ['{"__proto__":1}', 'map[string]interface {}{"__proto__":1}'],
  ])('objects, lists, floats: %j', (text, expected) => {
    expect(printf('%#v', [parseGoJson(text)])).toBe(expected);
  });

  it.each([[String.raw`"\ud83d\ude00\ud800x\udc80"`, '"😀�x�"']])(
    'halves of pairs become U+FFFD: %j',
    (text, expected) => {
      expect(printf('%#v', [parseGoJson(text)])).toBe(expected);
    },
  );

  it.each([
    ['1e999', 'json: cannot unmarshal number 1e999 into Go value of type float64'],
    ['[1, 1e400, -2e999]', 'json: cannot unmarshal number 1e400 into Go value of type float64'],
  ])('numbers beyond a float is refused: %j', (text, message) => {
    expect(() => printf('%#v', [parseGoJson(text)])).toThrow(new Error(message));
  });
});
