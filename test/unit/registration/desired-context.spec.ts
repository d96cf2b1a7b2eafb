import { describe, expect, it } from 'vitest';
import type { ContainerSnapshot } from '../../../src/domain/container.ts';
import { createDefinitionsCache, createFingerprintCache } from '../../../src/registration/definitions-cache.ts';
import { type DesiredContext, type DesiredOptions, desiredRegistrations } from '../../../src/registration/desired.ts';
import { createTagsTemplate } from '../../../src/registration/tags-template.ts';
import { aContainer } from '../../support/containers.ts';
import { desiredOptions } from '../../support/registration-options.ts';
import { aService, running } from '../../support/services.ts';

const web = aContainer();
const api = aContainer({ id: 'api', name: 'api.1', createdMs: 2_000 });
const many = (count: number) => Array.from({ length: count }, (_, i) => aContainer({ id: `c${i}`, name: `c${i}` }));

const desire = (
  containers: readonly ContainerSnapshot[],
  options: Partial<DesiredOptions> = {},
  context: DesiredContext = {},
) => desiredRegistrations(containers, { ...desiredOptions, ...options }, context);

describe('desiredRegistrations, containers that start and end all the time', () => {
  const held = new Map([[web.id, 5_000]]);

  it('are not registered while they are held, and are told apart', () => {
    const { registrations, containers } = desire([web, api], {}, { held });
    expect([...registrations.keys()]).toEqual(['node-a:api.1:80']);
    expect(containers.map(({ container, isHeld }) => [container.name, isHeld])).toEqual([
      ['api.1', false],
      ['web.1', true],
    ]);
  });

  it('leave their IDs to others', () => {
    const labels = { SERVICE_ID: 'same' };
    const { registrations, containers } = desire(
      [
        { ...web, labels },
        { ...api, labels },
      ],
      {},
      { held },
    );
    expect(registrations.get('same')?.service.origin.containerName).toBe('api.1');
    expect(containers.flatMap(({ collisions }) => collisions)).toEqual([]);
  });
});

describe('desiredRegistrations, containers that wait for a document', () => {
  const tags = createTagsTemplate('{{if eq .Name "/web"}}{{httpGet "http://x/"}}{{end}}', () => undefined);
  const waiting = { ...web, inspected: { Name: '/web' } };
  const other = { ...api, inspected: { Name: '/api' } };

  it('are not registered, and what is registered of them stays', () => {
    const { registrations, kept, containers } = desire([waiting, other], { tags });
    expect([...registrations.keys()]).toEqual(['node-a:api.1:80']);
    expect([...kept]).toEqual([
      ['node-a:web.1:80', { containerName: 'web.1', verdict: { status: 'passing', output: 'running' } }],
    ]);
    expect(containers.map((one) => one.tags?.urls)).toEqual([[], ['http://x/']]);
  });

  it('keep their IDs before younger ones', () => {
    const labels = { SERVICE_ID: 'same' };
    const { registrations, kept, containers } = desire(
      [
        { ...waiting, labels },
        { ...other, labels },
      ],
      { tags },
    );
    expect([[...registrations.keys()], [...kept.keys()]]).toEqual([[], ['same']]);
    expect(containers.flatMap(({ collisions }) => collisions)).toEqual([{ serviceId: 'same', heldBy: 'web.1' }]);
  });

  it('go when they are asked to stop and nobody could be told to drain', () => {
    const stopping = { signal: '15', untilMs: 1 };
    expect(desire([{ ...waiting, stopping }], { tags, onStop: 'deregister' }).kept.size).toBe(0);
  });
});

describe('desiredRegistrations, the TTL of the container checks', () => {
  const ttlsOf = (
    containers: readonly ContainerSnapshot[],
    options?: Partial<DesiredOptions>,
    context?: DesiredContext,
  ) => [
    ...new Set(
      [...desire(containers, options, context).registrations.values()].map((one) => one.containerCheck?.ttlMs),
    ),
  ];

  it('grows with their number', () => {
    expect([ttlsOf(many(300)), ttlsOf(many(301))]).toEqual([[60_000], [120_000]]);
  });

  it("counts Portolan's own", () => {
    const service = aService({ id: 'portolan:node-a' });
    expect(ttlsOf(many(300), {}, { self: { service, verdict: running } })).toEqual([120_000]);
  });

  it('counts no service whose check is off', () => {
    const quiet = aContainer({ id: 'quiet', name: 'quiet', labels: { SERVICE_CHECK_CONTAINER: 'off' } });
    expect(ttlsOf([...many(300), quiet])).toEqual([60_000, undefined]);
  });

  it('is what the operator says', () => {
    expect(ttlsOf(many(301), { isTtlGiven: true })).toEqual([60_000]);
  });
});

describe('desiredRegistrations, containers that have ended by a failure', () => {
  const failed = aContainer({ state: 'exited', exitCode: 1 });
  const onSuccess = { deregister: 'on-success' } as const;
  const kept = (containers: readonly ContainerSnapshot[], options?: Partial<DesiredOptions>) =>
    Object.fromEntries(desire(containers, options).kept);

  it('keep their services with --deregister on-success, without being containers that offer something', () => {
    expect(desire([failed], onSuccess)).toEqual({
      registrations: new Map(),
      containers: [],
      kept: new Map([
        ['node-a:web.1:80', { containerName: 'web.1', verdict: { status: 'critical', output: 'exited: with code 1' } }],
      ]),
    });
  });

  it('keep none without it', () => {
    expect(kept([failed])).toEqual({});
  });

  it('keep none whose ID a container that runs has now', () => {
    const labels = { SERVICE_ID: 'same' };
    expect(
      kept(
        [
          { ...failed, labels },
          { ...api, labels },
        ],
        onSuccess,
      ),
    ).toEqual({});
  });
});

describe('desiredRegistrations, again and again', () => {
  it('gives the same with a memory as without', () => {
    const memory = { define: createDefinitionsCache(), fingerprint: createFingerprintCache() };
    const options = { ...desiredOptions };
    const first = desiredRegistrations([web, api], options, memory);
    const again = desiredRegistrations([web, api], options, memory);
    const { registrations } = desire([web, api]);
    expect([first.registrations, again.registrations]).toEqual([registrations, registrations]);
    expect(again.containers).toEqual(first.containers);
  });

  it('derives the definitions of each container but once', () => {
    const memory = { define: createDefinitionsCache(), fingerprint: createFingerprintCache() };
    const serviceOf = () =>
      desiredRegistrations([web], desiredOptions, memory).registrations.get('node-a:web.1:80')?.service;
    expect(serviceOf()).toBe(serviceOf());
  });
});
