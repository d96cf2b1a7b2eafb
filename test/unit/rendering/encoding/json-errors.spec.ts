import { describe, expect, it } from 'vitest';
import { parseGoJson } from '../../../../src/rendering/encoding/json.ts';
import { printf } from '../../../../src/template/index.ts';

describe('what Go says of a text that is no JSON', () => {
  it.each([
    ['x', "invalid character 'x' looking for beginning of value"],
    ['+1', "invalid character '+' looking for beginning of value"],
    ['.5', "invalid character '.' looking for beginning of value"],
    ['é', "invalid character 'Ã' looking for beginning of value"],
    ['﻿1', "invalid character 'ï' looking for beginning of value"],
    ["'a'", String.raw`invalid character '\'' looking for beginning of value`],
    ['NaN', "invalid character 'N' looking for beginning of value"],
    [' ', 'unexpected end of JSON input'],
  ])('a value is refused: %j', (text, message) => {
    expect(() => printf('%#v', [parseGoJson(text)])).toThrow(new Error(message));
  });

  it.each([
    ['{a:1}', "invalid character 'a' looking for beginning of object key string"],
    ['{,}', "invalid character ',' looking for beginning of object key string"],
    ['{"a" 1}', "invalid character '1' after object key"],
    ['{"a":1,}', "invalid character '}' looking for beginning of object key string"],
    ['{"a":1 "b":2}', "invalid character '\"' after object key:value pair"],
    ['{"a":', 'unexpected end of JSON input'],
    ['{', 'unexpected end of JSON input'],
  ])('objects is refused: %j', (text, message) => {
    expect(() => printf('%#v', [parseGoJson(text)])).toThrow(new Error(message));
  });

  it.each([
    ['[1,]', "invalid character ']' looking for beginning of value"],
    ['[1 2]', "invalid character '2' after array element"],
    ['[', 'unexpected end of JSON input'],
    ['[1', 'unexpected end of JSON input'],
  ])('lists is refused: %j', (text, message) => {
    expect(() => printf('%#v', [parseGoJson(text)])).toThrow(new Error(message));
  });

  it.each([
    ['"a\nb"', String.raw`invalid character '\n' in string literal`],
    [String.raw`"\x"`, "invalid character 'x' in string escape code"],
    [String.raw`"\u12g4"`, String.raw`invalid character 'g' in \u hexadecimal character escape`],
    ['"a', 'unexpected end of JSON input'],
    ['"a\\', "invalid character ' ' in string escape code"],
  ])('texts is refused: %j', (text, message) => {
    expect(() => printf('%#v', [parseGoJson(text)])).toThrow(new Error(message));
  });

  it.each([
    ['01', "invalid character '1' after top-level value"],
    ['-', "invalid character ' ' in numeric literal"],
    ['-a', "invalid character 'a' in numeric literal"],
    ['1.', "invalid character ' ' after decimal point in numeric literal"],
    ['1.e', "invalid character 'e' after decimal point in numeric literal"],
    ['1e+', "invalid character ' ' in exponent of numeric literal"],
    ['1ex', "invalid character 'x' in exponent of numeric literal"],
  ])('numbers is refused: %j', (text, message) => {
    expect(() => printf('%#v', [parseGoJson(text)])).toThrow(new Error(message));
  });

  it.each([
    ['tru', "invalid character ' ' in literal true (expecting 'e')"],
    ['trux', "invalid character 'x' in literal true (expecting 'e')"],
    ['nil', "invalid character 'i' in literal null (expecting 'u')"],
  ])('words is refused: %j', (text, message) => {
    expect(() => printf('%#v', [parseGoJson(text)])).toThrow(new Error(message));
  });

  it.each([
    ['1 2', "invalid character '2' after top-level value"],
    ['{} }', "invalid character '}' after top-level value"],
    ['[]"', "invalid character '\"' after top-level value"],
  ])('what follows is refused: %j', (text, message) => {
    expect(() => printf('%#v', [parseGoJson(text)])).toThrow(new Error(message));
  });
});
