import { describe, expect, it } from 'vitest';
import { PortolanError } from '../../../src/lib/errors.ts';
import type { ServiceQuery } from '../../../src/rendering/queries.ts';
import { createRenderer } from '../../../src/rendering/renderer.ts';
import { TemplateError } from '../../../src/template/index.ts';
import { known, type RenderGiven, rendering, viewOf } from '../../support/evaluations.ts';
import { createFakeClock } from '../../support/fake-clock.ts';
import { anInstance } from '../../support/instances.ts';

const names = ['web', 'api'].map((name) => ({ name, tags: [] }));
const services = { 'catalog.services': known<{ kind: 'services' }>(names) };

function surroundings() {
  return { environment: {}, clock: createFakeClock(), warn: () => undefined };
}

describe('a renderer', () => {
  it.each<[rule: string, text: string, given: RenderGiven, result: string]>([
    ['renders', 'a{{env "X"}}\n', { environment: { X: 'b' } }, 'ab\n'],
    ['takes other delimiters', '[[1]]{{2}}', { delimiters: { left: '[[', right: ']]' } }, '1{{2}}'],
    ['has no data', '{{.Foo}}', {}, '<no value>'],
    ['caps the output', 'aaaa', { maxOutputBytes: 3 }, '<aaaa>: output exceeds 3 bytes'],
    [
      'caps the output of a template within',
      '{{define "a"}}aaaa{{end}}{{if executeTemplate "a"}}{{end}}',
      { maxOutputBytes: 3 },
      '<executeTemplate "a">: error calling executeTemplate: template: :1:14: executing "a" at <aaaa>: output exceeds 3 bytes',
    ],
    ['disables functions', '{{env "X"}}', { denied: ['env'] }, '<env "X">: error calling env: function is disabled'],
    [
      'disables by patterns',
      '{{envOrDefault "X" "d"}}',
      { denied: ['env*t', 'x.*'] },
      '<envOrDefault "X" "d">: error calling envOrDefault: function is disabled',
    ],
    [
      'does not mind disabled functions that are not called',
      '{{if false}}{{env "X"}}{{end}}ok',
      { denied: ['*'] },
      'ok',
    ],
    ['knows a disabled function that does not exist', '{{if false}}{{nope}}{{end}}ok', { denied: ['nope'] }, 'ok'],
  ])('%s', (_, text, given, result) => {
    expect(rendering(text, given).result).toBe(result);
  });

  it.each([
    ['zero', '[]'],
    ['error', '<.ServiceMeta.x>: map has no entry for key "x"'],
  ] as const)('says what becomes of a missing key: %s', (missingKey, result) => {
    const readings = { 'health.service(web|passing)': known<ServiceQuery>([anInstance()]) };
    expect(rendering('{{range service "web"}}[{{.ServiceMeta.x}}]{{end}}', { readings, missingKey }).result).toBe(
      result,
    );
  });

  it('refuses what is no template, and gives it no name', () => {
    expect(() => createRenderer('{{nope}}')).toThrow(
      expect.objectContaining({ code: 'PARSE', message: 'template: :1: function "nope" not defined' }),
    );
  });

  it('waits for all that it can know to be missing', () => {
    const text = '{{range services}}{{range service .Name}}{{.ID}}{{end}}{{end}}{{key "a"}}';
    const outcome = createRenderer(text).evaluate(viewOf(services), surroundings());
    expect(outcome).toEqual({
      kind: 'waiting',
      waitingFor: ['health.service(web|passing)', 'health.service(api|passing)', 'kv.block(a)'],
      queries: [
        { kind: 'services' },
        { kind: 'service', name: 'web', filters: ['passing'] },
        { kind: 'service', name: 'api', filters: ['passing'] },
        { kind: 'key', path: 'a' },
      ],
    });
  });

  it('waits for all that templates within it need', () => {
    const text = '{{define "a"}}{{key "a"}}{{key "b"}}{{end}}{{executeTemplate "a"}}{{key "c"}}';
    expect(rendering(text).result).toBe('waiting: kv.block(a) + kv.block(b) + kv.block(c)');
  });

  it('says why it waits, where that is known', () => {
    const readings = { 'kv.block(a)': { kind: 'pending', failure: 'no leader' } } as const;
    expect(rendering('{{key "a"}}{{key "b"}}', { readings }).result).toBe(
      'waiting: kv.block(a): no leader + kv.block(b)',
    );
  });

  it('tells each query that it read once, and no longer what it does not read', () => {
    const readings = { 'kv.block(a)': known<{ kind: 'key'; path: string }>('1') };
    const renderer = createRenderer('{{key "a"}}{{key "a"}}');
    expect(renderer.evaluate(viewOf(readings), surroundings())).toEqual({
      kind: 'rendered',
      output: '11',
      queries: [{ kind: 'key', path: 'a' }],
    });
  });

  it.each([
    ['of its own', new PortolanError('FILE_UNREADABLE', 'file(/x): gone'), 'file(/x): gone', PortolanError],
    [
      'of the function',
      new Error("'/x' is outside of sandbox"),
      `template: :1:2: executing "" at <file "/x">: error calling file: '/x' is outside of sandbox`,
      TemplateError,
    ],
  ])('fails with an error %s for what cannot be had', (_, error, message, type) => {
    const readings = { 'file(/x)': { kind: 'failed', error } } as const;
    const outcome = createRenderer('{{file "/x"}}').evaluate(viewOf(readings), surroundings());
    expect(outcome).toMatchObject({ kind: 'failed', error: { message }, queries: [{ kind: 'file', path: '/x' }] });
    expect(outcome.kind === 'failed' && outcome.error).toBeInstanceOf(type);
  });

  it.each([
    ['', '{{1}}'.repeat(1_100)],
    [' of a template within', `{{define "a"}}${'{{1}}'.repeat(1_100)}{{end}}{{executeTemplate "a"}}`],
  ])('caps the time%s', (_, text) => {
    const clock = createFakeClock();
    // Those of the beginning and of the first question of each template.
    const times = text.startsWith('{{define') ? [0, 0, 0] : [0, 0];
    const slow = { wallMs: clock.wallMs, monotonicMs: () => times.shift() ?? 20 };
    const outcome = createRenderer(text, { maxMs: 10 }).evaluate(viewOf({}), { ...surroundings(), clock: slow });
    expect(outcome.kind === 'failed' && outcome.error.message).toContain('evaluation takes longer than 10 ms');
  });
});
