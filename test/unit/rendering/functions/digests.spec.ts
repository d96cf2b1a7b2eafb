import { describe, expect, it } from 'vitest';
import { outcome } from './outcome.ts';

describe('base64 and digests', () => {
  it.each([
    ['{{base64Encode "hello"}} {{base64Decode "aGVsbG8="}}', 'aGVsbG8= hello'],
    ['{{base64URLEncode "a?b>c~~"}} {{base64URLDecode "YT9iPmN-fg=="}}', 'YT9iPmN-fg== a?b>c~~'],
    ['{{base64Encode "a?b>c~~"}}', 'YT9iPmN+fg=='],
    [String.raw`{{base64Decode "//79" | printf "%x"}} {{base64Encode "\xff\xfe"}}`, 'fffefd //4='],
    [String.raw`[{{base64Decode "YQ\n==\r\n"}}] [{{base64Decode ""}}]`, '[a] []'],
  ])('base64: %s', (template, expected) => {
    expect(outcome(template)).toBe(expected);
  });

  it.each([
    [
      '{{base64Decode "!!"}}',
      '1:2: executing "" at <base64Decode "!!">: error calling base64Decode: base64Decode: illegal base64 data at input byte 0',
    ],
    [
      '{{base64Decode "YWJjZA"}}',
      '1:2: executing "" at <base64Decode "YWJjZA">: error calling base64Decode: base64Decode: illegal base64 data at input byte 4',
    ],
    [
      '{{base64Decode "YQ==x"}}',
      '1:2: executing "" at <base64Decode "YQ==x">: error calling base64Decode: base64Decode: illegal base64 data at input byte 4',
    ],
    [
      '{{base64Decode "YQ="}}',
      '1:2: executing "" at <base64Decode "YQ=">: error calling base64Decode: base64Decode: illegal base64 data at input byte 3',
    ],
    [
      '{{base64Decode "YQ=x"}}',
      '1:2: executing "" at <base64Decode "YQ=x">: error calling base64Decode: base64Decode: illegal base64 data at input byte 2',
    ],
    [
      '{{base64Decode "Y==="}}',
      '1:2: executing "" at <base64Decode "Y===">: error calling base64Decode: base64Decode: illegal base64 data at input byte 1',
    ],
    [
      '{{base64URLDecode "+/+/"}}',
      '1:2: executing "" at <base64URLDecode "+/+/">: error calling base64URLDecode: base64URLDecode: illegal base64 data at input byte 0',
    ],
  ])('what is no base64 is refused with its place: %s', (template, expected) => {
    expect(outcome(template)).toBe(expected);
  });

  it.each([
    ['{{md5sum "hello"}}', '5d41402abc4b2a76b9719d911017c592'],
    ['{{sha256Hex ""}}', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    [String.raw`{{sha256Hex "é\xff"}}`, 'e6c36aed9f5fabb910f32716a3a202453f387faea316fa8502f205a3e1bb71bd'],
    ['{{hmacSHA256Hex "message" "key"}}', '6e9ef29b75fffc5b7abae527d58fdadb2fe42e7219011976917343065f58ed4a'],
  ])('digests of the bytes: %s', (template, expected) => {
    expect(outcome(template)).toBe(expected);
  });
});
