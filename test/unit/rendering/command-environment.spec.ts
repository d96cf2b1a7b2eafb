import { expect, it } from 'vitest';
import { commandEnvironment } from '../../../src/rendering/command-environment.ts';

const ours = { PATH: '/bin', CONSUL_A: '1', CONSUL_B: '2', EMPTY: '', UNSET: undefined };
const all = { PATH: '/bin', CONSUL_A: '1', CONSUL_B: '2', EMPTY: '' };

it.each([
  { rule: 'all of ours by default', over: {}, environment: all },
  { rule: 'none of ours', over: { pristine: true }, environment: {} },
  {
    rule: 'what is allowed',
    over: { allowlist: ['PATH', 'CONSUL_*'] },
    environment: { PATH: '/bin', CONSUL_A: '1', CONSUL_B: '2' },
  },
  { rule: 'not what is denied', over: { allowlist: ['CONSUL_*'], denylist: ['*_B'] }, environment: { CONSUL_A: '1' } },
  { rule: 'a glob with several stars', over: { allowlist: ['C*S*_A'] }, environment: { CONSUL_A: '1' } },
  { rule: 'a glob longer than the name', over: { allowlist: ['PATH*H'] }, environment: {} },
  { rule: 'no letter for two parts of a glob', over: { allowlist: ['P*TH*H'] }, environment: {} },
  { rule: 'parts of a glob in their order', over: { allowlist: ['C*U*S*'] }, environment: {} },
  { rule: 'a star for everything', over: { denylist: ['*'] }, environment: {} },
  {
    rule: 'what is added, whatever is denied',
    over: { pristine: true, custom: ['A=b=c', 'D', 'A=z'] },
    environment: { A: 'z', D: '' },
  },
])('gives $rule', ({ over, environment }) => {
  const rule = { pristine: false, custom: [], allowlist: [], denylist: [], ...over };
  expect(commandEnvironment(rule, ours)).toStrictEqual(environment);
});

it('adds what is given to every command, before what the rule adds', () => {
  const rule = { pristine: true, custom: ['B=custom'], allowlist: [], denylist: ['A'] };
  expect(commandEnvironment(rule, ours, { A: 'added', B: 'added' })).toStrictEqual({ A: 'added', B: 'custom' });
});
