import { expect, it } from 'vitest';
import { createSession, type Session } from '../../../src/rendering/session.ts';
import { parse, Suspend } from '../../../src/template/index.ts';
import { viewOf } from '../../support/evaluations.ts';

const warnings: string[] = [];

function session(): Session {
  const facts = { environment: {}, sandboxPath: undefined, execution: {}, nowMs: 5 } as const;
  return createSession({ template: parse('', ''), view: viewOf({}), warn: (text) => warnings.push(text), ...facts });
}

it('is pending from the first that is missing on, and then its scratch cannot be read', () => {
  const { evaluation } = session();
  const { scratch } = evaluation;
  scratch.set('a', 1);
  expect([evaluation.isPending(), scratch.get('a'), scratch.has('b')]).toEqual([false, 1, false]);
  expect(() => evaluation.read({ kind: 'key', path: 'x' })).toThrow(Suspend);
  expect(evaluation.isPending()).toBe(true);
  scratch.set('a', 2);
  expect(() => scratch.get('a')).toThrow(new Suspend('kv.block(x)'));
  expect(() => scratch.has('a')).toThrow(new Suspend('kv.block(x)'));
});

it('waits for what is known but must not be rendered', () => {
  const { evaluation, queries } = session();
  expect(() => evaluation.waitFor({ kind: 'key', path: 'x' })).toThrow(new Suspend('kv.block(x)'));
  expect([evaluation.isPending(), [...queries]]).toEqual([true, []]);
});

it('warns once of each thing', () => {
  const { evaluation } = session();
  for (const text of ['a', 'b', 'a']) evaluation.warn(text);
  expect(warnings).toEqual(['a', 'b']);
});
