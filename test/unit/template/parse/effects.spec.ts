import { expect, it } from 'vitest';
import { effectsOf } from '../../../../src/template/parse/effects.ts';
import { parseTrees } from '../../../../src/template/parse/parse.ts';

it.each([
  ['{{1}}', [], []],
  ['{{$a := 1}}{{$a = 2}}{{$b := 1}}', ['$a'], []],
  ['{{$a := 1}}{{$b := 1}}{{if $a = 2}}{{else if 1}}{{$b = 1}}{{end}}', ['$a', '$b'], []],
  ['{{$a := 1}}{{range $a = 1}}{{end}}{{template "t" ($a = 1)}}', ['$a'], []],
  ['{{$a := 1}}{{($a = 1).X}}', ['$a'], []],
  ['{{range 1}}{{if 1}}{{break}}{{else}}{{continue}}{{end}}{{end}}', [], []],
  ['{{range 1}}{{range 1}}{{else}}{{break}}{{end}}{{end}}', [], []],
])('%s', (text, assigned, jumps) => {
  const [tree] = [...parseTrees('t', text, { delimiters: undefined, isFunction: () => false }).values()];
  const effects = effectsOf(tree?.root.nodes ?? []);
  expect([[...effects.assigned].toSorted(), [...effects.jumps]]).toEqual([assigned, jumps]);
});

it('tells the jumps that leave a statement', () => {
  const text =
    '{{range 1}}{{if 1}}{{break}}{{else}}{{continue}}{{end}}{{range 1}}{{break}}{{else}}{{continue}}{{end}}{{end}}';
  const [tree] = [...parseTrees('t', text, { delimiters: undefined, isFunction: () => false }).values()];
  const [range] = tree?.root.nodes ?? [];
  const body = range !== undefined && 'list' in range ? range.list.nodes : [];
  expect(body.map((node) => [...effectsOf([node]).jumps])).toEqual([['break', 'continue'], ['continue']]);
});
