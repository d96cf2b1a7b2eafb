import { beforeEach, describe, expect, it } from 'vitest';
import type { CheckVerdict } from '../../../src/registration/contracts.ts';
import { registeredService } from '../../../src/registration/registration.ts';
import { createRegistryView, type RegistryView } from '../../../src/registration/registry-view.ts';
import { createRecordingRegistry, type RecordingRegistry } from '../../support/recording-registry.ts';
import { aRegistration, containerNotes as notes, running } from '../../support/services.ts';

const signal = new AbortController().signal;
const drained: CheckVerdict = { status: 'critical', output: 'stopping: was sent signal 15' };
const ownCheck = { id: 'service:x', name: 'x', kind: 'ttl', ttl: '10s' } as const;

let registry: RecordingRegistry;
let view: RegistryView;

beforeEach(() => {
  registry = createRecordingRegistry();
  view = createRegistryView(registry);
});

async function callsOfRead(resync: boolean): Promise<readonly string[]> {
  registry.takeCalls();
  await view.read({ resync }, signal);
  return registry.takeCalls();
}

describe('createRegistryView, reading', () => {
  it('reads services and checks at first, resync or not', async () => {
    expect(await callsOfRead(false)).toEqual(['services', 'checks']);
  });

  it('reads nothing where nothing is doubtful', async () => {
    await view.read({ resync: true }, signal);
    expect(await callsOfRead(false)).toEqual([]);
  });

  it('reads services at every resync, and checks at every tenth', async () => {
    const calls: string[] = [];
    for (let resync = 0; resync < 21; resync++) calls.push((await callsOfRead(true)).join(' '));
    const quiet = Array.from({ length: 9 }, () => 'services');
    expect(calls).toEqual(['services checks', ...quiet, 'services checks', ...quiet, 'services checks']);
  });

  it('reads both again when the state is doubtful, once', async () => {
    await view.read({ resync: true }, signal);
    view.distrust();
    view.distrust();
    expect([await callsOfRead(false), await callsOfRead(false)]).toEqual([['services', 'checks'], []]);
  });

  it('reads again after a read that failed', async () => {
    registry.fail('checks', new Error('down'));
    await expect(view.read({ resync: true }, signal)).rejects.toThrow('down');
    registry.fail('checks');
    expect(await callsOfRead(false)).toEqual(['services', 'checks']);
  });

  it('keeps what it knew when a part cannot be read', async () => {
    await registry.register(aRegistration(), signal);
    await view.read({ resync: true }, signal);
    await registry.register(aRegistration({ id: 'other' }), signal);
    registry.fail('checks', new Error('down'));
    view.distrust();
    await expect(view.read({ resync: true }, signal)).rejects.toThrow('down');
    expect([...view.state().services.keys()]).toEqual(['node-a:web.1:80']);
  });

  it('does not forget a doubt that comes while it reads', async () => {
    const release = registry.hold('services');
    const reading = view.read({ resync: true }, signal);
    view.distrust();
    release();
    await reading;
    expect(await callsOfRead(false)).toEqual(['services', 'checks']);
  });

  it('gives what the registry holds', async () => {
    const registration = aRegistration();
    await registry.register(registration, signal);
    const { services, checks } = await view.read({ resync: true }, signal);
    const { id } = registration.service;
    expect([...services]).toEqual([[id, registeredService(registration)]]);
    expect([...checks]).toEqual([
      [`${id}:container`, { id: `${id}:container`, serviceId: id, status: 'passing', output: '', notes }],
    ]);
  });
});

describe('createRegistryView, our own changes', () => {
  const registration = aRegistration({ checks: [ownCheck] });
  const { id } = registration.service;

  beforeEach(async () => {
    await view.read({ resync: true }, signal);
    view.registered(registration);
  });

  it('shows a registration without reading, with its check as it was told', async () => {
    const { services, checks } = view.state();
    expect([...services]).toEqual([[id, registeredService(registration)]]);
    expect([...checks]).toEqual([
      [`${id}:container`, { id: `${id}:container`, serviceId: id, ...running, notes }],
      ['service:x', { id: 'service:x', serviceId: id, status: 'critical', output: '', notes: '' }],
    ]);
    expect(await callsOfRead(false)).toEqual([]);
  });

  it('shows the notes of the last registration', () => {
    view.registered(aRegistration({ checks: [ownCheck] }, { ttlMs: 120_000 }));
    expect([...view.state().checks.values()]).toEqual([
      {
        id: `${id}:container`,
        serviceId: id,
        ...running,
        notes: 'What Docker says of the container; Portolan repeats it within 2m',
      },
      { id: 'service:x', serviceId: id, status: 'critical', output: '', notes: '' },
    ]);
  });

  it('shows what a check was told', () => {
    view.reported(`${id}:container`, drained);
    expect(view.state().checks.get(`${id}:container`)).toEqual({
      id: `${id}:container`,
      serviceId: id,
      ...drained,
      notes,
    });
  });

  it('keeps what a check of the application says over a registration', async () => {
    await registry.register(registration, signal);
    await registry.report('service:x', { status: 'warning', output: 'slow' }, signal);
    view.distrust();
    await view.read({ resync: false }, signal);
    view.registered(registration);
    expect(view.state().checks.get('service:x')).toEqual({
      id: 'service:x',
      serviceId: id,
      status: 'warning',
      output: 'slow',
      notes: '',
    });
  });

  it('knows no check that it never saw registered', () => {
    view.reported('unknown:container', running);
    expect(view.state().checks.has('unknown:container')).toBe(false);
  });

  it('shows no service that is deregistered, nor its checks', () => {
    view.registered(aRegistration({ id: 'other' }));
    view.deregistered(id);
    expect([...view.state().services.keys()]).toEqual(['other']);
    expect([...view.state().checks.keys()]).toEqual(['other:container']);
  });
});

describe('createRegistryView, surprises', () => {
  const registration = aRegistration();
  const { id } = registration.service;

  beforeEach(async () => {
    await registry.register(registration, signal);
    await view.read({ resync: true }, signal);
  });

  const surprisesOf = async (resync = true) => [...(await view.read({ resync }, signal)).surprises];

  it('are none at the first read, whatever is there', async () => {
    view = createRegistryView(registry);
    expect(await surprisesOf()).toEqual([]);
  });

  it.each([
    { what: 'another address', over: { address: '192.0.2.99' } },
    { what: 'another port', over: { port: 1 } },
    { what: 'other tags', over: { tags: ['x'] } },
    { what: 'another pair', over: { meta: { x: '1' } } },
  ])('are services that were left as they are, and now have $what', async ({ over }) => {
    await registry.register(aRegistration(over), signal);
    expect(await surprisesOf()).toEqual([id]);
  });

  it('are told once', async () => {
    await registry.register(aRegistration({ port: 1 }), signal);
    expect([await surprisesOf(), await surprisesOf()]).toEqual([[id], []]);
  });

  it('come again with each change', async () => {
    for (const port of [1, 2, 3]) {
      await registry.register(aRegistration({ port }), signal);
      expect(await surprisesOf()).toEqual([id]);
      await registry.register(registration, signal);
      view.registered(registration);
    }
  });

  it.each([
    { what: 'services that are as they were left', change: async () => {} },
    { what: 'services that are gone: then the agent has lost its data', change: () => registry.deregister(id, signal) },
    { what: 'new services', change: () => registry.register(aRegistration({ id: 'new' }), signal) },
    { what: 'checks', change: () => registry.report(`${id}:container`, drained, signal) },
  ])('are no $what', async ({ change }) => {
    await change();
    expect(await surprisesOf()).toEqual([]);
  });

  it('are no changes of our own', async () => {
    const changed = aRegistration({ port: 1 });
    await registry.register(changed, signal);
    view.registered(changed);
    expect(await surprisesOf()).toEqual([]);
  });

  it('are no tags that others may change', async () => {
    const open = aRegistration({ enableTagOverride: true, tags: ['ours'] });
    await registry.register(open, signal);
    view.registered(open);
    await registry.register({ ...open, service: { ...open.service, tags: ['theirs'] } }, signal);
    expect(await surprisesOf()).toEqual([]);
  });

  it('are not looked for where nothing is read', async () => {
    await registry.register(aRegistration({ port: 1 }), signal);
    expect([await surprisesOf(false), await surprisesOf()]).toEqual([[], [id]]);
  });
});
