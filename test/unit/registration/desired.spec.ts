import { describe, expect, it } from 'vitest';
import type { ContainerSnapshot, ContainerState } from '../../../src/domain/container.ts';
import type { CheckVerdict } from '../../../src/registration/contracts.ts';
import { type DesiredContext, type DesiredOptions, desiredRegistrations } from '../../../src/registration/desired.ts';
import { aContainer, http } from '../../support/containers.ts';
import { desiredOptions } from '../../support/registration-options.ts';
import { aRegistration, aService, running } from '../../support/services.ts';

/** Where Portolan's own service comes from. */
const OURS = { containerId: '', containerName: 'portolan', port: 8650, protocol: 'tcp' } as const;

const web = aContainer();
const api = aContainer({ id: 'api', name: 'api.1', createdMs: 2_000 });
const stopping = { signal: '15', untilMs: 20_000 };
const drained = { status: 'critical', output: 'stopping: was sent signal 15' } as const;

const desire = (
  containers: readonly ContainerSnapshot[],
  options: Partial<DesiredOptions> = {},
  context: DesiredContext = {},
) => desiredRegistrations(containers, { ...desiredOptions, ...options }, context);
const idsOf = (containers: readonly ContainerSnapshot[], options?: Partial<DesiredOptions>) => [
  ...desire(containers, options).registrations.keys(),
];

describe('desiredRegistrations', () => {
  it('wants the services of all containers, and tells what each port gave', () => {
    const { registrations, containers } = desire([web]);
    expect([...registrations]).toEqual([['node-a:web.1:80', aRegistration()]]);
    expect(containers).toEqual([
      {
        container: web,
        ports: [{ kind: 'defined', port: http, service: aService(), warnings: [], sources: expect.any(Function) }],
        collisions: [],
        isHeld: false,
      },
    ]);
  });

  it("wants Portolan's own service, which runs", () => {
    const over = { id: 'portolan:node-a', name: 'portolan', origin: OURS };
    const verdict: CheckVerdict = { status: 'passing', output: 'running: instance x' };
    const { registrations } = desire([], {}, { self: { service: aService(over), verdict } });
    expect([...registrations]).toEqual([['portolan:node-a', aRegistration(over, { verdict })]]);
  });

  it.each<{ rule: string; over: Partial<ContainerSnapshot>; verdict: CheckVerdict }>([
    {
      rule: 'a paused one',
      over: { state: 'paused' },
      verdict: { status: 'critical', output: 'paused: by docker pause' },
    },
    {
      rule: 'a starting one',
      over: { health: 'starting' },
      verdict: { status: 'critical', output: 'starting: its HEALTHCHECK has not passed yet' },
    },
    { rule: 'a stopping one', over: { stopping }, verdict: drained },
  ])('keeps the service of $rule, and says what Docker says', ({ over, verdict }) => {
    expect([...desire([aContainer(over)]).registrations]).toEqual([
      ['node-a:web.1:80', aRegistration({}, { verdict })],
    ]);
  });

  it('says of a starting container what its label asks for', () => {
    const container = aContainer({ health: 'starting', labels: { SERVICE_CHECK_STARTING: 'warning' } });
    expect(desire([container]).registrations.get('node-a:web.1:80')?.containerCheck?.verdict).toEqual({
      status: 'warning',
      output: 'starting: its HEALTHCHECK has not passed yet',
    });
  });

  it.each<ContainerState>(['created', 'restarting', 'removing', 'exited', 'dead'])(
    'wants nothing of a container that is %s',
    (state) => {
      expect(desire([aContainer({ state })])).toEqual({ registrations: new Map(), containers: [], kept: new Map() });
    },
  );

  it('wants no service of a stopping container with --on-stop deregister', () => {
    expect(idsOf([aContainer({ stopping }), api], { onStop: 'deregister' })).toEqual(['node-a:api.1:80']);
  });

  it.each<{ where: string; over: Partial<ContainerSnapshot>; ttlMs: number }>([
    { where: 'its check is off', over: { labels: { SERVICE_CHECK_CONTAINER: 'off' } }, ttlMs: 60_000 },
    { where: 'there are no container checks', over: {}, ttlMs: 0 },
  ])('wants no service of a stopping container that cannot be told to drain: $where', ({ over, ttlMs }) => {
    expect(idsOf([aContainer(over)], { ttlMs })).toEqual(['node-a:web.1:80']);
    expect(idsOf([aContainer({ ...over, stopping })], { ttlMs })).toEqual([]);
  });

  it('lists containers by name, whatever their order', () => {
    const names = desire([web, api]).containers.map(({ container }) => container.name);
    expect(names).toEqual(['api.1', 'web.1']);
  });
});

describe('desiredRegistrations, one ID wanted twice', () => {
  const labels = { SERVICE_ID: 'same' };
  const older = aContainer({ id: 'b', name: 'older', createdMs: 1_000, labels });
  const newer = aContainer({ id: 'a', name: 'newer', createdMs: 2_000, labels });
  const holderOf = (containers: readonly ContainerSnapshot[], options?: Partial<DesiredOptions>) =>
    desire(containers, options).registrations.get('same')?.service.origin.containerName;

  it('belongs to the older container, in whatever order they come', () => {
    expect([holderOf([older, newer]), holderOf([newer, older])]).toEqual(['older', 'older']);
  });

  it('belongs to the container with the lower ID when both are of one age', () => {
    const twin = { ...newer, createdMs: 1_000 };
    expect([holderOf([older, twin]), holderOf([twin, older])]).toEqual(['newer', 'newer']);
  });

  it('tells the other container who has it', () => {
    expect(
      desire([older, newer]).containers.map(({ container, collisions }) => ({ name: container.name, collisions })),
    ).toEqual([
      { name: 'newer', collisions: [{ serviceId: 'same', heldBy: 'older' }] },
      { name: 'older', collisions: [] },
    ]);
  });

  it('stays with the older container while it drains', () => {
    expect(holderOf([{ ...older, stopping }, newer])).toBe('older');
  });

  it('goes to the newer one when the older is to be deregistered', () => {
    expect(holderOf([{ ...older, stopping }, newer], { onStop: 'deregister' })).toBe('newer');
  });

  it("is never Portolan's own", () => {
    const self = { service: aService({ id: 'same', origin: OURS }), verdict: running };
    const { registrations, containers } = desire([older], {}, { self });
    expect(registrations.get('same')?.service.origin.containerName).toBe('portolan');
    expect(containers[0]?.collisions).toEqual([{ serviceId: 'same', heldBy: 'portolan' }]);
  });
});
