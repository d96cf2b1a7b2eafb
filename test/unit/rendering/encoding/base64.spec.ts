import { describe, expect, it } from 'vitest';
import { decodeBase64, encodeBase64 } from '../../../../src/rendering/encoding/base64.ts';
import { textOf } from '../../../../src/template/index.ts';

const RAW = textOf(Uint8Array.of(0xff, 0xfe, 0xfb));

it.each([
  ['', '', ''],
  ['hello', 'aGVsbG8=', 'aGVsbG8='],
  ['a?b>c~~', 'YT9iPmN+fg==', 'YT9iPmN-fg=='],
  [RAW, '//77', '__77'],
])('the bytes of a text: %j', (text, standard, url) => {
  expect([encodeBase64(text, 'standard'), encodeBase64(text, 'url')]).toStrictEqual([standard, url]);
  expect([decodeBase64(standard, 'standard'), decodeBase64(url, 'url')]).toStrictEqual([text, text]);
});

it.each([
  ['YQ\n=\r=\n', 'a'],
  ['\nYW\nJj', 'abc'],
  ['YR==', 'a'],
])('line breaks and superfluous bits count for nothing: %j', (encoded, expected) => {
  expect(decodeBase64(encoded, 'standard')).toBe(expected);
});

describe('faults are told by the byte', () => {
  it.each([
    ['!!', 0],
    ['a', 0],
    ['YWJjZA', 4],
    ['YW-j', 2],
    ['=', 0],
    ['Y=', 1],
    ['YQ=', 3],
    ['YQ=x', 2],
    ['YQ==x', 4],
    ['YWI==', 4],
    ['YQ==\n=', 5],
  ])('%j: %j', (encoded, place) => {
    expect(() => decodeBase64(encoded, 'standard')).toThrow(new Error(`illegal base64 data at input byte ${place}`));
  });
});
