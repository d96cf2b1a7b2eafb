import { describe, expect, it } from 'vitest';
import { rendered } from './render.ts';

describe('Checksums', () => {
  it.each([
    ['{{sprig_sha1sum "a"}}', '86f7e437faa5a7fce15d1ddcb9eaeaea377667b8'],
    ['{{sprig_sha256sum "a"}}', 'ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb'],
    [
      '{{sprig_sha512sum "a"}}',
      '1f40fc92da241694750979ee6cf582f2d5d7d28e18335de05abc54d0560e0f5302860c652bf08d560252aa5e74210546f369fbbbce8c12cfc7957b2652fe9a75',
    ],
    ['{{sprig_adler32sum "a"}}', '6422626'],
    ['{{sprig_adler32sum "hello world"}}', '436929629'],
    ['{{sprig_adler32sum ""}}', '1'],
    ['{{sprig_sha1sum "é"}}', 'bf15be717ac1b080b4f1c456692825891ff5073d'],
    ['{{sprig_sha256sum ""}}', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    [
      '{{sprig_sha512sum "x"}}',
      'a4abd4448c49562d828115d13a1fccea927f52b4d5459297f8b43e42da89238bc13626e43dcb38ddb082488927ec904fb42057443983e88585179d50551afe62',
    ],
  ])('%s', (template, expected) => {
    expect(rendered(template)).toBe(expected);
  });
});
