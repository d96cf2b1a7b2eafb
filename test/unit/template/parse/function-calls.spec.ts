import { describe, expect, it } from 'vitest';
import { goFunction, parse } from '../../../../src/template/index.ts';
import { functionCalls } from '../../../../src/template/parse/function-calls.ts';
import { parseTrees } from '../../../../src/template/parse/parse.ts';

const any = goFunction('func(...any) any', () => null);
const functions = { service: any, key: any, join: any };

/** `name: constant` of each call. */
function calls(text: string): readonly string[] {
  return parse('', text, { functions }).calls.map(({ name, constant }) => `${name}: ${constant ?? 'depends'}`);
}

describe('the calls of a template', () => {
  it.each<[text: string, calls: readonly string[]]>([
    ['{{service "web"}}', ['service: service "web"']],
    ['{{service "web" "any" 1 true nil}}', ['service: service "web" "any" 1 true nil']],
    ['{{service .Name}}', ['service: depends']],
    ['{{"web" | service}}', ['service: "web" | service']],
    ['{{"a" | printf "%s/b" | key}}', ['printf: "a" | printf "%s/b"', 'key: "a" | printf "%s/b" | key']],
    ['{{key (print "a/" 1)}}', ['key: key (print "a/" 1)', 'print: print "a/" 1']],
    ['{{key (join "a" "b")}}', ['key: depends', 'join: join "a" "b"']],
    ['{{key "a" | join}}', ['key: key "a"', 'join: depends']],
    ['{{join service}}', ['join: depends', 'service: service']],
    ['{{(service "web").Name}}', ['service: service "web"']],
    ['{{if key "a"}}{{else}}{{key "b"}}{{end}}', ['key: key "a"', 'key: key "b"']],
    ['{{range $i, $s := service "web"}}{{key $s.A}}{{end}}', ['service: service "web"', 'key: depends']],
    ['{{define "x"}}{{key "a"}}{{end}}{{template "x" (key "b")}}', ['key: key "a"', 'key: key "b"']],
    ['text', []],
  ])('%s has %j', (text, expected) => {
    expect(calls(text)).toEqual(expected);
  });

  it.each([
    { text: 'a{{.b}}{{"c"}}', used: [] },
    { text: '{{f .x | g}}{{f}}', used: ['f', 'g', 'f'] },
    { text: '{{(f .x).y}}{{g.y}}{{h (i (j))}}', used: ['f', 'g', 'h', 'i', 'j'] },
    { text: '{{if f}}{{g}}{{else}}{{h}}{{end}}', used: ['f', 'g', 'h'] },
    { text: '{{range $i, $e := f}}{{with g}}{{h}}{{end}}{{else}}{{i}}{{end}}', used: ['f', 'g', 'h', 'i'] },
    { text: '{{define "d"}}{{f}}{{end}}{{template "d" (g)}}{{block "b" (h)}}{{i}}{{end}}', used: ['f', 'g', 'i', 'h'] },
    { text: '{{range .}}{{break}}{{end}}', used: [] },
  ])('$text are $used', ({ text, used }) => {
    const trees = parseTrees('t', text, { isFunction: (name) => name.length === 1 });
    const inTree = [...trees.values()].flatMap(({ root }) => functionCalls(root));
    expect(inTree.map(({ name }) => name).toSorted()).toEqual(used.toSorted());
  });

  it('know where their names stand', () => {
    const text = 'é\n{{ key "a" }}\n{{define "x"}}{{ service "b" }}{{end}}';
    expect(parse('', text, { functions }).calls.map(({ position }) => text.slice(position, position + 3))).toEqual([
      'key',
      'ser',
    ]);
  });
});
