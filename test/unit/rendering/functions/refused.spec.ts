import { expect, it } from 'vitest';
import { isRefused } from '../../../../src/rendering/functions/refused.ts';
import { rendering } from '../../../support/evaluations.ts';

it('fails only when it is called, and says what Portolan does not have', () => {
  expect(rendering('{{if false}}{{secret "x"}}{{end}}ok').result).toBe('ok');
  expect(rendering('{{secret "x"}}').result).toBe(
    '<secret "x">: error calling secret: not supported: Portolan does not read from Vault',
  );
});

it.each([
  ['plugin', true],
  ['service', false],
  ['toString', false],
])('%s is refused: %s', (name, expected) => {
  expect(isRefused(name)).toBe(expected);
});
