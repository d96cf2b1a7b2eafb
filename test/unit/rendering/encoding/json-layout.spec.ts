import { describe, expect, it } from 'vitest';
import { laidOut } from '../../../../src/rendering/encoding/json-layout.ts';

const plain = { escapesHtml: false };

describe('laidOut', () => {
  it.each([
    ['{ "a" : [1, {}, [ ], "x, {y}"] , "b":\n"c\\"]" }', '{"a":[1,{},[],"x, {y}"],"b":"c\\"]"}'],
    ['"1s"', '"1s"'],
    ['-1.5e3', '-1.5e3'],
  ])('puts all on one line: %s', (json, expected) => {
    expect(laidOut(json, plain, '\n')).toBe(expected);
  });

  it('indents from the level where it stands', () => {
    expect(laidOut('{"a":[1,{}],"b":{"c":[]}}', { ...plain, indent: '  ' }, '\n  ')).toBe(
      '{\n    "a": [\n      1,\n      {}\n    ],\n    "b": {\n      "c": []\n    }\n  }',
    );
  });

  it('escapes what HTML would take for its own, if that is asked for', () => {
    expect(laidOut('["<&>\u2028"]', { escapesHtml: true }, '\n')).toBe(String.raw`["\u003c\u0026\u003e\u2028"]`);
    expect(laidOut('["<&>\u2028"]', plain, '\n')).toBe('["<&>\u2028"]');
  });
});
