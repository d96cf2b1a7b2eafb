import { describe, expect, it } from 'vitest';
import {
  GoStruct,
  goMethod,
  goType,
  namedType,
  pointerTo,
  structType,
  withPointerMethods,
} from '../../../../src/template/index.ts';
import { data } from '../values.ts';
import { failure, outcome } from './outcome.ts';

describe('what an action prints', () => {
  it.each([
    ['{{.}}', data({ b: [1, null], a: 1.5 }), 'map[a:1.5 b:[1 <nil>]]'],
    ['{{.}}', undefined, '<no value>'],
    ['{{.}}', null, '<no value>'],
    ['{{.}}', 1e6, '1000000'],
    ['{{.}}', 1_000_000.5, '1.0000005e+06'],
    ['{{service}}', undefined, '{web 80 [a b] }'],
    ['{{plain}}', undefined, '{db 0 [] }'],
    ['{{errors.a}}|{{errors.b}}', undefined, 'bad|<nil>'],
    ['{{duration 5}}', undefined, '5ns'],
    ['{{bytes "a"}}', undefined, '[97]'],
  ])('%s of %o', (template, dot, text) => {
    expect(outcome(template, dot ?? null)).toBe(text);
  });

  it.each([
    ['{{.Every}} {{.Every.String}} {{$x := .Every}}{{$x}}', 'every 5 every 5 every 5'],
    ['{{or .Every 1}} {{and 1 .Every}}', 'every 5 every 5'],
    ['{{ident .Every}} {{.Every | print}} {{.}} {{printf "%v" .Every}}', '5 5 {5} 5'],
  ])('is what the pointer to a value says of it, where the value was not given by a function: %s', (template, text) => {
    const Interval = withPointerMethods(namedType('main.Interval', goType('int64')), {
      String: goMethod('func() string', (value: bigint) => `every ${value}`),
    });
    const Watch = structType('main.Watch', { Every: { type: Interval } });
    expect(outcome(template, new GoStruct(pointerTo(Watch), { Every: 5n }))).toBe(text);
  });

  it('is never a function or a channel', () => {
    const message = (context: string, type: string) => failure(2, context, `can't print ${context} of type ${type}`);
    expect(outcome('{{adder}}')).toBe(message('{{adder}}', 'func(int, int) int'));
    expect(outcome('{{count 1}}')).toBe(message('{{count 1}}', '<-chan int64'));
  });
});

describe('html, js, urlquery', () => {
  it.each([
    ['{{"<b>" | html}} {{html 1 "a" 2}} {{html .n}} {{html .l}}', '&lt;b&gt; 1a2 &lt;no value&gt; [a b c]'],
    ['{{js "a\'b"}} {{js 1 2}} {{js service}}', String.raw`a\'b 1 2 {web 80 [a b] }`],
    ['{{urlquery "a b" 1}} {{urlquery .nope}}', 'a+b1 %3Cno+value%3E'],
  ])('%s', (template, text) => {
    expect(outcome(template)).toBe(text);
  });
});
