import { beforeEach, describe, expect, it } from 'vitest';
import { PortolanError } from '../../../src/lib/errors.ts';
import { applyPlan } from '../../../src/registration/apply-plan.ts';
import type { CheckVerdict } from '../../../src/registration/contracts.ts';
import { EMPTY_PLAN, type RegistrationPlan } from '../../../src/registration/plan.ts';
import { createRegistryView, type RegistryView } from '../../../src/registration/registry-view.ts';
import { createRecordingLog, type RecordingLog } from '../../support/recording-log.ts';
import { createRecordingRegistry, type RecordingRegistry } from '../../support/recording-registry.ts';
import { aRegistration, containerNotes as notes } from '../../support/services.ts';

const drained: CheckVerdict = { status: 'critical', output: 'stopping: was sent signal 15' };
const down = new PortolanError('CONSUL_UNREACHABLE', 'nobody answers', { hint: 'Start Consul.' });
const web = aRegistration();
const api = aRegistration({ id: 'api' });

let registry: RecordingRegistry;
let view: RegistryView;
let log: RecordingLog;
let ending: AbortController;

beforeEach(async () => {
  ending = new AbortController();
  log = createRecordingLog();
  registry = createRecordingRegistry();
  view = createRegistryView(registry);
  await registry.register(aRegistration({ id: 'old' }), ending.signal);
  await view.read({ resync: true }, ending.signal);
  registry.takeCalls();
});

async function apply(plan: Partial<RegistrationPlan>): Promise<void> {
  const whole = { ...EMPTY_PLAN, ...plan };
  const heartbeats = {
    tell: async (checkId: string, verdict: CheckVerdict, signal: AbortSignal) => {
      await registry.report(checkId, verdict, signal);
    },
  };
  const onScriptsRefused = () => log.info('scripts are refused', {});
  await applyPlan(whole, { registry, view, heartbeats, log, onScriptsRefused }, ending.signal);
}

const register = (registration = web, isReplacement = false) => ({
  registration,
  reason: 'is not registered',
  isReplacement,
});

describe('applyPlan', () => {
  it('does nothing for an empty plan', async () => {
    await apply({ conflicts: [{ serviceId: 'x', owner: 'owner-b', kind: 'held' }], onProbation: ['y'] });
    expect(registry.takeCalls()).toEqual([]);
    expect(log.lines).toEqual([]);
  });

  it('registers a running container with one call, since its status goes along', async () => {
    await apply({ register: [register()] });
    expect(registry.takeCalls()).toEqual(['register node-a:web.1:80']);
    expect(view.state().services.has('node-a:web.1:80')).toBe(true);
    expect(log.lines).toEqual([
      {
        level: 'info',
        message: 'registered',
        facts: {
          service: 'web',
          id: 'node-a:web.1:80',
          address: '192.0.2.10',
          port: 32_080,
          because: 'is not registered',
        },
      },
    ]);
  });

  it.each([
    {
      rule: 'that replaces one, whose status would stay',
      registration: web,
      isReplacement: true,
      says: 'passing running',
    },
    {
      rule: 'of a container that does not run well, so that routers learn why',
      registration: aRegistration({}, { verdict: drained }),
      isReplacement: false,
      says: 'critical stopping: was sent signal 15',
    },
  ])('tells the check of a registration $rule', async ({ registration, isReplacement, says }) => {
    await apply({ register: [register(registration, isReplacement)] });
    expect(registry.takeCalls()).toEqual(['register node-a:web.1:80', `report node-a:web.1:80:container ${says}`]);
  });

  it('tells no check of a registration that has none', async () => {
    await apply({ register: [register(aRegistration({}, { ttlMs: 0 }), true)] });
    expect(registry.takeCalls()).toEqual(['register node-a:web.1:80']);
  });

  it('deregisters, and says why', async () => {
    await apply({ deregister: [{ serviceId: 'old', reason: 'has no container' }] });
    expect(registry.takeCalls()).toEqual(['deregister old']);
    expect([...view.state().services.keys()]).toEqual([]);
    expect(log.lines).toEqual([
      { level: 'info', message: 'deregistered', facts: { id: 'old', because: 'has no container' } },
    ]);
  });

  it('says what a container check says now', async () => {
    await apply({ report: [{ checkId: 'old:container', verdict: drained }] });
    expect(registry.takeCalls()).toEqual(['report old:container critical stopping: was sent signal 15']);
    expect(view.state().checks.get('old:container')).toEqual({
      id: 'old:container',
      serviceId: 'old',
      ...drained,
      notes,
    });
    expect(log.lines).toEqual([
      {
        level: 'info',
        message: 'container check changed',
        facts: { check: 'old:container', status: 'critical', output: 'stopping: was sent signal 15' },
      },
    ]);
  });

  it('begins with what takes containers out of rotation, and waits for nothing', async () => {
    const releases = ['report', 'deregister', 'register'].map((prefix) => registry.hold(prefix));
    const applying = apply({
      register: [register(), register(api)],
      deregister: [{ serviceId: 'old', reason: 'has no container' }],
      report: [{ checkId: 'old:container', verdict: drained }],
    });
    expect(registry.takeCalls()).toEqual([
      'report old:container critical stopping: was sent signal 15',
      'deregister old',
      'register node-a:web.1:80',
      'register api',
    ]);
    for (const release of releases) release();
    await applying;
  });
});

describe('applyPlan, failures', () => {
  const plan = {
    register: [register(), register(api)],
    deregister: [{ serviceId: 'old', reason: 'has no container' }],
  };

  it('tells that the registry takes no checks that run programs, and of no other refusal', async () => {
    registry.fail('register', new PortolanError('SCRIPT_CHECKS_REFUSED', 'no programs'));
    await expect(apply({ register: [register()] })).rejects.toMatchObject({ code: 'APPLY_INCOMPLETE' });
    expect(log.messages()).toEqual(['scripts are refused', 'cannot register a service; trying again']);
    registry.fail('register', down);
    await expect(apply({ register: [register()] })).rejects.toMatchObject({ code: 'APPLY_INCOMPLETE' });
    expect(log.messages().filter((message) => message === 'scripts are refused')).toHaveLength(1);
  });

  it('does all other parts and then says how many failed', async () => {
    registry.fail('register node-a:web.1:80', down);
    const failing = apply(plan);
    await expect(failing).rejects.toBeInstanceOf(PortolanError);
    await expect(failing).rejects.toMatchObject({
      code: 'APPLY_INCOMPLETE',
      message: '1 of 3 changes failed, the first with: nobody answers',
      hint: 'Start Consul.',
      cause: down,
    });
    expect([...view.state().services.keys()]).toEqual(['api']);
    expect(log.lines.map(({ level, message }) => `${level} ${message}`)).toEqual([
      'warn cannot register a service; trying again',
      'info deregistered',
      'info registered',
    ]);
  });

  it('counts every part, and names the first on one line, whatever was thrown', async () => {
    registry.fail('register', new Error('later'));
    registry.fail('deregister', new Error('two\nlines'));
    await expect(apply(plan)).rejects.toMatchObject({
      message: '3 of 3 changes failed, the first with: two; lines',
      hint: undefined,
    });
  });

  it('does not show as deregistered what could not be deregistered', async () => {
    registry.fail('deregister', down);
    await expect(apply(plan)).rejects.toMatchObject({
      message: '1 of 3 changes failed, the first with: nobody answers',
    });
    expect([...view.state().services.keys()]).toEqual(['old', 'node-a:web.1:80', 'api']);
    expect(log.lines.filter(({ level }) => level === 'warn')).toEqual([
      {
        level: 'warn',
        message: 'cannot deregister a service; trying again',
        facts: { id: 'old', code: 'CONSUL_UNREACHABLE', error: 'nobody answers', hint: 'Start Consul.' },
      },
    ]);
  });

  it('does not show as told what could not be told', async () => {
    registry.fail('report', down);
    await expect(apply({ report: [{ checkId: 'old:container', verdict: drained }] })).rejects.toMatchObject({
      message: '1 of 1 changes failed, the first with: nobody answers',
    });
    expect(view.state().checks.get('old:container')?.status).toBe('passing');
  });

  it('makes what is known of the registry doubtful', async () => {
    registry.fail('register', down);
    await expect(apply(plan)).rejects.toMatchObject({ code: 'APPLY_INCOMPLETE' });
    registry.takeCalls();
    await view.read({ resync: false }, ending.signal);
    expect(registry.takeCalls()).toEqual(['services', 'checks']);
  });

  it('is silent about calls that a stop cuts short', async () => {
    ending.abort();
    registry.fail('register', down);
    registry.fail('deregister', down);
    await expect(apply(plan)).rejects.toMatchObject({ code: 'APPLY_INCOMPLETE' });
    expect(log.lines).toEqual([]);
  });
});
