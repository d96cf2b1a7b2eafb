import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CatalogSnapshot } from '../../src/domain/catalog.ts';
import { aRegistration } from '../support/registrations.ts';
import { REGISTRIES, type TestRegistry } from '../support/registries.ts';
import { until } from '../support/until.ts';

describe.each(REGISTRIES)('a CatalogSource: %s', (_name, start) => {
  const { signal } = new AbortController();
  let it_: TestRegistry;
  let ending: AbortController;
  let following: Promise<void>;
  let snapshots: CatalogSnapshot[];
  const web = (snapshot = snapshots.at(-1)) => snapshot?.services.get('web') ?? [];

  beforeAll(async () => {
    it_ = await start();
  });
  afterAll(async () => {
    await it_.stop();
  });
  beforeEach(async () => {
    snapshots = [];
    ending = new AbortController();
    const observer = { onSnapshot: (snapshot: CatalogSnapshot) => snapshots.push(snapshot), onOutage: () => undefined };
    following = it_.source.follow(observer, ending.signal);
    await until('a first snapshot', () => snapshots.length > 0);
  });
  afterEach(async () => {
    ending.abort();
    await following;
    for (const { id } of web()) await it_.registry.deregister(id, signal);
  });

  it('shows an instance that is registered, whole', async () => {
    const registration = aRegistration();
    await it_.registry.register(registration, signal);
    await until('the instance', () => web().length === 1);
    const { id, address, port, tags } = registration.service;
    expect(web()[0]).toMatchObject({
      ...{ service: 'web', id, address, port, tags, meta: registration.meta, status: 'passing' },
      ...{ weights: { passing: 1, warning: 1 } },
    });
    const check = { id: `${id}:container`, status: 'passing', output: '', serviceId: id, serviceName: 'web' };
    expect(web()[0]?.checks).toContainEqual(expect.objectContaining(check));
    expect(snapshots.at(-1)?.names.get('web')).toEqual(tags.toSorted());
    expect(snapshots.at(-1)?.trust).toBe('confirmed');
  });

  it('shows what a check says, and why', async () => {
    await it_.registry.register(aRegistration(), signal);
    const verdict = { status: 'critical', output: 'paused: by docker pause' } as const;
    await it_.registry.report('node-a:web.1:80:container', verdict, signal);
    await until('the verdict', () => web()[0]?.status === 'critical');
    const check = { id: 'node-a:web.1:80:container', ...verdict };
    expect(web()[0]?.checks).toContainEqual(expect.objectContaining(check));
  });

  it('no longer shows an instance that is removed', async () => {
    await it_.registry.register(aRegistration(), signal);
    await it_.registry.register(aRegistration({ id: 'node-a:web.2:80' }), signal);
    await until('both instances', () => web().length === 2);
    await it_.registry.deregister('node-a:web.1:80', signal);
    await until('one instance', () => web().length === 1);
    expect(web()[0]?.id).toBe('node-a:web.2:80');
  });

  it('tells by the create index who was there first, also after a change', async () => {
    await it_.registry.register(aRegistration(), signal);
    await it_.registry.register(aRegistration({ id: 'node-a:web.2:80' }), signal);
    await it_.registry.register(aRegistration({ tags: ['changed'] }), signal);
    await until('the change', () => web().some(({ tags }) => tags[0] === 'changed'));
    const [first, second] = web();
    expect([first?.id, second?.id]).toEqual(['node-a:web.1:80', 'node-a:web.2:80']);
    expect(first?.createIndex).toBeLessThan(second?.createIndex ?? 0);
  });

  it('ends when aborted, and shows nothing more', async () => {
    ending.abort();
    await following;
    const before = snapshots.length;
    await it_.registry.register(aRegistration({ id: 'node-a:late:80', name: 'late' }), signal);
    expect(snapshots.length).toBe(before);
    await it_.registry.deregister('node-a:late:80', signal);
  });
});
