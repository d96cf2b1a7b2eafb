import { describe, expect, it } from 'vitest';
import { checksOf, checksOfJson, common, httpCheck, onProtocol, tcpCheck } from '../../support/checks.ts';

describe('an entry of SERVICE_CHECKS', () => {
  it.each<{ rule: string; entry: unknown; check: unknown }>([
    { rule: 'in CamelCase', entry: { HTTP: '/health', Interval: '5s' }, check: { ...httpCheck, interval: '5s' } },
    { rule: 'in snake_case', entry: { http: '/health', interval: '5s' }, check: { ...httpCheck, interval: '5s' } },
    {
      rule: 'with all that an HTTP check can have, as Consul spells it',
      entry: {
        CheckID: 'web',
        Name: 'Web',
        Notes: 'n',
        HTTP: 'https://localhost:8080/health?x=1',
        Method: 'POST',
        Header: { Accept: ['text/plain'], 'X-Try': '1' },
        Body: ' ping ',
        TLSSkipVerify: true,
        Interval: '15s',
        Timeout: '2s',
        Status: 'passing',
        SuccessBeforePassing: 2,
        FailuresBeforeCritical: 3,
        DeregisterCriticalServiceAfter: '10m',
      },
      check: {
        id: 'web',
        name: 'Web',
        notes: 'n',
        initialStatus: 'passing',
        deregisterCriticalServiceAfter: '10m',
        kind: 'http',
        url: 'https://192.0.2.10:32080/health?x=1',
        interval: '15s',
        timeout: '2s',
        successBeforePassing: 2,
        failuresBeforeCritical: 3,
        method: 'POST',
        headers: { Accept: ['text/plain'], 'X-Try': ['1'] },
        body: ' ping ',
        tlsSkipVerify: true,
      },
    },
    {
      rule: 'with the same in snake_case',
      entry: {
        id: 'web',
        http: '/health',
        header: 'Accept: text/plain',
        deregister_critical_service_after: '10m',
        success_before_passing: 2,
        failures_before_critical: 0,
        initial_status: 'passing',
      },
      check: {
        ...httpCheck,
        id: 'web',
        initialStatus: 'passing',
        deregisterCriticalServiceAfter: '10m',
        successBeforePassing: 2,
        failuresBeforeCritical: 0,
        headers: { Accept: ['text/plain'] },
      },
    },
    {
      rule: 'with its own key for TLS',
      entry: { HTTPS: '/health' },
      check: { ...httpCheck, url: httpCheck.url.replace('http', 'https') },
    },
    { rule: 'with the port of another place', entry: { TCP: 'localhost:3306' }, check: tcpCheck },
    { rule: 'with a number of seconds', entry: { TTL: 30 }, check: { ...common, kind: 'ttl', ttl: '30s' } },
    {
      rule: 'with a gRPC service',
      entry: { GRPC: 'localhost:5000/my.Service', GRPCUseTLS: true, TLSSkipVerify: true },
      check: {
        ...common,
        kind: 'grpc',
        target: '192.0.2.10:32080/my.Service',
        interval: '10s',
        useTls: true,
        tlsSkipVerify: true,
      },
    },
    {
      rule: 'with the arguments of a program',
      entry: { Args: ['/check', '$SERVICE_IP'] },
      check: { ...common, kind: 'script', args: ['/check', '192.0.2.10'], interval: '10s' },
    },
    {
      rule: 'with a script',
      entry: { Script: '[ -e /ok ]' },
      check: { ...common, kind: 'script', args: ['sh', '-c', '[ -e /ok ]'], interval: '10s' },
    },
    {
      rule: 'with the arguments of a program in the container',
      entry: { docker_container_id: 'self', script_args: ['/check', '$SERVICE_IP'] },
      check: {
        ...common,
        kind: 'docker',
        containerId: 'c0ffee'.padEnd(64, '0'),
        shell: '/bin/sh',
        args: ['/check', '$SERVICE_IP'],
        interval: '10s',
      },
    },
    {
      rule: 'with a command in the container',
      entry: { DockerContainerID: 'self', Shell: '/bin/bash', ScriptArgs: 'test -e /ok' },
      check: {
        ...common,
        kind: 'docker',
        containerId: 'c0ffee'.padEnd(64, '0'),
        shell: '/bin/bash',
        args: ['/bin/bash', '-c', 'test -e /ok'],
        interval: '10s',
      },
    },
    {
      rule: 'where null and blanks are nothing',
      entry: { HTTP: '/health', TCP: null, Interval: ' ', Timeout: '', AliasNode: null },
      check: httpCheck,
    },
    {
      rule: 'where another kind is switched off',
      entry: { HTTP: '/health', TCP: false, GRPC: 'off' },
      check: httpCheck,
    },
  ])('is a check $rule', ({ entry, check }) => {
    expect(checksOfJson([entry])).toEqual({ checks: [check], warnings: [] });
  });

  it.each([
    {
      rule: 'a bad value',
      entry: { HTTP: '/health', Interval: 'soon' },
      warning: {
        label: 'SERVICE_CHECKS[0].Interval',
        value: 'soon',
        problem: 'is no duration such as 10s or 1m30s; 10s is used instead',
      },
    },
    {
      rule: 'a value that is no text',
      entry: { HTTP: '/health', Interval: { s: 10 } },
      warning: {
        label: 'SERVICE_CHECKS[0].Interval',
        value: '(not shown)',
        problem: 'is no text, number or switch; it is left out',
      },
    },
    {
      rule: 'keys that nobody knows, without their values',
      entry: { HTTP: '/health', Headers: { Authorization: 'secret' }, OutputMaxSize: 1 },
      warning: {
        label: 'SERVICE_CHECKS[0]',
        value: 'Headers, OutputMaxSize',
        problem: 'has settings that no check of Portolan has; they are left out',
      },
    },
    {
      rule: 'the second spelling of a key',
      entry: { HTTP: '/health', http: '/other' },
      warning: {
        label: 'SERVICE_CHECKS[0].http',
        value: '(not shown)',
        problem: 'says what SERVICE_CHECKS[0].HTTP says already; it is left out',
      },
    },
    {
      rule: 'a kind that Portolan does not have',
      entry: { HTTP: '/health', AliasService: 'db' },
      warning: {
        label: 'SERVICE_CHECKS[0].AliasService',
        value: '(not shown)',
        problem: 'is a kind of check that Portolan does not have; it is left out',
      },
    },
  ])('loses $rule alone, with a warning', ({ entry, warning }) => {
    expect(checksOfJson([entry])).toEqual({ checks: [httpCheck], warnings: [warning] });
  });

  const noKind = 'names no kind of check: HTTP, ScriptArgs, TTL, TCP or GRPC; it is left out';
  const noObject = 'is no check: a JSON object; it is left out';
  it.each([
    { rule: 'names no kind', entry: { Interval: '5s', Name: 'x' }, value: 'Interval, Name', problem: noKind },
    { rule: 'is empty', entry: {}, value: '', problem: noKind },
    { rule: 'names a container without a command', entry: { DockerContainerID: 'self' }, value: '', problem: noKind },
    { rule: 'is a text', entry: '/health', value: '(not shown)', problem: noObject },
    { rule: 'is null', entry: null, value: '(not shown)', problem: noObject },
    { rule: 'is a list', entry: [{ HTTP: '/health' }], value: '(not shown)', problem: noObject },
  ])('is dropped alone, with a warning that names its index, when it $rule', ({ entry, value, problem }) => {
    expect(checksOfJson([{ HTTP: '/health' }, entry])).toEqual({
      checks: [httpCheck],
      warnings: [{ label: 'SERVICE_CHECKS[1]', value, problem }],
    });
  });

  it('is dropped when it is a kind that Portolan does not have', () => {
    expect(checksOfJson([{ AliasNode: 'node-b' }])).toEqual({
      checks: [],
      warnings: [
        {
          label: 'SERVICE_CHECKS[0].AliasNode',
          value: '(not shown)',
          problem: 'is a kind of check that Portolan does not have; it is left out',
        },
        { label: 'SERVICE_CHECKS[0]', value: '', problem: noKind },
      ],
    });
  });

  it('has 64 settings at most, so that it cannot fill the log', () => {
    const spellings = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`TT${'_'.repeat(i)}L`, 'x']));
    const { checks, warnings } = checksOfJson([{ HTTP: '/health', ...spellings }]);
    expect(checks).toEqual([httpCheck]);
    expect(warnings).toHaveLength(64);
    expect(warnings[0]).toEqual({
      label: 'SERVICE_CHECKS[0]',
      value: '301 settings',
      problem: 'is more than 64; the rest is left out',
    });
    expect(Math.max(...warnings.map(({ label }) => label.length))).toBeLessThan(250);
  });

  it.each([
    { args: { ScriptArgs: ['/check'] }, label: 'SERVICE_CHECKS[0].ScriptArgs', value: '(not shown)' },
    { args: { Script: '/check' }, label: 'SERVICE_CHECKS[0].Script', value: '/check' },
    { args: { DockerContainerID: 'x', Args: '/check' }, label: 'SERVICE_CHECKS[0].Args', value: '/check' },
  ])('runs no program without the switch: $args', ({ args, label, value }) => {
    expect(checksOfJson([args, { TCP: true }], { enableScriptChecks: false })).toEqual({
      checks: [tcpCheck],
      warnings: [
        { label, value, problem: 'runs a program, which needs --enable-script-checks; the check is left out' },
      ],
    });
  });

  it('tests no UDP port over TCP', () => {
    expect(checksOfJson([{ TCP: true }, { TTL: '30s' }], onProtocol('udp'))).toEqual({
      checks: [{ ...common, kind: 'ttl', ttl: '30s' }],
      warnings: [
        { label: 'SERVICE_CHECKS[0].TCP', value: 'true', problem: 'cannot test a udp port; the check is left out' },
      ],
    });
  });
});

describe('SERVICE_CHECKS', () => {
  const tcpLabel = { SERVICE_CHECK_TCP: 'true' };

  it.each([
    { value: '{"HTTP": "/secret"}', where: '' },
    { value: '"secret"', where: '' },
    { value: 'secret', where: '' },
    { value: '[{"HTTP": "/secret",}]', where: ' (wrong at position 20)' },
    { value: '['.repeat(50_000), where: '' },
  ])('costs only itself when it is no JSON array, and is not shown', ({ value, where }) => {
    const { checks, warnings } = checksOf({ ...tcpLabel, SERVICE_CHECKS: value });
    expect(checks).toEqual([tcpCheck]);
    expect(warnings).toMatchObject([{ label: 'SERVICE_CHECKS', value: '(not shown)' }]);
    expect(warnings[0]?.problem).toContain(`is no JSON array of checks${where}`);
    expect(JSON.stringify(warnings)).not.toContain('secret');
  });

  it('has 16 entries at most; the rest is dropped, with one warning', () => {
    const entries = Array.from({ length: 20 }, (_, i) => ({ TTL: i + 1 }));
    expect(checksOfJson(entries.slice(0, 16))).toMatchObject({ checks: { length: 16 }, warnings: [] });
    expect(checksOfJson(entries)).toEqual({
      checks: checksOfJson(entries.slice(0, 16)).checks,
      warnings: [
        {
          label: 'SERVICE_CHECKS',
          value: '20 entries',
          problem: 'is more than 16 checks; those from [16] on are left out',
        },
      ],
    });
  });
});
