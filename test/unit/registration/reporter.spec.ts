import { beforeEach, describe, expect, it } from 'vitest';
import type { ContainerSnapshot } from '../../../src/domain/container.ts';
import { PortolanError } from '../../../src/lib/errors.ts';
import type { Identity } from '../../../src/registration/identity.ts';
import { EMPTY_PLAN } from '../../../src/registration/plan.ts';
import { createReporter, type Reporter } from '../../../src/registration/reporter.ts';
import type { LastPass } from '../../../src/registration/status.ts';
import { aContainer, http } from '../../support/containers.ts';
import { createRecordingLog, type RecordedLine } from '../../support/recording-log.ts';
import { aRegistration } from '../../support/services.ts';

const identity: Identity = {
  hostname: 'node-a',
  owner: 'owner-a',
  hostAddress: '192.0.2.10',
  hostAddressRule: '--host-address',
};
const registering = { level: 'info', message: 'registering', facts: identity };

const pace = { ttlMs: 60_000, heartbeatMs: 15_000, isTtlGiven: false };

let lines: RecordedLine[];
let reporter: Reporter;

beforeEach(() => {
  lines = [];
  reporter = createReporter(createRecordingLog(lines));
});

/** A pass in which these containers were not published; `conflict` is an ID that another owner holds. */
function pass(containers: readonly ContainerSnapshot[], conflict?: string): LastPass {
  const outcomes = containers.map((container) => ({
    container,
    ports: [{ kind: 'skipped' as const, port: http, reason: 'is not published', warnings: [] }],
    collisions: [],
    isHeld: false,
  }));
  return {
    containers,
    identity,
    registry: { services: new Map(), checks: new Map() },
    standing: { kind: 'writing' },
    desired: { registrations: new Map(), containers: outcomes, kept: new Map() },
    held: new Map(),
    plan: {
      ...EMPTY_PLAN,
      conflicts: conflict === undefined ? [] : [{ serviceId: conflict, owner: 'owner-b', kind: 'held' }],
    },
  };
}

/** The lines since the last time. */
function take(): readonly RecordedLine[] {
  return lines.splice(0);
}

describe('createReporter, passes', () => {
  it('says once who registers', () => {
    reporter.pass(pass([]), pace);
    reporter.pass(pass([]), pace);
    expect(take()).toEqual([registering]);
  });

  it('says each fact once, as long as it holds', () => {
    reporter.pass(pass([aContainer()]), pace);
    reporter.pass(pass([aContainer(), aContainer({ name: 'api' })]), pace);
    expect(take()).toEqual([
      registering,
      {
        level: 'info',
        message: 'port is not registered',
        facts: { container: 'web.1', fact: 'port 80/tcp is not published' },
      },
      {
        level: 'info',
        message: 'port is not registered',
        facts: { container: 'api', fact: 'port 80/tcp is not published' },
      },
    ]);
  });

  it('says a fact again that had ended', () => {
    for (const containers of [[aContainer()], [], [aContainer()]]) reporter.pass(pass(containers), pace);
    expect(take().map(({ message }) => message)).toEqual([
      'registering',
      'port is not registered',
      'port is not registered',
    ]);
  });

  it("calls a user's mistake news, and a conflict with others worth a look", () => {
    const last = pass([aContainer()], 'x');
    const [outcome] = last.desired.containers;
    const warnings = [{ label: 'SERVICE_X', value: 'y', problem: 'is bad' }];
    const ports = (outcome?.ports ?? []).map((port) => ({ ...port, warnings }));
    const collisions = [{ serviceId: 'z', heldBy: 'older' }];
    const containers = [{ container: aContainer(), ports, collisions, isHeld: false }];
    reporter.pass({ ...last, desired: { ...last.desired, containers } }, pace);
    expect(take().map(({ level, message }) => `${level} ${message}`)).toEqual([
      'info registering',
      'info setting is not taken as written',
      'info port is not registered',
      'warn service belongs to somebody else',
      'warn service belongs to somebody else',
    ]);
  });
});

describe('createReporter, what concerns all', () => {
  const facts = (last: Partial<LastPass>, options = pace) => {
    reporter.pass({ ...pass([]), ...last }, options);
    return take().filter(({ message }) => message !== 'registering');
  };
  const registrations = (count: number) =>
    new Map(Array.from({ length: count }, (_, i) => [`s${i}`, aRegistration({ id: `s${i}` })]));
  const desired = (count: number) => ({ registrations: registrations(count), containers: [], kept: new Map() });
  const hurried = {
    level: 'warn',
    message: 'more than 20 heartbeats a second; a longer --ttl-refresh would cost the agent less',
    facts: {},
  };

  it.each<{ rule: string; standing: LastPass['standing']; message: string }>([
    {
      rule: 'a newer Portolan that writes',
      standing: { kind: 'passive', rival: 'instance x since T' },
      message: 'a newer Portolan with our owner mark runs here (instance x since T); it writes, this one only watches',
    },
    {
      rule: 'an older one that should not run',
      standing: { kind: 'writing', rival: { name: 'instance x since T', hasEnded: false } },
      message:
        'an older Portolan with our owner mark runs here (instance x since T); this one writes, the other should be stopped',
    },
    {
      rule: 'a newer one that has ended',
      standing: { kind: 'writing', rival: { name: 'instance x since T', hasEnded: true } },
      message: 'the newer Portolan (instance x since T) has ended; this one writes again',
    },
  ])('warns once of $rule', ({ standing, message }) => {
    expect([facts({ standing }), facts({ standing })]).toEqual([[{ level: 'warn', message, facts: {} }], []]);
  });

  it('warns once of more heartbeats than are kind to an agent, when the operator wants them', () => {
    const given = { ...pace, isTtlGiven: true };
    expect([facts({ desired: desired(301) }, given), facts({ desired: desired(400) }, given)]).toEqual([[hurried], []]);
  });

  it.each([
    { rule: 'of no more than 20 a second', last: { desired: desired(300) }, options: { ...pace, isTtlGiven: true } },
    { rule: 'of those that nobody has asked for', last: { desired: desired(301) }, options: pace },
  ])('does not warn $rule', ({ last, options }) => {
    expect(facts(last, options)).toEqual([]);
  });

  it('counts the services that have a container check', () => {
    const quiet = aRegistration({ id: 'quiet' }, { ttlMs: 0 });
    const all = { ...desired(300), registrations: new Map([...registrations(300), ['quiet', quiet]]) };
    expect(facts({ desired: all }, { ...pace, isTtlGiven: true })).toEqual([]);
  });
});

describe('createReporter, outcomes', () => {
  const outcome = (failures: number) => ({
    resync: false,
    reasons: ['docker: start'],
    durationMs: 12.4,
    failures,
    ...(failures > 0 && {
      error: new PortolanError('CONSUL_UNREACHABLE', 'nobody answers', { hint: 'Start Consul.' }),
    }),
  });
  const news = () => take().filter(({ level }) => level !== 'debug');

  it('notes every pass for those who look for it', () => {
    reporter.outcome(outcome(0));
    expect(take()).toEqual([
      { level: 'debug', message: 'registration pass', facts: { durationMs: 12, reasons: ['docker: start'] } },
    ]);
  });

  it('says that passes fail, and that they work again, once each', () => {
    for (const failures of [0, 1, 2, 3, 0, 0]) reporter.outcome(outcome(failures));
    expect(news()).toEqual([
      {
        level: 'warn',
        message: 'registration fails; trying again',
        facts: { code: 'CONSUL_UNREACHABLE', error: 'nobody answers', hint: 'Start Consul.' },
      },
      { level: 'info', message: 'registration works again', facts: {} },
    ]);
  });

  it('says it again when they fail again', () => {
    for (const failures of [1, 0, 1]) reporter.outcome(outcome(failures));
    expect(news().map(({ message }) => message)).toEqual([
      'registration fails; trying again',
      'registration works again',
      'registration fails; trying again',
    ]);
  });
});
