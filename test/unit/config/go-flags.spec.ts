import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalizeGoFlags } from '../../../src/config/go-flags.ts';

const flags = new Map([
  ['ip', { isSwitch: false }],
  ['retry-attempts', { isSwitch: false }],
  ['useIpFromLabel', { isSwitch: false }],
  ['internal', { isSwitch: true }],
]);

describe('normalizeGoFlags', () => {
  it.each([
    { args: [], out: [] },
    { args: ['-ip', '10.0.0.5'], out: ['--ip=10.0.0.5'] },
    { args: ['--ip', '10.0.0.5'], out: ['--ip=10.0.0.5'] },
    { args: ['-ip=10.0.0.5'], out: ['--ip=10.0.0.5'] },
    { args: ['--ip=10.0.0.5'], out: ['--ip=10.0.0.5'] },
    { args: ['-useIpFromLabel', 'lan'], out: ['--useIpFromLabel=lan'] },
    { args: ['-retry-attempts', '-1'], out: ['--retry-attempts=-1'] },
    { args: ['-ip='], out: ['--ip='] },
    { args: ['-ip', ''], out: ['--ip='] },
    { args: ['-ip=a=b'], out: ['--ip=a=b'] },
    { args: ['-ip=a\nb'], out: ['--ip=a\nb'] },
    { args: ['-internal'], out: ['--internal=true'] },
    { args: ['--internal'], out: ['--internal=true'] },
    { args: ['-internal=false'], out: ['--internal=false'] },
    { args: ['-internal='], out: ['--internal='] },
  ])('rewrites $args', ({ args, out }) => {
    expect(normalizeGoFlags(args, flags)).toEqual(out);
  });

  it.each([
    { rule: 'a value may look like a flag', args: ['-ip', '-internal'], out: ['--ip=-internal'] },
    { rule: 'a switch takes no next argument', args: ['-internal', 'false'], out: ['--internal=true', 'false'] },
    { rule: 'a flag may stand twice', args: ['-ip', 'a', '--ip', 'b'], out: ['--ip=a', '--ip=b'] },
    { rule: 'flags may follow other arguments', args: ['memory://', '-ip', 'a'], out: ['memory://', '--ip=a'] },
    { rule: 'a last flag has no value', args: ['memory://', '-ip'], out: ['memory://', '--ip'] },
    { rule: 'a flag before -- has no value', args: ['-ip', '--', 'a'], out: ['--ip', '--', 'a'] },
  ])('$rule', ({ args, out }) => {
    expect(normalizeGoFlags(args, flags)).toEqual(out);
  });

  it.each([
    { args: ['-bogus', '-bogus=1', '--bogus'], why: 'unknown flags' },
    { args: ['-IP', '-Internal'], why: 'flags in another case' },
    { args: ['---ip', '-', '-=a', '-5', '- ip'], why: 'what is no flag in Go' },
    { args: ['ip', 'internal', ''], why: 'arguments without a dash' },
    { args: ['-constructor', '--__proto__'], why: 'names that objects have' },
    { args: ['--', '-ip', 'a', '-internal', '--'], why: 'what follows --' },
  ])('leaves $args alone: $why', ({ args }) => {
    expect(normalizeGoFlags(args, flags)).toEqual(args);
  });

  const anyArg = fc.oneof(
    fc.constantFrom('-ip', '--ip', '-internal', '-ip=a', '--bogus', '--', 'memory://'),
    fc.string(),
  );

  it('leaves everything after -- alone, whatever it is', () =>
    fc.assert(
      fc.property(fc.array(anyArg), fc.array(anyArg), (before, after) => {
        const args = [...before.filter((arg) => arg !== '--'), '--', ...after];
        expect(normalizeGoFlags(args, flags).slice(-after.length - 1)).toEqual(['--', ...after]);
      }),
    ));

  it('changes nothing more when done twice', () =>
    fc.assert(
      fc.property(fc.array(anyArg), (args) => {
        // A flag without its value would find one in its new place.
        const once = normalizeGoFlags([...args.filter((arg) => arg !== '--'), 'end'], flags);
        expect(normalizeGoFlags(once, flags)).toEqual(once);
      }),
    ));
});
