import { describe, expect, it } from 'vitest';
import { EXPLODE_FUNCTIONS } from '../../../../src/rendering/functions/explode.ts';
import { fromJson, parse } from '../../../../src/template/index.ts';

function exploded(map: unknown): string {
  try {
    return parse('t', '{{explodeMap .}}', { functions: EXPLODE_FUNCTIONS }).execute(fromJson(map, { integers: 'int' }));
  } catch (error) {
    return (error as Error).message.replace(/^.*error calling /, '');
  }
}

describe('explodeMap', () => {
  it.each([
    [{}, 'map[]'],
    [{ 'a/b/c': 1, 'a/b/d': 2, e: 3 }, 'map[a:map[b:map[c:1 d:2]] e:3]'],
    [{ 'a/': 1, '': 2 }, 'map[a:map[]]'],
    [{ '/a': 1 }, 'map[:map[a:1]]'],
    [{ a: { b: 1 }, 'a/c': 2 }, 'map[a:map[b:1 c:2]]'],
    [{ a: 'x', 'a/b': 2 }, 'explodeMap: explodeMap: not a map: "a/b": "a" already has value "x"'],
    [{ a: 1, 'a/b': 2 }, `explodeMap: explodeMap: not a map: "a/b": "a" already has value '\\x01'`],
    [{ 'a/b': 'x', 'a/b/c': 2 }, 'explodeMap: explodeMap: not a map: "a/b/c": "b" already has value "x"'],
    [{ 'a/b/c': 'x', 'a/b/c/d': 2 }, 'explodeMap: explodeMap: not a map: "b/c/d": "c" already has value "x"'],
  ])('of %j', (map, expected) => {
    expect(exploded(map)).toBe(expected);
  });
});
