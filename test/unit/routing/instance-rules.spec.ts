import { describe, expect, it } from 'vitest';
import type { ServiceInstance } from '../../../src/domain/catalog.ts';
import { judgeInstance, rawWeight } from '../../../src/routing/instance-rules.ts';
import { hostileTexts } from '../../support/hostile-texts.ts';
import { aCheckResult, anInstance } from '../../support/instances.ts';

const owned = { 'portolan-owner': 'o' };

describe('judgeInstance', () => {
  it.each<{ rule: string; over: Partial<ServiceInstance> }>([
    { rule: 'a passing instance', over: {} },
    { rule: 'an instance in warning', over: { status: 'warning' } },
    { rule: 'IPv6', over: { address: '2001:db8::1' } },
    { rule: 'IPv4 in the form of IPv6', over: { address: '::ffff:10.0.0.1' } },
    { rule: 'an address of the host itself', over: { address: '127.0.0.1' } },
    { rule: 'the lowest port', over: { port: 1 } },
    { rule: 'the highest port', over: { port: 65_535 } },
    { rule: 'an ID that ends like one for UDP and is not ours', over: { id: 'web:53:udp' } },
    { rule: 'a name that says nothing', over: { meta: owned, id: 'node-a:web:53' } },
  ])('lets in $rule', ({ over }) => {
    expect(judgeInstance(anInstance(over))).toEqual({ kind: 'in' });
  });

  it.each<{ rule: string; over: Partial<ServiceInstance>; reason: string }>([
    { rule: 'in maintenance', over: { status: 'maintenance' }, reason: 'is in maintenance' },
    { rule: 'of UDP', over: { id: 'node-a:dns:53:udp', meta: owned }, reason: 'is not a TCP port' },
    { rule: 'of SCTP', over: { id: 'node-a:sig:9:sctp', meta: owned }, reason: 'is not a TCP port' },
    {
      rule: 'whose container is paused, though its checks fail as well',
      over: {
        status: 'critical',
        meta: owned,
        checks: [
          aCheckResult({ id: 'http', status: 'critical', output: 'connection refused' }),
          aCheckResult({ id: 'web-1:container', status: 'critical', output: 'paused: by docker pause' }),
        ],
      },
      reason: 'its container is paused: by docker pause',
    },
    ...['stopping: was sent signal 15', 'starting: its HEALTHCHECK has not passed yet', 'paused'].map((output) => ({
      rule: `whose container is ${output}`,
      over: {
        status: 'critical' as const,
        meta: owned,
        checks: [aCheckResult({ id: 'web-1:container', status: 'critical', output })],
      },
      reason: `its container is ${output}`,
    })),
  ])('never uses an instance $rule', ({ over, reason }) => {
    expect(judgeInstance(anInstance(over))).toEqual({ kind: 'out', reason });
  });

  it.each<{ rule: string; over: Partial<ServiceInstance>; reason: string }>([
    { rule: 'that is critical without a check that says why', over: {}, reason: 'is critical' },
    {
      rule: 'with a failing check, by the first line that it says',
      over: {
        checks: [
          aCheckResult({ id: 'a', status: 'warning', output: 'slow' }),
          aCheckResult({ id: 'b', status: 'critical', output: '\n connection refused \r\nmore\n' }),
          aCheckResult({ id: 'c', status: 'critical', output: 'late' }),
        ],
      },
      reason: 'its check b fails: connection refused',
    },
    {
      rule: 'with a check that steers terminals',
      over: { checks: [aCheckResult({ id: 'a\n', status: 'critical', output: '\u001b[31m\u202ex' })] },
      reason: 'its check a\\u000a fails: \\u001b[31m\\u202ex',
    },
    {
      rule: 'whose container is unhealthy, by what Docker says',
      over: {
        meta: owned,
        checks: [
          aCheckResult({ id: 'http', status: 'critical', output: 'connection refused' }),
          aCheckResult({ id: 'web-1:container', status: 'critical', output: 'unhealthy: its HEALTHCHECK fails' }),
        ],
      },
      reason: 'its container is unhealthy: its HEALTHCHECK fails',
    },
    {
      rule: 'whose heartbeats have stopped, whatever its container was before',
      over: {
        meta: owned,
        checks: [aCheckResult({ id: 'web-1:container', status: 'critical', output: 'TTL expired' })],
      },
      reason: 'its container is TTL expired',
    },
    {
      rule: 'whose container check begins with another word that looks like one of ours',
      over: { meta: owned, checks: [aCheckResult({ id: 'web-1:container', status: 'critical', output: 'pausedX' })] },
      reason: 'its container is pausedX',
    },
    {
      rule: "with a check that only looks like Portolan's",
      over: { checks: [aCheckResult({ id: 'web-1:container', status: 'critical', output: 'paused' })] },
      reason: 'its check web-1:container fails: paused',
    },
    {
      rule: 'with the container check of another instance',
      over: { meta: owned, checks: [aCheckResult({ id: 'x:container', status: 'critical', output: 'paused' })] },
      reason: 'its check x:container fails: paused',
    },
    {
      rule: 'that says very much, in 200 characters',
      over: { checks: [aCheckResult({ id: 'a', status: 'critical', output: 'x'.repeat(5_000) })] },
      reason: `its check a fails: ${'x'.repeat(200)}…`,
    },
  ])('has failed an instance $rule', ({ over, reason }) => {
    expect(judgeInstance(anInstance({ status: 'critical', ...over }))).toEqual({ kind: 'failed', reason });
  });

  it.each([
    ...hostileTexts.filter(({ text }) => text.length < 100).map(({ text }) => text),
    'web.example.com',
    'localhost',
    '10.0.0.1\n',
    '10.0.0.1 check port 22',
    '010.0.0.1',
    '10.0.0.1:80',
    '[::1]',
    '256.0.0.1',
    // One of these and HAProxy refuses the whole configuration.
    'fe80::1%eth0',
    'fe80::1%25eth0',
  ])('refuses the address %j', (address) => {
    expect(judgeInstance(anInstance({ address }))).toEqual({
      kind: 'invalid',
      reason: `its address ${JSON.stringify(address)} is no IP`,
    });
  });

  it.each([
    // HAProxy takes zeros for the address that the client has called.
    ...['0.0.0.0', '::', '::0', '0:0:0:0:0:0:0:0', '::0.0.0.0', '::ffff:0.0.0.0', '0::FFFF:0:0'].map((address) => ({
      address,
      of: 'no host',
    })),
    ...['224.0.0.1', '239.255.255.255', '255.255.255.255', 'ff02::1', '::ffff:224.0.0.1'].map((address) => ({
      address,
      of: 'many hosts',
    })),
  ])('refuses the address $address, which is that of $of', ({ address, of }) => {
    expect(judgeInstance(anInstance({ address }))).toEqual({
      kind: 'invalid',
      reason: `its address ${address} is that of ${of}`,
    });
  });

  it('shows what a terminal would obey in an address', () => {
    expect(judgeInstance(anInstance({ address: 'a\u001b[31m\u202e' }))).toEqual({
      kind: 'invalid',
      reason: 'its address "a\\u001b[31m\\u202e" is no IP',
    });
  });

  it('quotes the first 100 characters of an address', () => {
    expect(judgeInstance(anInstance({ address: 'w'.repeat(5_000) }))).toEqual({
      kind: 'invalid',
      reason: `its address "${'w'.repeat(100)}…" is no IP`,
    });
  });

  it.each([-1, 0, 65_536, 70_000, 80.5, Number.NaN, Number.POSITIVE_INFINITY])('refuses the port %s', (port) => {
    expect(judgeInstance(anInstance({ port }))).toEqual({ kind: 'invalid', reason: `its port ${port} is none` });
  });

  it('refuses an address that cannot be used before it looks at the status', () => {
    expect(judgeInstance(anInstance({ address: '', status: 'critical' }))).toEqual({
      kind: 'invalid',
      reason: 'its address "" is no IP',
    });
  });
});

describe('rawWeight', () => {
  const weights = { passing: 5, warning: 2 };

  it.each<{ rule: string; over: Partial<ServiceInstance>; weight: number }>([
    { rule: "is 100 times Consul's weight", over: { weights }, weight: 500 },
    { rule: 'in warning is of the weight for that', over: { weights, status: 'warning' }, weight: 200 },
    { rule: 'of 0 stays 0', over: { weights: { passing: 0, warning: 0 } }, weight: 0 },
    { rule: 'of one that fails is that of passing', over: { weights, status: 'critical' }, weight: 500 },
    { rule: 'is never negative', over: { weights: { passing: -3, warning: 1 } }, weight: 0 },
  ])('$rule', ({ over, weight }) => {
    expect(rawWeight(anInstance(over))).toBe(weight);
  });
});
