import { describe, expect, it } from 'vitest';
import type { ContainerPort, ContainerSnapshot } from '../../../src/domain/container.ts';
import { PortolanError } from '../../../src/lib/errors.ts';
import type { RegistryState, ServiceRegistration } from '../../../src/registration/contracts.ts';
import type { ContainerOutcome } from '../../../src/registration/desired.ts';
import type { Identity } from '../../../src/registration/identity.ts';
import { EMPTY_PLAN, type RegistrationPlan } from '../../../src/registration/plan.ts';
import { registeredService } from '../../../src/registration/registration.ts';
import { type LastPass, registrationStatus, statusNotes } from '../../../src/registration/status.ts';
import { aContainer, http } from '../../support/containers.ts';
import { aRegistration, aService } from '../../support/services.ts';

const identity: Identity = {
  hostname: 'node-a',
  owner: 'owner-a',
  hostAddress: '192.0.2.10',
  hostAddressRule: '--host-address',
};
const https: ContainerPort = { ...http, port: 443 };

interface Found {
  readonly containers?: readonly ContainerSnapshot[];
  readonly outcomes?: readonly ContainerOutcome[];
  readonly desired?: readonly ServiceRegistration[];
  readonly registered?: readonly ServiceRegistration[];
  readonly outputs?: Readonly<Record<string, string>>;
  readonly plan?: Partial<RegistrationPlan>;
  readonly standing?: LastPass['standing'];
  readonly kept?: LastPass['desired']['kept'];
}

function pass({
  containers = [],
  outcomes = [],
  desired = [],
  registered = [],
  outputs = {},
  plan = {},
  standing = { kind: 'writing' },
  kept = new Map(),
}: Found): LastPass {
  const registry: RegistryState = {
    services: new Map(registered.map((registration) => [registration.service.id, registeredService(registration)])),
    checks: new Map(
      Object.entries(outputs).map(([id, output]) => [id, { id, serviceId: '', status: 'passing', output, notes: '' }]),
    ),
  };
  const registrations = new Map(desired.map((registration) => [registration.service.id, registration]));
  return {
    containers,
    registry,
    identity,
    standing,
    desired: { registrations, containers: outcomes, kept },
    held: new Map(),
    plan: { ...EMPTY_PLAN, ...plan },
  };
}

const statusOf = (found: Found) =>
  registrationStatus({ identity, last: pass(found), report: undefined, hasSucceeded: true, areScriptsRefused: false });

describe('registrationStatus', () => {
  it('is not ready and empty before anything has answered', () => {
    const state = {
      identity: undefined,
      last: undefined,
      report: undefined,
      hasSucceeded: false,
      areScriptsRefused: false,
    };
    expect(registrationStatus(state)).toStrictEqual({ isReady: false, containers: 0, services: [], notes: [] });
  });

  it('says who registers, and how many containers run', () => {
    const containers = [aContainer(), aContainer({ state: 'paused' }), aContainer({ state: 'exited', exitCode: 1 })];
    expect(statusOf({ containers })).toStrictEqual({
      isReady: true,
      ...identity,
      containers: 2,
      services: [],
      notes: [],
    });
  });

  it('says why the last pass failed, and stays ready', () => {
    const report = {
      resync: true,
      reasons: [],
      durationMs: 5,
      failures: 3,
      error: new PortolanError('CONSUL_UNREACHABLE', 'nobody\nanswers'),
    };
    expect(
      registrationStatus({ identity, last: pass({}), report, hasSucceeded: true, areScriptsRefused: false }),
    ).toStrictEqual({
      isReady: true,
      error: 'nobody; answers',
      ...identity,
      containers: 0,
      services: [],
      notes: [],
    });
  });

  it('lists the services that are registered, with what their container checks say', () => {
    const web = aRegistration();
    const quiet = aRegistration({ id: 'quiet', name: 'quiet' }, { ttlMs: 0 });
    const missing = aRegistration({ id: 'missing' });
    const { services } = statusOf({
      desired: [web, quiet, missing],
      registered: [web, quiet],
      outputs: { 'node-a:web.1:80:container': 'running: healthy' },
    });
    expect(services).toStrictEqual([
      {
        id: 'node-a:web.1:80',
        name: 'web',
        container: 'web.1',
        address: '192.0.2.10',
        port: 32_080,
        check: 'running: healthy',
      },
      { id: 'quiet', name: 'quiet', container: 'web.1', address: '192.0.2.10', port: 32_080 },
    ]);
  });

  it('names the newer Portolan that writes in our place', () => {
    const rival = 'instance x since 2027-01-15T08:00:00.000Z';
    expect(statusOf({ standing: { kind: 'passive', rival } })).toStrictEqual({
      isReady: true,
      rival,
      ...identity,
      containers: 0,
      services: [],
      notes: [],
    });
  });

  it('lists the services of containers that have ended by a failure, as they are registered', () => {
    const verdict = { status: 'critical', output: 'exited: with code 1' } as const;
    const kept = new Map(['a', 'theirs', 'missing'].map((id) => [id, { containerName: 'web.1', verdict }]));
    const registered = [aRegistration({ id: 'a', port: 9 }), aRegistration({ id: 'theirs' }, { owner: 'owner-b' })];
    const outputs = { 'a:container': 'exited: with code 1' };
    expect(statusOf({ kept, registered, outputs }).services).toStrictEqual([
      { id: 'a', name: 'web', container: 'web.1', address: '192.0.2.10', port: 9, check: 'exited: with code 1' },
    ]);
  });

  it('does not list a service of another owner as ours', () => {
    const theirs = aRegistration({}, { owner: 'owner-b' });
    expect(statusOf({ desired: [aRegistration()], registered: [theirs] }).services).toEqual([]);
  });
});

const warning = (label: string) => ({ label, value: 'a"b', problem: 'is bad; it is left out' });
const defined = (port: ContainerPort, warnings: readonly ReturnType<typeof warning>[] = []) => ({
  kind: 'defined' as const,
  sources: () => [],
  port,
  service: aService(),
  warnings,
});
const skipped = (port: ContainerPort, reason: string, warnings: readonly ReturnType<typeof warning>[] = []) => ({
  kind: 'skipped' as const,
  port,
  reason,
  warnings,
});

describe('statusNotes', () => {
  it('are none where all is as asked', () => {
    const outcomes = [{ container: aContainer(), ports: [defined(http)], collisions: [], isHeld: false }];
    expect(statusNotes(pass({ outcomes }))).toEqual([]);
  });

  it('tell of each container its warnings, its skipped ports and its collisions, then the conflicts', () => {
    const outcomes = [
      {
        container: aContainer({ name: 'api' }),
        ports: [skipped(http, 'is not published', [warning('SERVICE_X')]), defined(https, [warning('SERVICE_Y')])],
        collisions: [{ serviceId: 'same', heldBy: 'older' }],
        isHeld: false,
      },
      {
        container: aContainer(),
        ports: [skipped({ ...http, protocol: 'udp' }, 'is in no network')],
        collisions: [],
        isHeld: false,
      },
    ];
    const conflicts = [
      { serviceId: 'node-a:web.1:80', owner: 'owner-b', kind: 'held' as const },
      { serviceId: 'unknown', owner: 'owner-c', kind: 'held' as const },
    ];
    expect(statusNotes(pass({ outcomes, desired: [aRegistration()], plan: { conflicts } }))).toEqual([
      { kind: 'warning', container: 'api', text: 'SERVICE_X="a\\"b" is bad; it is left out' },
      { kind: 'skipped', container: 'api', text: 'port 80/tcp is not published' },
      { kind: 'warning', container: 'api', text: 'SERVICE_Y="a\\"b" is bad; it is left out' },
      {
        kind: 'conflict',
        container: 'api',
        text: 'service ID same belongs to the older container older; not registered',
      },
      { kind: 'skipped', container: 'web.1', text: 'port 80/udp is in no network' },
      {
        kind: 'conflict',
        container: 'web.1',
        text: 'service ID node-a:web.1:80 carries the mark of the owner owner-b, not ours (owner-a); left alone',
      },
      {
        kind: 'conflict',
        container: '',
        text: 'service ID unknown carries the mark of the owner owner-c, not ours (owner-a); left alone',
      },
    ]);
  });

  it('tell of a container that starts and ends all the time, and not what it would register', () => {
    const outcomes = [{ container: aContainer(), ports: [defined(http)], collisions: [], isHeld: true }];
    expect(statusNotes(pass({ outcomes }))).toEqual([
      {
        kind: 'skipped',
        container: 'web.1',
        text: 'was started 5 times within a minute; registered once it has run for 5 s',
      },
    ]);
  });

  it.each([
    { owner: undefined, who: 'by a program that leaves no mark (does registrator still run here?)' },
    { owner: 'owner-a', who: 'by somebody else' },
  ])('tell of a service that is changed again and again $who', ({ owner, who }) => {
    const conflicts = [{ serviceId: 'node-a:web.1:80', owner, kind: 'contested' as const }];
    expect(statusNotes(pass({ desired: [aRegistration()], plan: { conflicts } }))).toEqual([
      {
        kind: 'conflict',
        container: 'web.1',
        text: `service ID node-a:web.1:80 was changed again and again ${who}; left alone for 10 minutes`,
      },
    ]);
  });

  it('say once what holds for several ports', () => {
    const ports = [defined(http, [warning('SERVICE_X')]), defined(https, [warning('SERVICE_X')])];
    expect(
      statusNotes(pass({ outcomes: [{ container: aContainer(), ports, collisions: [], isHeld: false }] })),
    ).toEqual([{ kind: 'warning', container: 'web.1', text: 'SERVICE_X="a\\"b" is bad; it is left out' }]);
  });

  it('put line ends of a value on one line', () => {
    const broken = { label: 'SERVICE_X', value: 'a\nb', problem: 'is bad' };
    const ports = [{ ...defined(http), warnings: [broken] }];
    expect(
      statusNotes(pass({ outcomes: [{ container: aContainer(), ports, collisions: [], isHeld: false }] })),
    ).toEqual([{ kind: 'warning', container: 'web.1', text: 'SERVICE_X="a\\nb" is bad' }]);
  });
});
