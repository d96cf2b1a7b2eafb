import { describe, expect, it } from 'vitest';
import type { RawField } from '../../../src/registration/check-fields.ts';
import { cmdProgram, dockerProgram, scriptProblem, scriptProgram } from '../../../src/registration/script-checks.ts';
import { aCheckTarget } from '../../support/checks.ts';

const target = aCheckTarget();
const field = (text: string, json?: object): RawField => ({
  text,
  written: text,
  label: 'SERVICE_CHECK_X',
  ...(json !== undefined && { json }),
});
const withProblems = <T>(run: (warn: (field: unknown, problem: string) => void) => T) => {
  const problems: string[] = [];
  return { program: run((_, problem) => problems.push(problem)), problems };
};

describe('scriptProgram', () => {
  it.each([
    { text: '/bin/true', script: '/bin/true' },
    { text: 'nc $SERVICE_IP $SERVICE_PORT | grep OK', script: 'nc 192.0.2.10 32080 | grep OK' },
    { text: `nc \${SERVICE_IP}:\${SERVICE_PORT}`, script: 'nc 192.0.2.10:32080' },
    { text: '"$SERVICE_IP":$SERVICE_PORT/x', script: '"192.0.2.10":32080/x' },
    { text: '$SERVICE_PORT$SERVICE_PORT', script: '3208032080' },
    { text: '$SERVICE_PORTX $SERVICE_IP_ $SERVICE_IP6', script: '$SERVICE_PORTX $SERVICE_IP_ $SERVICE_IP6' },
    { text: `\${SERVICE_PORT:-1} \${SERVICE_IP`, script: `\${SERVICE_PORT:-1} \${SERVICE_IP` },
    { text: '$SERVICE_NAME SERVICE_IP $service_ip', script: '$SERVICE_NAME SERVICE_IP $service_ip' },
  ])('gives $text to a shell, with the address in it', ({ text, script }) => {
    expect(withProblems((warn) => scriptProgram(field(text), target, warn))).toEqual({
      program: { args: ['sh', '-c', script] },
      problems: [],
    });
  });

  it('gives an IPv6 address without brackets', () => {
    const at = aCheckTarget({ address: '2001:db8::1' });
    expect(scriptProgram(field('ping $SERVICE_IP'), at, () => undefined)).toEqual({
      args: ['sh', '-c', 'ping 2001:db8::1'],
    });
  });

  it('runs a list without a shell', () => {
    const json = ['/check', '$SERVICE_IP', ''];
    expect(scriptProgram(field('', json), target, () => undefined)).toEqual({ args: ['/check', '192.0.2.10', ''] });
  });

  const noCommand = 'is no command: a text, or a list of texts; the check is left out';
  it.each([
    { what: 'a list with numbers', raw: field('', ['/check', 1]), problem: noCommand },
    { what: 'an empty list', raw: field('', []), problem: noCommand },
    { what: 'a list without a program', raw: field('', [' ', 'x']), problem: noCommand },
    { what: 'an object', raw: field('', { a: '/check' }), problem: noCommand },
    { what: 'a zero byte', raw: field('a\0b'), problem: 'has zero bytes; the check is left out' },
    {
      what: 'more than a program can be given',
      raw: field('x'.repeat(65_536)),
      problem: 'is longer than 65536 characters; the check is left out',
    },
  ])('is none for $what', ({ raw, problem }) => {
    expect(withProblems((warn) => scriptProgram(raw, target, warn))).toEqual({
      program: undefined,
      problems: [problem],
    });
  });
});

describe('cmdProgram', () => {
  it('calls check-cmd with the container, its own port and the text as it is', () => {
    expect(withProblems((warn) => cmdProgram(field('curl -f $SERVICE_IP'), target, warn))).toEqual({
      program: { args: ['check-cmd', 'c0ffee000000', '80', 'curl -f $SERVICE_IP'] },
      problems: [],
    });
  });
});

describe('dockerProgram', () => {
  it.each([
    { shell: undefined, args: ['/bin/sh', '-c', 'test -e /ok'] },
    { shell: '/bin/bash', args: ['/bin/bash', '-c', 'test -e /ok'] },
  ])('gives the text to the shell $shell of the container', ({ shell, args }) => {
    const shellField = shell === undefined ? undefined : field(shell);
    expect(withProblems((warn) => dockerProgram(field('test -e /ok'), shellField, warn))).toEqual({
      program: { args, shell: args[0] },
      problems: [],
    });
  });

  it('leaves variables to that shell', () => {
    expect(dockerProgram(field('echo $SERVICE_IP'), undefined, () => undefined)).toEqual({
      args: ['/bin/sh', '-c', 'echo $SERVICE_IP'],
      shell: '/bin/sh',
    });
  });

  it('takes the usual shell instead of one that cannot be, with a warning', () => {
    expect(withProblems((warn) => dockerProgram(field('x'), field('a\nb'), warn))).toEqual({
      program: { args: ['/bin/sh', '-c', 'x'], shell: '/bin/sh' },
      problems: ['has control characters; /bin/sh is used instead'],
    });
  });
});

describe('scriptProblem', () => {
  it.each([
    { enableScriptChecks: true, problem: undefined },
    {
      enableScriptChecks: false,
      problem: 'runs a program, which needs --enable-script-checks; the check is left out',
    },
  ])('is $problem where the switch is $enableScriptChecks', ({ enableScriptChecks, problem }) => {
    expect(scriptProblem(aCheckTarget({ enableScriptChecks }))).toBe(problem);
  });
});
