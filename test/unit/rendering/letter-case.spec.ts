import { describe, expect, it } from 'vitest';
import { capitalizeWords, titleOf, toLower, toUpper } from '../../../src/rendering/letter-case.ts';
import { textOf } from '../../../src/template/index.ts';

const RAW = textOf(Uint8Array.of(0xff));

describe('toUpper and toLower', () => {
  it.each([
    ['straße', 'STRAßE', 'straße'],
    ['ΣΑΣ', 'ΣΑΣ', 'σασ'],
    ['İı', 'İI', 'iı'],
    ['ᾀᾳ', 'ᾈᾼ', 'ᾀᾳ'],
    ['ǆ', 'Ǆ', 'ǆ'],
    ['ა', 'Ა', 'ა'],
    ['😀a', '😀A', '😀a'],
    [RAW, '\ufffd', '\ufffd'],
  ])('change each letter for itself: %j', (text, upper, lower) => {
    expect([toUpper(text), toLower(text)]).toStrictEqual([upper, lower]);
  });
});

describe('titleOf', () => {
  it.each([
    ['a', 'A'],
    ['ǆ', 'ǅ'],
    ['Ǆ', 'ǅ'],
    ['ß', 'ß'],
    ['ა', 'ა'],
  ])('%j', (letter, expected) => {
    expect(titleOf(letter)).toBe(expected);
  });
});

describe('capitalizeWords', () => {
  it.each([
    ['hello wORLD', 'Hello WORLD'],
    ["foo-bar it's o'neil", "Foo-Bar It's O'neil"],
    ['foo_bar a.b a:b', 'Foo_bar A.b A:b'],
    ["a..b a''b a.:b", "A..B A''B A.:B"],
    ['3rd x2y', '3Rd X2y'],
    ['ß ŉ ﬁ ǆ ǅ ᾈ', 'Ss ʼN Fi ǅ ǅ ᾈ'],
    ['a漢b aカb aไb', 'A漢B AカB AไB'],
    [`${RAW}a`, `${RAW}A`],
  ])('%j', (text, expected) => {
    expect(capitalizeWords(text)).toBe(expected);
  });
});
