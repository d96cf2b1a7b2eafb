import { beforeEach, describe, expect, it } from 'vitest';
import type { ContainerSnapshot } from '../../../src/domain/container.ts';
import { PortolanError } from '../../../src/lib/errors.ts';
import type { Identity } from '../../../src/registration/identity.ts';
import { EMPTY_PLAN } from '../../../src/registration/plan.ts';
import { createReporter, type Reporter } from '../../../src/registration/reporter.ts';
import type { LastPass } from '../../../src/registration/status.ts';
import { aContainer, http } from '../../support/containers.ts';
import { createRecordingLog, type RecordedLine } from '../../support/recording-log.ts';

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
