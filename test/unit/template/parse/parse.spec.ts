import { describe, expect, it } from 'vitest';
import { TemplateError } from '../../../../src/template/errors.ts';
import { nodeText } from '../../../../src/template/parse/node-text.ts';
import { parseTrees } from '../../../../src/template/parse/parse.ts';

const options = { isFunction: (name: string) => ['f', 'print', 'len'].includes(name) };
const parsed = (text: string): Readonly<Record<string, string>> =>
  Object.fromEntries([...parseTrees('t', text, options)].map(([name, { root }]) => [name, nodeText(root)]));

describe('templates of a text', () => {
  it.each([
    { text: '', trees: { t: '' } },
    { text: 'a{{.x}}b', trees: { t: 'a{{.x}}b' } },
    { text: '{{ .x.y  |f | print  1 "a" }}', trees: { t: '{{.x.y | f | print 1 "a"}}' } },
    { text: '{{(f .x).y.z}}', trees: { t: '{{(f .x).y.z}}' } },
    { text: '{{f.x}}', trees: { t: '{{f.x}}' } },
    { text: '{{ $x:= .a}}{{$x = 1 }}', trees: { t: '{{$x := .a}}{{$x = 1}}' } },
    {
      text: '{{if .a}}x{{else if .b}}y{{else}}z{{end}}',
      trees: { t: '{{if .a}}x{{else}}{{if .b}}y{{else}}z{{end}}{{end}}' },
    },
    { text: '{{with .a}}x{{else with .b}}y{{end}}', trees: { t: '{{with .a}}x{{else}}{{with .b}}y{{end}}{{end}}' } },
    {
      text: '{{range $i, $e := .l}}{{break}}{{continue}}{{end}}',
      trees: { t: '{{range $i, $e := .l}}{{break}}{{continue}}{{end}}' },
    },
    {
      text: '{{$e := 1}}{{range $e = .l}}x{{else}}y{{end}}',
      trees: { t: '{{$e := 1}}{{range $e = .l}}x{{else}}y{{end}}' },
    },
    { text: 'a{{define "d"}}x{{end}}b', trees: { d: 'x', t: 'ab' } },
    { text: '{{define `d`}}x{{end}}{{template `d` .}}', trees: { d: 'x', t: '{{template "d" .}}' } },
    { text: '{{block "b" .x}}y{{end}}', trees: { b: 'y', t: '{{template "b" .x}}' } },
    { text: '{{template "a"}}', trees: { t: '{{template "a"}}' } },
    { text: '{{define "d"}} \n{{end}}{{define "d"}}x{{end}}', trees: { d: 'x', t: '' } },
    { text: '{{define "d"}}x{{end}}{{define "d"}} {{end}}', trees: { d: 'x', t: '' } },
    { text: "{{print true nil . $ -1 1i 'a' `r`}}", trees: { t: "{{print true nil . $ -1 1i 'a' `r`}}" } },
  ])('$text', ({ text, trees }) => {
    expect(parsed(text)).toEqual(trees);
  });

  it('keeps the text and the name given with it for every one', () => {
    const text = '{{define "d"}}x{{end}}';
    const tree = parseTrees('t', text, options).get('d');
    expect(tree && { name: tree.name, parseName: tree.parseName, text: tree.text }).toEqual({
      name: 'd',
      parseName: 't',
      text,
    });
  });
});

describe('mistakes', () => {
  it.each([
    ['{{', 't:1: unclosed action'],
    ['a\n{{\n\n', 't:4: unclosed action started at t:2'],
    ['{{\n(1\n', 't:3: unclosed action started at t:1'],
    ['{{\n"a', 't:2: unterminated quoted string in action started at t:1'],
    ['{{}}', 't:1: missing value for command'],
    ['{{if}}{{end}}', 't:1: missing value for if'],
    ['{{()}}', 't:1: missing value for parenthesized pipeline'],
    ['{{g}}', 't:1: function "g" not defined'],
    ['\n{{.x\n| g}}', 't:3: function "g" not defined'],
    ['{{$x}}', 't:1: undefined variable "$x"'],
    ['{{if 1}}{{$x := 1}}{{end}}{{$x}}', 't:1: undefined variable "$x"'],
    ['{{$x := 1}}{{define "d"}}{{$x}}{{end}}', 't:1: undefined variable "$x"'],
    ['{{end}}', 't:1: unexpected {{end}}'],
    ['{{else}}', 't:1: unexpected {{else}}'],
    ['{{if 1}}', 't:1: unexpected EOF'],
    ['{{if 1}}{{else}}{{else}}{{end}}', 't:1: expected end; found {{else}}'],
    ['{{range .}}{{else range .}}{{end}}', 't:1: unexpected <range> in else'],
    ['{{if 1}}{{else with 1}}{{end}}', 't:1: unexpected <with> in input'],
    ['{{break}}', 't:1: {{break}} outside {{range}}'],
    ['{{range .}}{{block "b" .}}{{continue}}{{end}}{{end}}', 't:1: {{continue}} outside {{range}}'],
    ['{{range .}}{{break 1}}{{end}}', 't:1: unexpected "1" in {{break}}'],
    ['{{end 1}}', 't:1: unexpected "1" in end'],
    ['{{if 1}}{{define "d"}}{{end}}{{end}}', 't:1: unexpected <define> in command'],
    ['{{define d}}{{end}}', 't:1: unexpected "d" in define clause'],
    ['{{define "d" .}}{{end}}', 't:1: unexpected <.> in define clause'],
    ['{{define "d"}}{{else}}{{end}}', 't:1: unexpected {{else}} in define clause'],
    [String.raw`{{define "\q"}}{{end}}`, 't:1: invalid syntax'],
    ['{{define "d"}}1{{end}}{{define "d"}}2{{end}}', 't:1: template: multiple definition of template "d"'],
    ['{{template}}', 't:1: unexpected "}}" in template clause'],
    ['{{block "b"}}{{end}}', 't:1: missing value for block clause'],
    ['{{block "b" .}}{{else}}{{end}}', 't:1: unexpected {{else}} in block clause'],
    ['{{.x | 1}}', 't:1: non executable command in pipeline stage 2'],
    ['{{.x | f | nil}}', 't:1: non executable command in pipeline stage 3'],
    ['{{.x || f}}', 't:1: unexpected "|" in command'],
    ['{{1.x}}', 't:1: bad number syntax: "1.x"'],
    ['{{"s".x}}', String.raw`t:1: unexpected . after term "\"s\""`],
    ['{{nil.x}}', 't:1: unexpected . after term "nil"'],
    ['{{..x}}', 't:1: unexpected . after term "."'],
    ['{{.x.}}', 't:1: unexpected <.> in operand'],
    ['{{.x := 1}}', 't:1: unexpected ":=" in operand'],
    ['{{print 1, 2}}', 't:1: unexpected "," in operand'],
    ['{{$a, $b := 1}}', 't:1: too many declarations in command'],
    ['{{range $a, $b, $c := .}}{{end}}', 't:1: too many declarations in range'],
    ['{{range $a, 1 := .}}{{end}}', 't:1: range can only initialize variables'],
    ['{{08}}', 't:1: integer overflow: "08"'],
  ])('%s', (text, message) => {
    let thrown: unknown;
    try {
      parsed(text);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(TemplateError);
    const { code, message: shown, templateName, line } = thrown as TemplateError;
    expect({ code, shown, templateName, line }).toEqual({
      code: 'PARSE',
      shown: `template: ${message}`,
      templateName: 't',
      line: Number(message.split(':')[1]),
    });
  });
});
