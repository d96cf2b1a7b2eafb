import { describe, expect, it } from 'vitest';
import { parseGoYaml } from '../../../../src/rendering/encoding/yaml-parser.ts';
import { printf } from '../../../../src/template/index.ts';

describe('scalars below | and >', () => {
  it.each([
    ['|\n a\n  b\n\n c\n', String.raw`"a\n b\n\nc\n"`],
    ['|-\n a\n\n', '"a"'],
    ['|+\n a\n\n', String.raw`"a\n\n"`],
    ['|2\n    a\n   b', String.raw`"  a\n b"`],
    ['- |\n a\n- b', String.raw`[]interface {}{"a\n", "b"}`],
    ['k: |\n\n\n  a\nz: 1', String.raw`map[interface {}]interface {}{"k":"\n\na\n", "z":1}`],
  ])('keep their lines: %j', (text, expected) => {
    expect(printf('%#v', [parseGoYaml(text)])).toBe(expected);
  });

  it.each([
    ['>\n a\n b\n\n c\n   d\n e\n', String.raw`"a b\nc\n  d\ne\n"`],
    ['>-\n a\n b\n', '"a b"'],
    ['>\n\n\n a\n', String.raw`"\n\na\n"`],
  ])('or fold them: %j', (text, expected) => {
    expect(printf('%#v', [parseGoYaml(text)])).toBe(expected);
  });

  it.each([
    ['|0\n a', 'yaml: found an indentation indicator equal to 0'],
    ['|2x\n', 'yaml: did not find expected comment or line break'],
    ['|\n\ta', 'yaml: line 2: found a tab character where an indentation space is expected'],
    ['k: |+-\n', 'yaml: did not find expected comment or line break'],
  ])('headers is refused: %j', (text, message) => {
    expect(() => printf('%#v', [parseGoYaml(text)])).toThrow(new Error(message));
  });
});
