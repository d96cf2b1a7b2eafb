import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { registeredService } from '../../src/registration/registration.ts';
import { aRegistration, RUNNING } from '../support/registrations.ts';
import { REGISTRIES, type TestRegistry } from '../support/registries.ts';

const notes = 'What Docker says of the container; Portolan repeats it within 1m';

describe.each(REGISTRIES)('a ServiceRegistry: %s', (_name, start) => {
  const { signal } = new AbortController();
  let it_: TestRegistry;
  const registered = async () => {
    const services = await it_.registry.services(signal);
    return new Map([...services].filter(([, { meta }]) => meta['portolan-owner'] === 'us'));
  };
  const checksOf = async (serviceId: string) => {
    const checks = [...(await it_.registry.checks(signal)).values()];
    return checks.filter((check) => check.serviceId === serviceId).toSorted((a, b) => (a.id < b.id ? -1 : 1));
  };

  beforeAll(async () => {
    it_ = await start();
  });
  afterEach(async () => {
    for (const id of (await registered()).keys()) await it_.registry.deregister(id, signal);
  });
  afterAll(async () => {
    await it_.stop();
  });

  it('gives back a service as it was registered', async () => {
    const registration = aRegistration();
    await it_.registry.register(registration, signal);
    expect(await registered()).toEqual(new Map([[registration.service.id, registeredService(registration)]]));
  });

  it('gives back weights and tag override', async () => {
    const registration = aRegistration({ enableTagOverride: true, weights: { passing: 7, warning: 0 } });
    await it_.registry.register(registration, signal);
    expect(await registered()).toEqual(new Map([[registration.service.id, registeredService(registration)]]));
  });

  it('gives the checks of a new service the status that they bring', async () => {
    const ttl = { kind: 'ttl', ttl: '1m', id: 'own', name: 'own', initialStatus: 'warning' } as const;
    const starting = { status: 'critical', output: 'starting' } as const;
    await it_.registry.register(aRegistration({ checks: [ttl] }, starting), signal);
    const serviceId = 'node-a:web.1:80';
    expect(await checksOf(serviceId)).toEqual([
      { id: `${serviceId}:container`, serviceId, status: 'critical', output: '', notes },
      { id: 'own', serviceId, status: 'warning', output: '', notes: '' },
    ]);
  });

  it('keeps the status of a check when its service is registered again', async () => {
    await it_.registry.register(aRegistration(), signal);
    const checkId = 'node-a:web.1:80:container';
    await it_.registry.report(checkId, { status: 'critical', output: 'paused: by docker pause' }, signal);
    await it_.registry.register(aRegistration({ tags: ['green'] }), signal);
    const [check] = await checksOf('node-a:web.1:80');
    expect(check).toMatchObject({ id: checkId, status: 'critical' });
  });

  it('drops the checks that a later registration does not bring', async () => {
    const ttl = { kind: 'ttl', ttl: '1m', id: 'own', name: 'own' } as const;
    await it_.registry.register(aRegistration({ checks: [ttl] }), signal);
    await it_.registry.register(aRegistration(), signal);
    expect((await checksOf('node-a:web.1:80')).map(({ id }) => id)).toEqual(['node-a:web.1:80:container']);
  });

  it('says what a check was told', async () => {
    await it_.registry.register(aRegistration(), signal);
    const checkId = 'node-a:web.1:80:container';
    const verdict = { status: 'critical', output: 'stopping: was sent signal 15' } as const;
    expect(await it_.registry.report(checkId, verdict, signal)).toBe('reported');
    expect(await checksOf('node-a:web.1:80')).toEqual([
      { id: checkId, serviceId: 'node-a:web.1:80', ...verdict, notes },
    ]);
  });

  it('does not know the check of a service that is not there', async () => {
    expect(await it_.registry.report('node-a:gone:80:container', RUNNING, signal)).toBe('unknown');
  });

  it('removes a service with its checks', async () => {
    await it_.registry.register(aRegistration(), signal);
    await it_.registry.deregister('node-a:web.1:80', signal);
    expect(await registered()).toEqual(new Map());
    expect(await checksOf('node-a:web.1:80')).toEqual([]);
  });

  it('does not mind removing a service that is not there', async () => {
    await expect(it_.registry.deregister('node-a:gone:80', signal)).resolves.toBeUndefined();
  });

  it.each(['a/b c?d', 'ü:100%', 'node-a:web.1:53:udp'])('takes the ID %j in every call', async (id) => {
    await it_.registry.register(aRegistration({ id }), signal);
    expect(await it_.registry.report(`${id}:container`, RUNNING, signal)).toBe('reported');
    await it_.registry.deregister(id, signal);
    expect(await registered()).toEqual(new Map());
  });
});
