import { describe, expect, it } from 'vitest';
import { contextFunction, goFunction, parse, Suspend, TemplateError } from '../../../../src/template/index.ts';
import { failure, outcome } from './outcome.ts';

describe('a function that throws', () => {
  it('ends the evaluation with its message', () => {
    expect(outcome('ab{{fail "no"}}')).toBe(failure(4, 'fail "no"', 'error calling fail: no'));
    expect(outcome('{{"no" | fail}}')).toBe(failure(9, 'fail', 'error calling fail: no'));
    expect(outcome('{{print (fail "no")}}')).toBe(failure(9, 'fail "no"', 'error calling fail: no'));
  });

  it.each([
    { thrown: new Error('no'), message: 'no' },
    { thrown: 'text', message: 'text' },
    { thrown: undefined, message: 'undefined' },
  ])('is the cause: $thrown', ({ thrown, message }) => {
    const functions = {
      boom: goFunction('func() string', () => {
        throw thrown;
      }),
    };
    let error: unknown;
    try {
      parse('t', '{{boom}}', { functions }).execute();
    } catch (caught) {
      error = caught;
    }
    expect(error instanceof TemplateError && [error.reason, error.cause]).toEqual([
      `error calling boom: ${message}`,
      thrown,
    ]);
  });
});

describe('a function that suspends', () => {
  class Waiting extends Suspend {
    readonly service = 'web';
  }

  it.each(['{{get}}', '{{print (get)}}', '{{range get}}{{end}}', '{{define "a"}}{{get}}{{end}}{{template "a"}}'])(
    'passes through %s as it is',
    (text) => {
      const waiting = new Waiting('health.service(web)');
      const functions = {
        get: goFunction('func() []string', () => {
          throw waiting;
        }),
      };
      let caught: unknown;
      try {
        parse('t', text, { functions }).execute();
      } catch (thrown) {
        caught = thrown;
      }
      expect(caught).toBe(waiting);
      expect(waiting.waitingFor).toBe('health.service(web)');
    },
  );

  it('leaves the template as it was', () => {
    let known: string | undefined;
    const functions = {
      get: goFunction('func() string', () => {
        if (known === undefined) throw new Waiting('key');
        return known;
      }),
    };
    const template = parse('t', 'a{{$x := 1}}{{range 2}}{{get}}{{end}}', { functions });
    expect(() => template.execute()).toThrow();
    known = 'x';
    expect(template.execute()).toBe('axx');
  });
});

describe('the context', () => {
  it('is that of the evaluation, also of one inside another', () => {
    const functions = {
      name: contextFunction('func() string', ({ name }: { name: string }) => name),
      inner: goFunction('func(string) string', (name: string): string =>
        template.execute(undefined, { context: { name } }),
      ),
    };
    const template = parse('t', '{{name}}', { functions });
    const outer = parse('o', '{{name}}{{inner "b"}}{{name}}', { functions });
    expect(outer.execute(undefined, { context: { name: 'a' } })).toBe('aba');
  });
});
