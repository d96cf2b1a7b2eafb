import { describe, expect, it } from 'vitest';
import type { ServiceDefinition } from '../../../src/domain/service.ts';
import { checkIds, serviceRegistration } from '../../../src/registration/registration.ts';
import { aRegistration, aService, running } from '../../support/services.ts';

const options = { owner: 'owner-a', ttlMs: 60_000 };
const hashOf = (over: Partial<ServiceDefinition>, sent?: Parameters<typeof aRegistration>[1]) =>
  aRegistration(over, sent).meta['portolan-hash'];

const tcpCheck = { id: 'service:x', name: 'x', kind: 'tcp', target: '192.0.2.10:80', interval: '10s' } as const;

describe('serviceRegistration', () => {
  it("adds the owner's mark, a fingerprint and the container check", () => {
    const service = aService({ meta: { version: '1.2' } });
    expect(serviceRegistration(service, running, options)).toEqual({
      service,
      meta: { version: '1.2', 'portolan-owner': 'owner-a', 'portolan-hash': 'c9c609ad14157d05' },
      containerCheck: {
        id: 'node-a:web.1:80:container',
        name: "Container of service 'web'",
        notes: 'What Docker says of the container; Portolan repeats it within 1m',
        ttl: '1m',
        ttlMs: 60_000,
        verdict: running,
      },
    });
  });

  it.each([
    { rule: 'the label switches it off', over: { containerCheck: { kind: 'off' } as const }, ttlMs: 60_000 },
    { rule: 'the TTL is 0', over: {}, ttlMs: 0 },
  ])('has no container check where $rule', ({ over, ttlMs }) => {
    const service = aService(over);
    expect(serviceRegistration(service, running, { owner: 'owner-a', ttlMs })).toEqual({
      service,
      meta: { 'portolan-owner': 'owner-a', 'portolan-hash': 'bb2db1d0ec453021' },
    });
  });

  it("lets no label pass for the owner's mark", () => {
    const { meta } = serviceRegistration(aService({ meta: { 'portolan-owner': 'evil' } }), running, options);
    expect(meta['portolan-owner']).toBe('owner-a');
  });
});

describe('serviceRegistration, the fingerprint', () => {
  it.each<{ of: string; over?: Partial<ServiceDefinition>; sent?: Parameters<typeof aRegistration>[1] }>([
    { of: 'the verdict', sent: { verdict: { status: 'passing', output: 'running: healthy' } } },
    { of: 'the TTL', sent: { ttlMs: 120_000 } },
    { of: 'the owner', sent: { owner: 'owner-b' } },
    { of: 'what a starting container counts as', over: { containerCheck: { kind: 'on', startingStatus: 'passing' } } },
    {
      of: 'the container that it comes from',
      over: { origin: { containerId: 'another', containerName: 'web.1', port: 80, protocol: 'tcp' } },
    },
  ])('does not depend on $of', ({ over = {}, sent }) => {
    expect(hashOf(over, sent)).toBe(hashOf({}));
  });

  it.each(['passing', 'warning', 'critical'] as const)(
    "does not depend on the status by which the application's check begins: %s",
    (initialStatus) => {
      expect(hashOf({ checks: [{ ...tcpCheck, initialStatus }] })).toBe(hashOf({ checks: [tcpCheck] }));
    },
  );

  it('does not depend on the order of pairs', () => {
    expect(hashOf({ meta: { b: '2', a: '1' } })).toBe(hashOf({ meta: { a: '1', b: '2' } }));
  });

  it('differs for each other part that Consul is sent', () => {
    const variants: readonly Partial<ServiceDefinition>[] = [
      {},
      { id: 'x' },
      { name: 'shop' },
      { address: '192.0.2.11' },
      { port: 32_081 },
      { tags: ['a', 'b'] },
      { tags: ['b', 'a'] },
      { meta: { a: '1' } },
      { checks: [tcpCheck] },
      { checks: [{ ...tcpCheck, interval: '20s' }] },
      { checks: [{ ...tcpCheck, timeout: '2s' }] },
      { checks: [tcpCheck, { ...tcpCheck, id: 'service:y' }] },
      { containerCheck: { kind: 'off' } },
    ];
    const hashes = variants.map((over) => hashOf(over));
    expect(hashes).toEqual([...new Set(hashes)]);
  });
});

describe('checkIds', () => {
  it('are those of the container check and of its own checks', () => {
    expect(checkIds(aRegistration({ checks: [tcpCheck] }))).toEqual(['node-a:web.1:80:container', 'service:x']);
  });

  it('are none without checks', () => {
    expect(checkIds(aRegistration({}, { ttlMs: 0 }))).toEqual([]);
  });
});
