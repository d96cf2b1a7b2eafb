import { describe, expect, it } from 'vitest';
import { registrationBody } from '../../../../src/adapters/consul/registration-body.ts';
import type { CheckDefinition } from '../../../../src/domain/service.ts';
import { aRegistration } from '../../../support/services.ts';

const containerCheck = {
  CheckID: 'node-a:web.1:80:container',
  Name: "Container of service 'web'",
  Notes: 'What Docker says of the container; Portolan repeats it within 1m',
  TTL: '1m',
  Status: 'passing',
};

describe('registrationBody', () => {
  it('holds what every service has', () => {
    const registration = aRegistration({ tags: ['b', 'a', 'a'], meta: { version: '7' } });
    expect(registrationBody(registration)).toStrictEqual({
      ID: 'node-a:web.1:80',
      Name: 'web',
      Address: '192.0.2.10',
      Port: 32_080,
      Tags: ['b', 'a', 'a'],
      Meta: { version: '7', 'portolan-owner': 'owner-a', 'portolan-hash': registration.meta['portolan-hash'] },
      Checks: [containerCheck],
    });
  });

  it('holds weights, the tag override and the namespace where they are given', () => {
    const over = { weights: { passing: 7, warning: 0 }, enableTagOverride: false, namespace: 'team-a' };
    expect(registrationBody(aRegistration(over))).toMatchObject({
      Weights: { Passing: 7, Warning: 0 },
      EnableTagOverride: false,
      Namespace: 'team-a',
    });
  });

  it.each([
    { rule: 'the service has none', over: { containerCheck: { kind: 'off' } } as const, ttlMs: 60_000 },
    { rule: 'there is no TTL', over: {}, ttlMs: 0 },
  ])('holds no container check when $rule', ({ over, ttlMs }) => {
    expect(registrationBody(aRegistration(over, { ttlMs }))).toMatchObject({ Checks: [] });
  });

  const basics = { id: 'a', name: 'A' };
  const polled = { ...basics, interval: '10s' };
  const sent = { CheckID: 'a', Name: 'A', Interval: '10s' };
  it.each<{ rule: string; check: CheckDefinition; body: unknown }>([
    {
      rule: 'an HTTP check',
      check: { ...polled, kind: 'http', url: 'http://192.0.2.10:32080/' },
      body: { ...sent, HTTP: 'http://192.0.2.10:32080/' },
    },
    {
      rule: 'an HTTP check with everything',
      check: {
        ...polled,
        kind: 'http',
        url: 'https://192.0.2.10:32080/',
        notes: 'n',
        initialStatus: 'warning',
        deregisterCriticalServiceAfter: '10m',
        successBeforePassing: 0,
        failuresBeforeCritical: 3,
        timeout: '2s',
        method: 'POST',
        headers: { Accept: ['text/plain', '*/*'] },
        body: 'ping',
        tlsSkipVerify: true,
      },
      body: {
        ...sent,
        Notes: 'n',
        Status: 'warning',
        DeregisterCriticalServiceAfter: '10m',
        SuccessBeforePassing: 0,
        FailuresBeforeCritical: 3,
        Timeout: '2s',
        HTTP: 'https://192.0.2.10:32080/',
        Method: 'POST',
        Header: { Accept: ['text/plain', '*/*'] },
        Body: 'ping',
        TLSSkipVerify: true,
      },
    },
    {
      rule: 'a TCP check',
      check: { ...polled, kind: 'tcp', target: '192.0.2.10:32080' },
      body: { ...sent, TCP: '192.0.2.10:32080' },
    },
    {
      rule: 'a TTL check',
      check: { ...basics, kind: 'ttl', ttl: '30s' },
      body: { CheckID: 'a', Name: 'A', TTL: '30s' },
    },
    {
      rule: 'a gRPC check',
      check: { ...polled, kind: 'grpc', target: '192.0.2.10:32080/my.Service' },
      body: { ...sent, GRPC: '192.0.2.10:32080/my.Service' },
    },
    {
      rule: 'a gRPC check over TLS',
      check: { ...polled, kind: 'grpc', target: '192.0.2.10:32080', useTls: true, tlsSkipVerify: true },
      body: { ...sent, GRPC: '192.0.2.10:32080', GRPCUseTLS: true, TLSSkipVerify: true },
    },
    {
      rule: 'a script',
      check: { ...polled, kind: 'script', args: ['sh', '-c', 'true'] },
      body: { ...sent, ScriptArgs: ['sh', '-c', 'true'] },
    },
    {
      rule: 'a command in the container',
      check: { ...polled, kind: 'docker', containerId: 'c0ffee', args: ['/check'] },
      body: { ...sent, DockerContainerID: 'c0ffee', ScriptArgs: ['/check'] },
    },
    {
      rule: 'a command in the container with its shell',
      check: { ...polled, kind: 'docker', containerId: 'c0ffee', shell: '/bin/sh', args: ['/bin/sh', '-c', 'true'] },
      body: { ...sent, DockerContainerID: 'c0ffee', Shell: '/bin/sh', ScriptArgs: ['/bin/sh', '-c', 'true'] },
    },
  ])('holds $rule, behind the container check', ({ check, body }) => {
    expect(registrationBody(aRegistration({ checks: [check] }))['Checks']).toStrictEqual([containerCheck, body]);
  });
});
