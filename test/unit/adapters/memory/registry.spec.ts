import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMemoryCatalog, type MemoryCatalog } from '../../../../src/adapters/memory/registry.ts';
import type { CheckResult } from '../../../../src/domain/catalog.ts';
import { createRecordingObserver, gist, type RecordingObserver } from '../../../support/recording-observer.ts';
import { aRegistration, RUNNING } from '../../../support/registrations.ts';

const { signal } = new AbortController();
const id = 'node-a:web.1:80';
const second = 'node-a:web.2:80';

let catalog: MemoryCatalog;
let observer: RecordingObserver;
let ending: AbortController;
let following: Promise<void>;

beforeEach(() => {
  catalog = createMemoryCatalog('host-a');
  observer = createRecordingObserver();
  ending = new AbortController();
  following = catalog.source.follow(observer, ending.signal);
});

afterEach(async () => {
  ending.abort();
  await following;
});

const register = (...args: Parameters<typeof aRegistration>) =>
  catalog.registry.register(aRegistration(...args), signal);
const last = () => observer.snapshots.at(-1);
/** The check of the first container, as the catalog shows it. */
const containerCheck = (over: Partial<CheckResult>): CheckResult => {
  const checkId = `${id}:container`;
  const { notes = '' } = aRegistration().containerCheck ?? {};
  const texts = { id: checkId, name: checkId, notes, type: 'ttl', node: 'host-a', output: '' };
  const service = { serviceId: id, serviceName: 'web', serviceTags: ['blue', 'eu'] };
  return { ...texts, ...service, status: 'passing', createIndex: 1, modifyIndex: 1, ...over };
};
const lastOf = (service: string) => last()?.services.get(service);

describe('the catalog in memory', () => {
  it('shows an instance whole', async () => {
    const registration = aRegistration();
    await catalog.registry.register(registration, signal);
    expect(last()).toEqual({
      trust: 'confirmed',
      confirmedMs: Number.POSITIVE_INFINITY,
      staleMs: 0,
      isFiltered: false,
      nodes: new Set(['host-a']),
      names: new Map([['web', ['blue', 'eu']]]),
      services: new Map([
        [
          'web',
          [
            {
              service: 'web',
              id,
              node: 'host-a',
              nodeId: '',
              nodeAddress: '192.0.2.5',
              nodeTaggedAddresses: {},
              nodeMeta: {},
              address: '192.0.2.5',
              port: 32_080,
              taggedAddresses: {},
              tags: ['blue', 'eu'],
              meta: registration.meta,
              status: 'passing',
              checks: [containerCheck({})],
              weights: { passing: 1, warning: 1 },
              createIndex: 1,
            },
          ],
        ],
      ]),
    });
  });

  it('tells a new observer what there is, even if it is nothing, and no other', async () => {
    const other = createRecordingObserver();
    const followingToo = catalog.source.follow(other, ending.signal);
    expect(observer.snapshots.map(gist)).toEqual([{ trust: 'confirmed', services: {} }]);
    expect(other.snapshots).toEqual(observer.snapshots);
    ending.abort();
    await followingToo;
  });

  it('tells nobody who has ended', async () => {
    ending.abort();
    await following;
    await register();
    await catalog.source.follow(observer, ending.signal);
    expect(observer.snapshots).toHaveLength(1);
  });

  it('groups instances by service, in the order of their IDs', async () => {
    await register({ id: second });
    await register({ id: 'node-a:api.1:80', name: 'api' });
    await register({ id });
    expect(gist(last() ?? { services: new Map(), trust: 'doubtful' })).toEqual({
      trust: 'confirmed',
      services: { api: ['node-a:api.1:80'], web: [id, second] },
    });
  });

  it('lists the services with the tags of all their instances, sorted', async () => {
    await register({ id, tags: ['eu', 'blue'] });
    await register({ id: second, tags: ['eu', 'B'] });
    await register({ id: 'node-a:api.1:80', name: 'api', tags: [] });
    expect([...(last()?.names ?? [])]).toEqual([
      ['api', []],
      ['web', ['B', 'blue', 'eu']],
    ]);
  });

  it('no longer shows what is deregistered', async () => {
    await register({ id });
    await register({ id: second });
    await catalog.registry.deregister(id, signal);
    expect(lastOf('web')?.map((instance) => instance.id)).toEqual([second]);
    await catalog.registry.deregister(second, signal);
    expect(last()?.services).toEqual(new Map());
  });

  it('is silent when nothing changes', async () => {
    await register();
    await catalog.registry.report(`${id}:container`, { status: 'passing', output: 'running' }, signal);
    const before = observer.snapshots.length;
    await catalog.registry.report(`${id}:container`, { status: 'passing', output: 'running' }, signal);
    await register();
    await catalog.registry.deregister('node-a:gone:80', signal);
    expect(observer.snapshots).toHaveLength(before);
  });

  it('shares with the snapshot before what has not changed', async () => {
    await register();
    const before = lastOf('web');
    await register({ id: 'node-a:api.1:80', name: 'api' });
    expect(lastOf('web')).toBe(before);
  });

  it('keeps by the create index who was first, also after a change', async () => {
    await register({ id });
    await register({ id: second });
    await register({ id, port: 1 });
    expect(lastOf('web')?.map(({ port, createIndex }) => ({ port, createIndex }))).toEqual([
      { port: 1, createIndex: 1 },
      { port: 32_080, createIndex: 2 },
    ]);
  });

  it('counts anew what was away', async () => {
    await register({ id });
    await register({ id: second });
    await catalog.registry.deregister(id, signal);
    await register({ id });
    expect(lastOf('web')?.map(({ createIndex }) => createIndex)).toEqual([3, 2]);
  });
});

describe('the health of an instance in memory', () => {
  it.each(['passing', 'warning', 'critical'] as const)('is what its container check says: %s', async (status) => {
    await register({}, { status, output: 'x' });
    expect(lastOf('web')?.map((instance) => instance.status)).toEqual([status]);
  });

  it('is what was reported last, with its words', async () => {
    await register();
    const verdict = { status: 'critical', output: 'paused' } as const;
    expect(await catalog.registry.report(`${id}:container`, verdict, signal)).toBe('reported');
    expect(lastOf('web')?.map(({ status, checks }) => ({ status, checks }))).toEqual([
      { status: 'critical', checks: [containerCheck(verdict)] },
    ]);
  });

  it("does not follow the application's own checks, which nobody runs here", async () => {
    await register({ checks: [{ kind: 'ttl', ttl: '1m', id: 'own', name: 'own', initialStatus: 'critical' }] });
    expect(lastOf('web')?.map(({ status, checks }) => ({ status, checks }))).toEqual([
      { status: 'passing', checks: [containerCheck({})] },
    ]);
  });

  it('is passing without a container check', async () => {
    await register({ containerCheck: { kind: 'off' } });
    expect(lastOf('web')?.map(({ status, checks }) => ({ status, checks }))).toEqual([
      { status: 'passing', checks: [] },
    ]);
  });
});

describe('the registry in memory', () => {
  const own = { kind: 'ttl', ttl: '1m', id: 'own', name: 'own' } as const;
  const notes = 'What Docker says of the container; Portolan repeats it within 1m';

  it('gives back services', async () => {
    const registration = aRegistration();
    await catalog.registry.register(registration, signal);
    expect(await catalog.registry.services(signal)).toEqual(
      new Map([
        [
          id,
          {
            id,
            name: 'web',
            address: '192.0.2.5',
            port: 32_080,
            enableTagOverride: false,
            weights: { passing: 1, warning: 1 },
            tags: ['blue', 'eu'],
            meta: registration.meta,
          },
        ],
      ]),
    );
  });

  it('gives back checks, critical until somebody says otherwise, and the notes of the container check', async () => {
    await register({ checks: [own, { ...own, id: 'told', initialStatus: 'warning' }] });
    expect(await catalog.registry.checks(signal)).toEqual(
      new Map([
        [`${id}:container`, { id: `${id}:container`, serviceId: id, status: 'passing', output: '', notes }],
        ['own', { id: 'own', serviceId: id, status: 'critical', output: '', notes: '' }],
        ['told', { id: 'told', serviceId: id, status: 'warning', output: '', notes: '' }],
      ]),
    );
  });

  it('keeps the status of a check that stays, and drops one that goes', async () => {
    await register({ checks: [own] });
    await catalog.registry.report(`${id}:container`, { status: 'critical', output: 'paused' }, signal);
    await register();
    expect(await catalog.registry.checks(signal)).toEqual(
      new Map([
        [`${id}:container`, { id: `${id}:container`, serviceId: id, status: 'critical', output: 'paused', notes }],
      ]),
    );
  });

  it('takes the new notes of a check that stays, with its status and output as they were', async () => {
    await register();
    await catalog.registry.report(`${id}:container`, { status: 'critical', output: 'paused' }, signal);
    await register({}, RUNNING, 120_000);
    expect([...(await catalog.registry.checks(signal)).values()]).toEqual([
      {
        id: `${id}:container`,
        serviceId: id,
        status: 'critical',
        output: 'paused',
        notes: 'What Docker says of the container; Portolan repeats it within 2m',
      },
    ]);
  });

  it('drops a service with its checks', async () => {
    await register({ checks: [own] });
    await catalog.registry.deregister(id, signal);
    expect(await catalog.registry.services(signal)).toEqual(new Map());
    expect(await catalog.registry.checks(signal)).toEqual(new Map());
  });

  it('does not know a check that it was not given', async () => {
    expect(await catalog.registry.report('node-a:gone:80:container', RUNNING, signal)).toBe('unknown');
  });

  it('gives away copies', async () => {
    await register();
    const checks = await catalog.registry.checks(signal);
    await catalog.registry.deregister(id, signal);
    expect([...checks.keys()]).toEqual([`${id}:container`]);
  });

  it('has no address of its own, and no connection that could end', async () => {
    expect(await catalog.registry.advertisedAddress(signal)).toBeUndefined();
    expect(catalog.registry.watchConnection(() => undefined, signal)).toBeUndefined();
  });
});
