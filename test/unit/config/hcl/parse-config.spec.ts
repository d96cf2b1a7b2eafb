// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of HCL.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../../../src/config/hcl/parse-config.ts';
import { PortolanError } from '../../../../src/lib/errors.ts';

const parse = (text: string) => parseConfig({ name: 'app.hcl', text });

/** The message of what must be thrown. */
function refusal(text: string): string {
  try {
    parse(text);
  } catch (error) {
    if (error instanceof PortolanError && error.code === 'CONFIG_INVALID') return error.message;
    throw error;
  }
  throw new Error(`this was read: ${text}`);
}

describe('HCL', () => {
  it.each([
    { rule: 'nothing', text: '', is: {} },
    { rule: 'only comments', text: '# a\n// b\n/* c\n d = 1 */\n', is: {} },
    { rule: 'a text', text: 'a = "b"', is: { a: 'b' } },
    { rule: 'a key in quotes', text: '"a b" = "c"', is: { 'a b': 'c' } },
    { rule: 'a key with dots and dashes', text: 'a.b-c = 1', is: { 'a.b-c': 1 } },
    { rule: 'several items on a line', text: 'a = 1 b = 2', is: { a: 1, b: 2 } },
    {
      rule: 'numbers',
      text: 'a = 12\nb = -1.5\nc = 1e3\nd = 0x1f\ne = 0644',
      is: { a: 12, b: -1.5, c: 1000, d: 31, e: 420 },
    },
    { rule: 'booleans', text: 'a = true\nb = false', is: { a: true, b: false } },
    { rule: 'a list', text: 'a = ["x", 1, true,\n # c\n]', is: { a: ['x', 1, true] } },
    { rule: 'lists in lists', text: 'a = [[1], []]', is: { a: [[1], []] } },
    { rule: 'objects in a list', text: 'a = [{b = 1}, {c = 2}]', is: { a: [{ b: 1 }, { c: 2 }] } },
    { rule: 'a block', text: 'a {\n  b = 1\n}', is: { a: [{ b: 1 }] } },
    { rule: 'a block again and again', text: 'a { b = 1 }\na { b = 2 }\na { }', is: { a: [{ b: 1 }, { b: 2 }, {}] } },
    { rule: 'an object as a value, like a block', text: 'a = { b = 1, c = 2 }', is: { a: [{ b: 1, c: 2 }] } },
    { rule: 'blocks in blocks', text: 'a { b { c = 1 } }', is: { a: [{ b: [{ c: 1 }] }] } },
    { rule: 'labels', text: 'a "b" "c" { d = 1 }', is: { a: [{ b: [{ c: [{ d: 1 }] }] }] } },
    { rule: 'a label without quotes', text: 'a b { }', is: { a: [{ b: [{}] }] } },
    { rule: 'a value twice: the last counts', text: 'a = 1\na = [2]\na = 3', is: { a: 3 } },
    { rule: 'a byte order mark', text: '\uFEFFa = 1', is: { a: 1 } },
    { rule: 'Windows line ends', text: 'a = 1\r\nb {\r\n}\r\n', is: { a: 1, b: [{}] } },
    { rule: 'comments at the end of lines', text: 'a = 1 # x\nb = 2 // y\nc = /* z */ 3', is: { a: 1, b: 2, c: 3 } },
  ])('reads $rule', ({ text, is }) => {
    expect(parse(text)).toStrictEqual(is);
  });

  it.each([
    { written: String.raw`a\n\t\"\\`, is: 'a\n\t"\\' },
    { written: String.raw`\x41\u00e9\U0001F600\101`, is: 'Aé😀A' },
    { written: '{{ key "x" }}'.replaceAll('"', '\\"'), is: '{{ key "x" }}' },
    { written: '${name}', is: '${name}' },
    { written: 'a ${f("b\\n")} c', is: 'a ${f("b\\n")} c' },
    { written: '${a{\n}b}\\n', is: '${a{\n}b}\n' },
    { written: '$ { $$', is: '$ { $$' },
    { written: '# no comment // here', is: '# no comment // here' },
  ])('reads the text "$written"', ({ written, is }) => {
    expect(parse(`a = "${written}"`)).toStrictEqual({ a: is });
  });

  it.each([
    {
      rule: 'keeps its lines and the last line end',
      text: 'a = <<EOF\nx\n  y "z" ${q}\nEOF\nb = 1',
      is: 'x\n  y "z" ${q}\n',
    },
    { rule: 'may be empty', text: 'a = <<EOF\nEOF\nb = 1', is: '' },
    { rule: 'keeps the blanks before its closing word', text: 'a = <<EOF\nx\n  EOF\nb = 1', is: 'x\n  ' },
    { rule: 'ends at the end of the file', text: 'b = 1\na = <<EOF\nx\nEOF', is: 'x\n' },
    { rule: 'is not ended by a word in a line', text: 'a = <<EOF\nx EOF\nEOFX\nEOF\nb = 1', is: 'x EOF\nEOFX\n' },
    { rule: 'loses its indentation after a dash', text: 'a = <<-EOF\n    x\n      y\n    EOF\nb = 1', is: 'x\n  y\n' },
    { rule: 'keeps it if a line has less', text: 'a = <<-EOF\n    x\n  y\n    EOF\nb = 1', is: '    x\n  y\n' },
  ])('reads a heredoc: it $rule', ({ text, is }) => {
    expect(parse(text)).toStrictEqual({ a: is, b: 1 });
  });

  it.each([
    { text: 'a = ', where: '1:5: here is the end of the text, but a value is expected' },
    { text: 'a = b', where: '1:5: a value is expected; a text stands in quotes: "b"' },
    { text: 'a', where: "1:2: here is the end of the text, but after a key comes '=' or '{'" },
    { text: 'a = 1\n}', where: "2:1: here is '}', but a key is expected" },
    { text: 'a {\n b = 1', where: "2:7: here is the end of the text, but a key is expected or '}'" },
    { text: 'a "b" = 1', where: "1:7: after a key and a label comes a block: '{'" },
    { text: 'a = [1 2]', where: "1:8: here is 2, but in a list comes ',' or ']'" },
    { text: 'a = "b', where: '1:5: this text has no closing quote' },
    { text: 'a = "b\n"', where: '1:5: this text has no closing quote' },
    { text: 'a = "${b"', where: '1:6: this ${ has no closing brace' },
    { text: String.raw`a = "\d"`, where: '1:6: this escape means nothing; a backslash itself is \\\\' },
    { text: String.raw`a = "\U00110000"`, where: '1:6: there is no such character' },
    { text: "a = 'b'", where: '1:5: texts stand in double quotes' },
    { text: 'a: 1', where: "1:2: ':' means nothing here; write key = value" },
    { text: 'a = 0689', where: '1:5: a number that begins with 0 is octal' },
    { text: 'a = 1x', where: '1:5: "1" means nothing here' },
    { text: '/* a', where: '1:1: this comment has no end' },
    { text: 'a = <<EOF x\nEOF\n', where: '1:5: after << comes a word and the end of the line, as in <<EOF' },
    { text: 'a = <<EOF\nx\n', where: '1:5: there is no line EOF that ends this text' },
    { text: `a = ${'['.repeat(70)}`, where: '1:70: this is nested too deeply' },
  ])('refuses $text', ({ text, where }) => {
    expect(refusal(text).split('\n')[0]).toBe(`app.hcl:${where}`);
  });

  it('shows the line and the place', () => {
    expect(refusal('x = 1\n\ty = oops\n')).toBe(
      'app.hcl:2:6: a value is expected; a text stands in quotes: "oops"\n     y = oops\n         ^',
    );
  });
});

describe('JSON', () => {
  it('is read as it is, whatever its keys', () => {
    const text = '{"a": [{"b": null}, 1.5e3, "\\u00e9\\/\\ud83d\\ude00"], "c": {}, "__proto__": true, "e": []}';
    expect(parse(text)).toStrictEqual(JSON.parse(text));
  });

  it('may have a comma behind the last part', () => {
    expect(parse('{"a": [1, 2 , ], "b": {"c": 1,},\n}')).toStrictEqual({ a: [1, 2], b: { c: 1 } });
  });

  it.each([
    { text: '{', where: '1:2: a key in double quotes is expected' },
    { text: '{"a" 1}', where: "1:6: ':' is expected" },
    { text: '{"a": x}', where: '1:7: a value is expected' },
    { text: '{"a": 1,,}', where: '1:9: a key in double quotes is expected' },
    { text: '{,}', where: '1:2: a key in double quotes is expected' },
    { text: '{"a": [1 2]}', where: "1:10: ',' or ']' is expected" },
    { text: '{\n "a": 1\n} x', where: '3:3: nothing may follow the closing brace' },
    { text: '{"a": "b\n"}', where: '1:7: a value is expected' },
    { text: `{"a": ${'['.repeat(70)}`, where: '1:71: this is nested too deeply' },
  ])('refuses $text', ({ text, where }) => {
    expect(refusal(text).split('\n')[0]).toBe(`app.hcl:${where}`);
  });
});

describe('any text', () => {
  const pieces = [
    'a',
    '"',
    '{',
    '}',
    '[',
    ']',
    '=',
    ',',
    '\n',
    '<<EOF',
    '<<-E',
    'EOF',
    'E',
    '${',
    '\\',
    '#',
    '//',
    '/*',
    '*/',
    '-',
    '0',
    '1.5',
    ' ',
    ':',
    'true',
    'null',
  ];

  const texts = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(fc.constantFrom(...pieces)).map((parts) => parts.join('')),
  );

  it('is read or refused by an error of its own', () =>
    fc.assert(
      fc.property(texts, (text) => {
        try {
          parse(text);
        } catch (error) {
          expect(error).toBeInstanceOf(PortolanError);
        }
      }),
      { numRuns: 2_000 },
    ));

  it('that is JSON is read as JSON.parse reads it', () =>
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 4 })), (value) => {
        const text = JSON.stringify(value, undefined, 1);
        expect(parse(text)).toStrictEqual(JSON.parse(text));
      }),
    ));
});
