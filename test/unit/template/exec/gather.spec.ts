import { describe, expect, it } from 'vitest';
import { contextFunction, goFunction, goMethod, parse, Suspend, structType } from '../../../../src/template/index.ts';

const known = new Map<string, unknown>([
  ['names', ['a', 'b', 'c']],
  ['yes', true],
  ['no', false],
  ['zero', 0],
]);
const memory = structType<Map<string, string>>(
  'Memory',
  {},
  {
    Set: goMethod('func(string) string', (texts: Map<string, string>, text: string) => {
      texts.set(text, text);
      return '';
    }),
  },
);
const functions = {
  get: goFunction('func(...string) (any, error)', (...names: readonly string[]) => {
    const name = names.join('');
    if (!known.has(name)) throw new Suspend(name);
    return known.get(name);
  }),
  fail: goFunction('func() (string, error)', () => {
    throw new Error('failed');
  }),
  memory: contextFunction('func() Memory', (context: unknown) => context, { Memory: memory }),
  both: goFunction('func(any, any) string', (a: unknown, b: unknown) => `${String(a)}${String(b)}`),
};

/** What the evaluation waits for; else its outcome. */
function waitsFor(text: string, options: { readonly gathers?: boolean; readonly context?: unknown } = {}): unknown {
  try {
    return parse('t', text, { functions }).execute(undefined, { gathers: true, ...options });
  } catch (error) {
    if (error instanceof Suspend) return error.all;
    return error instanceof Error ? error.message : error;
  }
}

describe('an evaluation that gathers', () => {
  it.each<[rule: string, text: string, all: readonly string[]]>([
    ['goes on behind an action', '{{get "x"}}{{get "y"}}', ['x', 'y']],
    ['names everything once, in the order of its first need', '{{get "y"}}{{get "x"}}{{get "y"}}', ['y', 'x']],
    ['goes on in a range', '{{range get "names"}}{{get "of " .}}{{end}}', ['of a', 'of b', 'of c']],
    ['goes on to the next argument', '{{both (get "x") (get "y")}}', ['x', 'y']],
    ['goes on behind a range over what is missing', '{{range get "x"}}{{get "y"}}{{end}}{{get "z"}}', ['x', 'z']],
    ['does not enter a branch before it knows which', '{{if get "x"}}{{get "y"}}{{else}}{{get "z"}}{{end}}', ['x']],
    ['enters a branch that it knows', '{{if get "no"}}{{get "x"}}{{else}}{{get "y"}}{{end}}{{get "z"}}', ['y', 'z']],
    [
      'skips the other branch of a branch',
      '{{if get "no"}}{{else if get "x"}}{{get "y"}}{{end}}{{get "z"}}',
      ['x', 'z'],
    ],
    [
      'does not go into a template without its argument',
      '{{define "u"}}{{get "y"}}{{end}}{{template "u" get "x"}}',
      ['x'],
    ],
    [
      'goes into templates, and on behind them',
      '{{define "u"}}{{get "x"}}{{get .}}{{end}}{{template "u" "y"}}{{get "z"}}',
      ['x', 'y', 'z'],
    ],
    ['does not read a variable that depends on it', '{{$v := get "x"}}{{both $v 1}}{{get "y"}}', ['x', 'y']],
    ['reads the other arguments beside such a variable', '{{$v := get "x"}}{{both $v (get "y")}}', ['x', 'y']],
    ['knows a variable again that is set anew', '{{$v := get "x"}}{{$v = "y"}}{{get $v}}', ['x', 'y']],
    [
      'takes a variable for unknown that a skipped block may have set',
      '{{$v := "y"}}{{if get "x"}}{{$v = "z"}}{{end}}{{get $v}}',
      ['x'],
    ],
    [
      'restores what a block hides',
      '{{$v := "y"}}{{with $v := get "x"}}{{end}}{{get $v}}{{with get "yes"}}{{end}}',
      ['x', 'y'],
    ],
    [
      'gathers through a sum over a range',
      '{{$v := 0}}{{range get "names"}}{{$v = both $v (get "of " .)}}{{end}}{{$v}}',
      ['of a', 'of b', 'of c'],
    ],
    [
      'goes on with the next iteration where it may have gone on',
      '{{range get "names"}}{{if get "of " .}}{{continue}}{{end}}{{get "behind"}}{{end}}{{get "z"}}',
      ['of a', 'of b', 'of c', 'z'],
    ],
    [
      'leaves a range that it may have left',
      '{{$v := "y"}}{{range get "names"}}{{if get "of " .}}{{break}}{{end}}{{$v = "w"}}{{end}}{{get $v}}{{get "z"}}',
      ['of a', 'z'],
    ],
    [
      'goes on in the range around one that it may have left',
      '{{range get "names"}}{{range get "names"}}{{if get "of " .}}{{break}}{{end}}{{end}}{{get "o " .}}{{end}}',
      ['of a', 'o a', 'o b', 'o c'],
    ],
    [
      'does not leave a range for the end of another',
      '{{range get "names"}}{{if get "of " .}}{{range get "names"}}{{break}}{{end}}{{end}}{{end}}',
      ['of a', 'of b', 'of c'],
    ],
    ['throws no error that the missing may have caused', '{{get "x"}}{{fail}}{{get "y"}}', ['x']],
  ])('%s', (_, text, all) => {
    expect(waitsFor(text)).toEqual(all);
  });

  it('gives the text when nothing is missing', () => {
    expect(waitsFor('{{range get "names"}}{{.}}{{end}}')).toBe('abc');
  });

  it('fails when nothing is missing before the error', () => {
    expect(waitsFor('{{fail}}{{get "x"}}')).toBe(
      'template: t:1:2: executing "t" at <fail>: error calling fail: failed',
    );
  });

  it('names all in one text for people', () => {
    expect(new Suspend('x', 'y').waitingFor).toBe('x, y');
  });

  it('does what is known, and its effects', () => {
    const context = new Map();
    waitsFor('{{memory.Set "a"}}{{if get "x"}}{{memory.Set "b"}}{{end}}{{memory.Set "c"}}', { context });
    expect([...context.keys()]).toEqual(['a', 'c']);
  });
});

it('an evaluation that does not gather ends at the first that is missing', () => {
  expect(waitsFor('{{both (get "x") (get "y")}}{{get "z"}}', { gathers: false })).toEqual(['x']);
});
