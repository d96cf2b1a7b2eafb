import { describe, expect, it } from 'vitest';
import type { MissingKey } from '../../../../src/template/index.ts';
import { DATA, failure, outcome } from './outcome.ts';

describe('fields', () => {
  it.each([
    ['{{.s}}', 'hello'],
    ['{{.nest.x.y}}', 'deep'],
    ['{{$.nest.x.y}}', 'deep'],
    ['{{(.nest).x}}', 'map[y:deep]'],
    ['{{(index .nest.list 1).k}}', 'v2'],
    ['{{.n}}|{{.nope}}|{{.nope.more}}|{{.nest.nope.more}}', '<no value>|<no value>|<no value>|<no value>'],
    ['{{meta.a}}|{{meta.b}}', '1|<no value>'],
    ['{{mixed.a}}', '1'],
    ['{{service.Name}}:{{service.Port}}', 'web:80'],
    ['{{plain.Name}}:{{plain.Port}}{{plain.Tags}}', 'db:0[]'],
    ['{{with service}}{{.Name}}{{.Tags.Contains "a"}}{{.Tags.Contains "z"}}{{end}}', 'webtruefalse'],
    ['{{service.Tags.Join "-"}}', 'a-b'],
    ['{{"-" | service.Tags.Join}}', 'a-b'],
    ['{{(errors.a).Error}}', 'bad'],
    ['{{nobody}}', '<nil>'],
  ])('%s', (template, text) => {
    expect(outcome(template)).toBe(text);
  });

  it.each([
    ['{{.s.foo}}', failure(4, '.s.foo', "can't evaluate field foo in type interface {}")],
    ['{{.nest.x.y.z.w}}', failure(7, '.nest.x.y.z.w', "can't evaluate field z in type interface {}")],
    ['{{with .s}}{{.foo}}{{end}}', failure(13, '.foo', "can't evaluate field foo in type string")],
    ['{{$x := .l}}{{$x.y}}', failure(16, '$x.y', "can't evaluate field y in type []interface {}")],
    ['{{range .l}}{{.y}}{{end}}', failure(14, '.y', "can't evaluate field y in type interface {}")],
    ['{{range $e := .l}}{{$e.y}}{{end}}', failure(22, '$e.y', "can't evaluate field y in type interface {}")],
    ['{{range strings "a"}}{{.y}}{{end}}', failure(23, '.y', "can't evaluate field y in type string")],
    ['{{(upper .s).x}}', failure(9, '.s', "can't evaluate field x in type string")],
    ['{{service.Nope}}', failure(2, 'service', "can't evaluate field Nope in type *api.Service")],
    ['{{plain.Nope}}', failure(2, 'plain', "can't evaluate field Nope in type api.Service")],
    ['{{plain.hidden}}', failure(2, 'plain', 'hidden is an unexported field of struct type api.Service')],
    ['{{nobody.Name}}', failure(2, 'nobody', 'nil pointer evaluating *api.Service.Name')],
    ['{{nobody.Nope}}', failure(2, 'nobody', "can't evaluate field Nope in type *api.Service")],
    ['{{errors.b.x}}', failure(2, 'errors', 'nil pointer evaluating error.x')],
    ['{{ports.x}}', failure(2, 'ports', "can't evaluate field x in type map[int]string")],
    ['{{ident.x}}', failure(2, 'ident', 'wrong number of args for ident: want 1 got 0')],
    ['{{.m.a 1}}', failure(4, '.m.a', 'a is not a method but has arguments')],
    ['{{.i | .s}}', failure(7, '.s', 's is not a method but has arguments')],
    ['{{service.Name 1}}', failure(2, 'service', 'Name has arguments but cannot be invoked as function')],
    ['{{service.Tags.Contains}}', failure(2, 'service', 'wrong number of args for Contains: want 1 got 0')],
    ['{{service.Tags.Contains 1}}', failure(24, '1', 'expected string; found 1')],
    ['{{service.Tags.Join}}', failure(9, 'service.Tags.Join', 'error calling Join: one separator')],
  ])('%s', (template, message) => {
    expect(outcome(template)).toBe(message);
  });
});

describe('keys that are not there', () => {
  const noEntry = (key: string) => `map has no entry for key "${key}"`;
  const nilPointer = 'nil pointer evaluating interface {}.x';
  const noType = 'error calling len: reflect: call of reflect.Value.Type on zero Value';
  it.each([
    { template: '{{.nope}}', byDefault: '<no value>', zero: '<no value>', error: failure(2, '.nope', noEntry('nope')) },
    { template: '{{meta.b}}.', byDefault: '<no value>.', zero: '.', error: failure(2, 'meta', noEntry('b')) },
    { template: '{{print .nope}}', byDefault: '<nil>', zero: '<nil>', error: failure(8, '.nope', noEntry('nope')) },
    { template: '{{or .nope 1}}', byDefault: '1', zero: '1', error: failure(5, '.nope', noEntry('nope')) },
    { template: '{{index .m "x"}}', byDefault: '<no value>', zero: '<no value>', error: '<no value>' },
    {
      template: '{{.nope.x}}',
      byDefault: '<no value>',
      zero: failure(7, '.nope.x', nilPointer),
      error: failure(7, '.nope.x', noEntry('nope')),
    },
    {
      template: '{{.n.x}}',
      byDefault: failure(4, '.n.x', nilPointer),
      zero: failure(4, '.n.x', nilPointer),
      error: failure(4, '.n.x', nilPointer),
    },
    {
      template: '{{$.nope | len}}',
      byDefault: failure(11, 'len', noType),
      zero: failure(11, 'len', noType),
      error: failure(3, '$.nope', noEntry('nope')),
    },
    {
      template: '{{len .nope}}',
      byDefault: failure(2, 'len .nope', noType),
      zero: failure(2, 'len .nope', 'error calling len: len of nil pointer'),
      error: failure(6, '.nope', noEntry('nope')),
    },
  ])('$template', ({ template, byDefault, zero, error }) => {
    const by = (missingKey: MissingKey) => outcome(template, DATA, { missingKey });
    expect([outcome(template), by('default'), by('zero'), by('error')]).toEqual([byDefault, byDefault, zero, error]);
  });

  it('of no data at all are errors only if asked for', () => {
    const by = (missingKey: MissingKey) => outcome('{{.x}}', null, { missingKey });
    const message = failure(2, '.x', 'nil data; no entry for key "x"');
    expect([by('default'), by('zero'), by('error')]).toEqual(['<no value>', '<no value>', message]);
  });
});
