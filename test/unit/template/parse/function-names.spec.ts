import { describe, expect, it } from 'vitest';
import { functionNames } from '../../../../src/template/parse/function-names.ts';
import { parseTrees } from '../../../../src/template/parse/parse.ts';

const names = (text: string): readonly string[] =>
  [...parseTrees('t', text, { isFunction: (name) => name.length === 1 }).values()]
    .flatMap(({ root }) => [...functionNames(root)])
    .toSorted();

describe('functionNames', () => {
  it.each([
    { text: 'a{{.b}}{{"c"}}', used: [] },
    { text: '{{f .x | g}}{{f}}', used: ['f', 'g'] },
    { text: '{{(f .x).y}}{{g.y}}{{h (i (j))}}', used: ['f', 'g', 'h', 'i', 'j'] },
    { text: '{{if f}}{{g}}{{else}}{{h}}{{end}}', used: ['f', 'g', 'h'] },
    { text: '{{range $i, $e := f}}{{with g}}{{h}}{{end}}{{else}}{{i}}{{end}}', used: ['f', 'g', 'h', 'i'] },
    { text: '{{define "d"}}{{f}}{{end}}{{template "d" (g)}}{{block "b" (h)}}{{i}}{{end}}', used: ['f', 'g', 'h', 'i'] },
    { text: '{{range .}}{{break}}{{end}}', used: [] },
  ])('$text', ({ text, used }) => {
    expect(names(text)).toEqual(used);
  });
});
