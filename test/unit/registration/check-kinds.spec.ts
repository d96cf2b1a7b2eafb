import { describe, expect, it } from 'vitest';
import { checksOf, checksOfJson, common, httpCheck, type Labels, onProtocol, tcpCheck } from '../../support/checks.ts';

const httpsCheck = { ...httpCheck, url: 'https://192.0.2.10:32080/health' };
const grpcCheck = { ...common, kind: 'grpc', target: '192.0.2.10:32080', interval: '10s' };
const scriptCheck = { ...common, kind: 'script', args: ['sh', '-c', 'test -e /ok'], interval: '10s' };

describe('a check, by its kind', () => {
  it.each<{ rule: string; labels: Labels; check: unknown }>([
    { rule: 'tests a path', labels: { SERVICE_CHECK_HTTP: '/health' }, check: httpCheck },
    { rule: 'tests a path over TLS', labels: { SERVICE_CHECK_HTTPS: '/health' }, check: httpsCheck },
    {
      rule: 'tests a path over TLS with any certificate',
      labels: { SERVICE_CHECK_HTTPS: '/health', SERVICE_CHECK_TLS_SKIP_VERIFY: 'true' },
      check: { ...httpsCheck, tlsSkipVerify: true },
    },
    {
      rule: 'has no certificate to skip without TLS',
      labels: { SERVICE_CHECK_HTTP: '/health', SERVICE_CHECK_TLS_SKIP_VERIFY: 'true' },
      check: httpCheck,
    },
    { rule: 'tests a TCP port', labels: { SERVICE_CHECK_TCP: 'true' }, check: tcpCheck },
    {
      rule: 'waits for the application to report',
      labels: { SERVICE_CHECK_TTL: '30s', SERVICE_CHECK_INTERVAL: 'x', SERVICE_CHECK_FAILURES_BEFORE_CRITICAL: '2' },
      check: { ...common, kind: 'ttl', ttl: '30s' },
    },
    { rule: 'runs a script', labels: { SERVICE_CHECK_SCRIPT: 'test -e /ok' }, check: scriptCheck },
    {
      rule: 'runs a command in the container',
      labels: { SERVICE_CHECK_DOCKER: 'test -e /ok' },
      check: {
        ...common,
        kind: 'docker',
        containerId: 'c0ffee'.padEnd(64, '0'),
        shell: '/bin/sh',
        args: ['/bin/sh', '-c', 'test -e /ok'],
        interval: '10s',
      },
    },
    { rule: 'asks a gRPC server', labels: { SERVICE_CHECK_GRPC: 'true' }, check: grpcCheck },
    {
      rule: 'asks a gRPC server over TLS',
      labels: { SERVICE_CHECK_GRPC: '1', SERVICE_CHECK_GRPC_USE_TLS: '1', SERVICE_CHECK_TLS_SKIP_VERIFY: '1' },
      check: { ...grpcCheck, useTls: true, tlsSkipVerify: true },
    },
    {
      rule: 'asks a gRPC server without TLS where that is switched off',
      labels: { SERVICE_CHECK_GRPC: 'on', SERVICE_CHECK_GRPC_USE_TLS: 'no', SERVICE_CHECK_TLS_SKIP_VERIFY: '1' },
      check: grpcCheck,
    },
  ])('$rule', ({ labels, check }) => {
    expect(checksOf(labels)).toEqual({ checks: [check], warnings: [] });
  });

  it('has all that a check can have', () => {
    const labels = {
      SERVICE_CHECK_HTTP: '/health',
      SERVICE_CHECK_HTTP_METHOD: 'HEAD',
      SERVICE_CHECK_HEADER: 'Accept: text/plain',
      SERVICE_CHECK_BODY: ' ping ',
      SERVICE_CHECK_INTERVAL: '15s',
      SERVICE_CHECK_TIMEOUT: ' 1m30s ',
      SERVICE_CHECK_SUCCESS_BEFORE_PASSING: '2',
      SERVICE_CHECK_FAILURES_BEFORE_CRITICAL: ' 3',
      SERVICE_CHECK_INITIAL_STATUS: 'passing',
      SERVICE_CHECK_DEREGISTER_AFTER: '10m',
      SERVICE_CHECK_ID: ' web ',
      SERVICE_CHECK_NAME: ' Web ',
      SERVICE_CHECK_NOTES: ' first line\nsecond line ',
    };
    expect(checksOf(labels)).toEqual({
      checks: [
        {
          ...httpCheck,
          id: 'web',
          name: 'Web',
          notes: 'first line\nsecond line',
          initialStatus: 'passing',
          deregisterCriticalServiceAfter: '10m',
          interval: '15s',
          timeout: '1m30s',
          successBeforePassing: 2,
          failuresBeforeCritical: 3,
          method: 'HEAD',
          headers: { Accept: ['text/plain'] },
          body: ' ping ',
        },
      ],
      warnings: [],
    });
  });

  it.each(['HTTP', 'HTTPS', 'TCP', 'GRPC'])('%s is switched off by false, 0, no and off in any case', (kind) => {
    for (const word of ['false', 'FALSE', '0', 'no', 'Off', ' off ']) {
      expect(checksOf({ [`SERVICE_CHECK_${kind}`]: word })).toEqual({ checks: [], warnings: [] });
    }
  });

  it('takes such a word for the text of a script', () => {
    const args = ['sh', '-c', 'false'];
    expect(checksOf({ SERVICE_CHECK_SCRIPT: 'false' })).toEqual({ checks: [{ ...scriptCheck, args }], warnings: [] });
  });

  it('may be switched off for one port', () => {
    const labels = { SERVICE_CHECK_HTTP: '/health', SERVICE_80_CHECK_HTTP: 'off' };
    expect(checksOf(labels)).toEqual({ checks: [], warnings: [] });
  });

  it('puts brackets around IPv6 addresses', () => {
    const list = [{ HTTP: '/h' }, { HTTPS: '/h' }, { TCP: true }, { GRPC: true }, { GRPC: 'my.Service' }];
    const { checks } = checksOfJson(list, { address: '2001:db8::1' });
    expect(checks.map((check) => (check.kind === 'http' ? check.url : 'target' in check ? check.target : ''))).toEqual([
      'http://[2001:db8::1]:32080/h',
      'https://[2001:db8::1]:32080/h',
      '[2001:db8::1]:32080',
      '[2001:db8::1]:32080',
      '[2001:db8::1]:32080/my.Service',
    ]);
  });
});

describe('the method', () => {
  it.each<{ rule: string; labels: Labels; method?: string }>([
    { rule: 'is that of its own kind', labels: { SERVICE_CHECK_HTTPS_METHOD: 'PUT' }, method: 'PUT' },
    { rule: 'is not that of the other kind', labels: { SERVICE_CHECK_HTTP_METHOD: 'PUT' } },
    { rule: 'may be given for both', labels: { SERVICE_CHECK_METHOD: 'PUT' }, method: 'PUT' },
    {
      rule: 'is that of its own kind before that for both',
      labels: { SERVICE_CHECK_METHOD: 'PUT', SERVICE_CHECK_HTTPS_METHOD: 'HEAD' },
      method: 'HEAD',
    },
    { rule: 'may be in lower case', labels: { SERVICE_CHECK_METHOD: ' head ' }, method: 'HEAD' },
    { rule: 'may be empty', labels: { SERVICE_CHECK_METHOD: ' ' } },
  ])('$rule', ({ labels, method }) => {
    expect(checksOf({ SERVICE_CHECK_HTTPS: '/health', ...labels })).toEqual({
      checks: [method === undefined ? httpsCheck : { ...httpsCheck, method }],
      warnings: [],
    });
  });
});

describe('of several kinds one is used', () => {
  const labels: Labels = {
    SERVICE_CHECK_GRPC: 'g',
    SERVICE_CHECK_TCP: 'x',
    SERVICE_CHECK_TTL: '30s',
    SERVICE_CHECK_DOCKER: 'd',
    SERVICE_CHECK_SCRIPT: 's',
    SERVICE_CHECK_CMD: 'c',
    SERVICE_CHECK_HTTPS: '/s',
    SERVICE_CHECK_HTTP: '/p',
  };
  const order = Object.keys(labels).toReversed();
  const lost = (label: string, winner: string) => ({
    label,
    value: labels[label],
    problem: `is not used beside ${winner}, which comes first; SERVICE_CHECKS takes several checks`,
  });

  it.each(order.map((winner, i) => ({ winner, losers: order.slice(i + 1) })))(
    '$winner before $losers, with a warning for each',
    ({ winner, losers }) => {
      const given = Object.fromEntries([winner, ...losers].map((label) => [label, labels[label] ?? '']));
      const { checks } = checksOf({ [winner]: given[winner] ?? '' });
      expect(checks).toHaveLength(1);
      expect(checksOf(given)).toEqual({ checks, warnings: losers.map((label) => lost(label, winner)) });
    },
  );

  it('and none is lost to one that is switched off', () => {
    const only = { SERVICE_CHECK_TCP: 'true', SERVICE_CHECK_HTTP: 'off' };
    expect(checksOf(only)).toEqual({ checks: [tcpCheck], warnings: [] });
  });

  it('also in one entry of the list', () => {
    expect(checksOfJson([{ TCP: 'x', HTTP: '/health' }])).toEqual({
      checks: [httpCheck],
      warnings: [{ ...lost('SERVICE_CHECK_TCP', 'SERVICE_CHECKS[0].HTTP'), label: 'SERVICE_CHECKS[0].TCP' }],
    });
  });
});

describe('a kind that cannot be had', () => {
  const needsSwitch = 'runs a program, which needs --enable-script-checks; the check is left out';

  it.each(['CMD', 'SCRIPT', 'DOCKER'])('is %s without the switch for scripts', (kind) => {
    const label = `SERVICE_CHECK_${kind}`;
    expect(checksOf({ [label]: 'x' }, { enableScriptChecks: false })).toEqual({
      checks: [],
      warnings: [{ label, value: 'x', problem: needsSwitch }],
    });
  });

  it.each(['udp', 'sctp'] as const)('is TCP or gRPC on a port of %s', (protocol) => {
    const problem = `cannot test a ${protocol} port; the check is left out`;
    expect(checksOf({ SERVICE_CHECK_TCP: 'true', SERVICE_CHECK_GRPC: 'true' }, onProtocol(protocol))).toEqual({
      checks: [],
      warnings: [
        { label: 'SERVICE_CHECK_TCP', value: 'true', problem },
        { label: 'SERVICE_CHECK_GRPC', value: 'true', problem },
      ],
    });
  });

  it('makes room for the next, so that the service is not left without a check', () => {
    const labels = {
      SERVICE_CHECK_SCRIPT: 'x',
      SERVICE_CHECK_TTL: 'soon',
      SERVICE_CHECK_TCP: '1',
      SERVICE_CHECK_GRPC: '1',
    };
    expect(checksOf(labels, { enableScriptChecks: false })).toEqual({
      checks: [tcpCheck],
      warnings: [
        { label: 'SERVICE_CHECK_SCRIPT', value: 'x', problem: needsSwitch },
        {
          label: 'SERVICE_CHECK_TTL',
          value: 'soon',
          problem: 'is no duration such as 10s or 1m30s; the check is left out',
        },
        {
          label: 'SERVICE_CHECK_GRPC',
          value: '1',
          problem: 'is not used beside SERVICE_CHECK_TCP, which comes first; SERVICE_CHECKS takes several checks',
        },
      ],
    });
  });
});
