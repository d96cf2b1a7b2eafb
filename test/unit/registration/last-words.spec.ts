import { beforeEach, describe, expect, it } from 'vitest';
import { PortolanError } from '../../../src/lib/errors.ts';
import type { CheckVerdict } from '../../../src/registration/contracts.ts';
import { createHeartbeats, type Heartbeats } from '../../../src/registration/heartbeats.ts';
import { sayLastWords } from '../../../src/registration/last-words.ts';
import { createRegistryView, type RegistryView } from '../../../src/registration/registry-view.ts';
import { createFakeClock, type FakeClock } from '../../support/fake-clock.ts';
import { createRecordingLog, type RecordingLog } from '../../support/recording-log.ts';
import { createRecordingRegistry, type RecordingRegistry } from '../../support/recording-registry.ts';
import { aRegistration, running } from '../../support/services.ts';

const identity = { hostname: 'node-a', owner: 'owner-a', hostAddress: '192.0.2.10', hostAddressRule: '' };
const drained: CheckVerdict = { status: 'critical', output: 'stopping: was sent signal 15' };
const { signal } = new AbortController();

let clock: FakeClock;
let log: RecordingLog;
let registry: RecordingRegistry;
let view: RegistryView;
let heartbeats: Heartbeats;

beforeEach(async () => {
  clock = createFakeClock();
  log = createRecordingLog();
  registry = createRecordingRegistry();
  view = createRegistryView(registry);
  heartbeats = createHeartbeats({ registry, clock, random: () => 0.5, onUnknown: () => {}, onTurn: () => {} });
  for (const id of ['web', 'portolan:node-a']) await registry.register(aRegistration({ id }), signal);
  await registry.register(aRegistration({ id: 'theirs' }, { owner: 'owner-b' }), signal);
  await view.read({ resync: true }, signal);
  keep({ 'web:container': drained, 'portolan:node-a:container': running });
  registry.takeCalls();
});

function keep(verdicts: Readonly<Record<string, CheckVerdict>>): void {
  heartbeats.keep(new Map(Object.entries(verdicts).map(([id, verdict]) => [id, { verdict, periodMs: 15_000 }])));
}

async function say(onExit: 'stay' | 'leave'): Promise<readonly string[]> {
  await sayLastWords({ heartbeats, view }, { registry, clock, log }, { onExit, identity });
  return registry.takeCalls().toSorted();
}

describe('sayLastWords', () => {
  it('says once more what each check says, and farewell to the next Portolan', async () => {
    expect(await say('stay')).toEqual([
      'report portolan:node-a:container passing running: handed over',
      'report web:container critical stopping: was sent signal 15',
    ]);
    expect(log.lines).toEqual([{ level: 'info', message: 'the services stay registered', facts: { services: 2 } }]);
  });

  it('says farewell also while its own check is silent', async () => {
    keep({});
    expect(await say('stay')).toEqual(['report portolan:node-a:container passing running: handed over']);
  });

  it('says no farewell where Portolan itself is not registered', async () => {
    view.deregistered('portolan:node-a');
    keep({ 'web:container': running });
    expect(await say('stay')).toEqual(['report web:container passing running']);
  });

  it('deregisters what is ours when it leaves, and says nothing', async () => {
    expect(await say('leave')).toEqual(['deregister portolan:node-a', 'deregister web']);
    expect(log.lines).toEqual([
      { level: 'info', message: 'left: the services are deregistered', facts: { services: 2 } },
    ]);
  });

  it.each(['stay', 'leave'] as const)('does not fail when the registry does: %s', async (onExit) => {
    registry.fail('report', new PortolanError('CONSUL_UNREACHABLE', 'nobody answers'));
    registry.fail('deregister', new PortolanError('CONSUL_UNREACHABLE', 'nobody answers'));
    await say(onExit);
    expect(log.lines).toEqual([
      {
        level: 'warn',
        message: 'the registry did not hear the last words',
        facts: { services: 2, onExit, code: 'CONSUL_UNREACHABLE', error: 'nobody answers' },
      },
    ]);
  });
});
