import { describe, expect, it } from 'vitest';
import { rendered } from './render.ts';

describe('Paths', () => {
  it.each([
    ['{{sprig_base ""}}', '.'],
    ['{{sprig_base "/"}}', '/'],
    ['{{sprig_base "a/b/"}}', 'b'],
    ['{{sprig_base "///"}}', '/'],
    ['{{sprig_base "a"}}', 'a'],
    ['{{sprig_dir "a/b/c"}}', 'a/b'],
    ['{{sprig_dir "/a"}}', '/'],
    ['{{sprig_dir "a"}}', '.'],
    ['{{sprig_dir ""}}', '.'],
    ['{{sprig_dir "/a/b/"}}', '/a/b'],
    ['{{sprig_clean "a//b/./../c"}}', 'a/c'],
    ['{{sprig_clean "/../a"}}', '/a'],
    ['{{sprig_clean "../../a"}}', '../../a'],
    ['{{sprig_clean ""}}', '.'],
    ['{{sprig_clean "a/../.."}}', '..'],
    ['{{sprig_clean "/"}}', '/'],
    ['{{sprig_ext "a.b.c"}}', '.c'],
    ['{{sprig_ext "a.b/c"}}', ''],
    ['{{sprig_ext "."}}', '.'],
    ['{{sprig_ext "a."}}', '.'],
    ['{{sprig_isAbs "/a"}}', 'true'],
    ['{{sprig_isAbs ""}}', 'false'],
    ['{{sprig_osBase "/a/b.txt"}}', 'b.txt'],
    ['{{sprig_osDir "/a/b.txt"}}', '/a'],
    ['{{sprig_osExt "x.gz"}}', '.gz'],
    ['{{sprig_osClean "a/./b"}}', 'a/b'],
    ['{{sprig_osIsAbs "a"}}', 'false'],
    ['{{sprig_osDir ""}}', '.'],
    ['{{sprig_osDir "a//b"}}', 'a'],
  ])('%s', (template, expected) => {
    expect(rendered(template)).toBe(expected);
  });
});
