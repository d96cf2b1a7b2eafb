// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Go writes groups so.
import { describe, expect, it } from 'vitest';
import { compileRegex, quoteMeta } from '../../../src/rendering/regex.ts';
import { textOf } from '../../../src/template/index.ts';

describe('a regular expression', () => {
  it.each([
    ['a|ab', 'ab', true],
    ['^b', 'ab', false],
    ['a$', 'a\n', false],
    ['(?i)ABC', 'xabcx', true],
    ['(?s)a.b', 'a\nb', true],
    [String.raw`^\p{L}+$`, 'hé', true],
    [String.raw`^\w$`, 'é', false],
    ['^.$', textOf(Uint8Array.of(0xff)), true],
  ])('matches anywhere: %j in %j is %j', (pattern, text, expected) => {
    expect(compileRegex(pattern).matches(text)).toBe(expected);
  });

  it.each([
    ['(a)(b)?', 'ab a', '[$1|$2|$0]', '[a|b|ab] [a||a]'],
    ['(a)', 'a', '$1x', ''],
    ['(a)', 'a', '${1}x', 'ax'],
    ['(?P<1x>a)', 'a', '$1x', 'a'],
    ['(?P<x>a)', 'a', '$xé $x-', ' a-'],
    ['(?P<x>a)|(?P<x>b)', 'ab', '<$x>', '<a><b>'],
    ['(?P<x>a)(c)?|[?P<(x]y|\\((?P<x>b)', '(b', '<$x$2$3>', '<bb>'],
    ['(a)', 'a', '$01 $$1 $ ${1 ${ 1}', ' $1 $ ${1 ${ 1}'],
    ['(a)', 'a', '$2$nope', ''],
    ['x*', 'abc', '-', '-a-b-c-'],
    ['a*', 'baac', '-', '-b-c-'],
    ['a|ab', 'abab', '.', '.b.b'],
    ['', 'é😀', '-', '-é-😀-'],
  ])('replaces %j in %j by %j', (pattern, text, replacement, expected) => {
    expect(compileRegex(pattern).replaceAll(text, replacement)).toBe(expected);
  });

  it('can replace by a text as it is', () => {
    expect(compileRegex('(a)').replaceAllLiteral('aba', '$1$$')).toBe('$1$$b$1$$');
  });

  it.each([
    ['a+', 'baac', 'aa'],
    ['x', 'abc', ''],
    ['(a|ab)(c|bcd)', 'abcd', 'abcd'],
  ])('finds the leftmost match, of the first alternative: %j in %j is %j', (pattern, text, expected) => {
    expect(compileRegex(pattern).find(text)).toBe(expected);
  });

  it.each([
    ['a.', 'abacad', -1, ['ab', 'ac', 'ad']],
    ['a.', 'abacad', 2, ['ab', 'ac']],
    ['a.', 'abacad', 0, []],
    ['x', 'abc', -1, []],
    ['', 'ab', -1, ['', '', '']],
  ])('finds all of %j in %j, at most %j', (pattern, text, n, expected) => {
    expect(compileRegex(pattern).findAll(text, n)).toStrictEqual(expected);
  });

  it.each([
    [',', 'a,b,,c,', -1, ['a', 'b', '', 'c', '']],
    [',', 'a,b,c', 2, ['a', 'b,c']],
    [',', 'a,b', 0, []],
    [',', '', -1, ['']],
    ['', '', -1, []],
    ['', 'abc', -1, ['a', 'b', 'c']],
    ['x*', 'axbxc', -1, ['a', 'b', 'c']],
  ])('splits by %j: %j, at most %j', (pattern, text, n, expected) => {
    expect(compileRegex(pattern).split(text, n)).toStrictEqual(expected);
  });

  it.each([
    ['a(?=b)', 'invalid or unsupported Perl syntax: `(?=`'],
    ['(', 'missing closing ): `(`'],
    ['a**', 'invalid nested repetition operator: `**`'],
    [String.raw`(a)\1`, 'invalid escape sequence: `\\1`'],
    ['a\\', 'trailing backslash at end of expression: ``'],
    [`a${textOf(Uint8Array.of(0xff))}b`, `invalid UTF-8: \`${textOf(Uint8Array.of(0xff))}b\``],
  ])('is refused in the words of Go: %j', (pattern, reason) => {
    expect(() => compileRegex(pattern)).toThrow(new Error(`error parsing regexp: ${reason}`));
  });
});

it('quotes what means something in a pattern', () => {
  expect(quoteMeta('a.b*[c]-{}^$\\/#')).toBe(String.raw`a\.b\*\[c\]-\{\}\^\$\\/#`);
});
