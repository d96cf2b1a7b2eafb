import { beforeEach, describe, expect, it } from 'vitest';
import { PortolanError } from '../../../src/lib/errors.ts';
import type { PassReport } from '../../../src/lib/reconcile-loop.ts';
import { desiredRouting } from '../../../src/routing/desired.ts';
import { createRoutingReporter, type RoutingReporter } from '../../../src/routing/reporter.ts';
import { aCatalog, anInstance } from '../../support/instances.ts';
import { createRecordingLog, type RecordingLog } from '../../support/recording-log.ts';

let log: RecordingLog;
let reporter: RoutingReporter;

beforeEach(() => {
  log = createRecordingLog();
  reporter = createRoutingReporter(log);
});

function report(instances = [anInstance()]): void {
  const { services } = aCatalog(instances);
  const options = { routeTag: undefined, checkIntervalMs: 'off', hostsMapPath: '/run/portolan/hosts.map' } as const;
  reporter.desired(desiredRouting({ services }, [], options));
}

const good: PassReport = { resync: false, reasons: ['the catalog changed'], durationMs: 1.6, failures: 0 };
const error = new PortolanError('HAPROXY_FAILED', 'HAProxy did not reload', { hint: 'Look.' });
const failed = (failures: number): PassReport => ({ ...good, failures, error });

describe('the reporter of what routing decides', () => {
  it('is silent about what is routed', () => {
    report();
    expect(log.lines).toEqual([]);
  });

  it('says why a service is not routed', () => {
    report([anInstance({ service: 'a b' })]);
    const because = 'its name has other characters than letters, digits, _, . and -';
    expect(log.lines).toEqual([
      { level: 'info', message: 'service is not routed', facts: { service: 'a b', because } },
    ]);
  });

  it('says why an instance gets no requests', () => {
    report([anInstance({ status: 'maintenance' }), anInstance({ id: 'web-2', port: 0 })]);
    const facts = { service: 'web', node: 'node-a' };
    expect(log.lines).toEqual([
      {
        level: 'info',
        message: 'instance gets no requests',
        facts: { ...facts, instance: 'web-1', because: 'is in maintenance' },
      },
      {
        level: 'info',
        message: 'instance gets no requests',
        facts: { ...facts, instance: 'web-2', because: 'its port 0 is none' },
      },
    ]);
  });

  it('says each fact once, and again when it comes back or changes', () => {
    const out = [anInstance({ status: 'maintenance' })];
    for (const instances of [out, out, [anInstance()], out, [anInstance({ port: 0 })]]) report(instances);
    expect(log.lines.map(({ facts }) => facts['because'])).toEqual([
      'is in maintenance',
      'is in maintenance',
      'its port 0 is none',
    ]);
  });

  it('warns once when every instance of a service fails its checks, and says when that is over', () => {
    const failing = [anInstance({ status: 'critical' }), anInstance({ id: 'web-2', status: 'critical' })];
    for (const instances of [failing, failing.slice(1), [anInstance()], failing, []]) report(instances);
    const warning = (instances: number) => ({
      level: 'warn',
      message: 'every instance of a service fails its checks; all are used',
      facts: { service: 'web', instances },
    });
    const over = { level: 'info', message: 'a service is out of panic', facts: { service: 'web' } };
    expect(log.lines).toEqual([warning(2), over, warning(2), over]);
  });

  it('does not speak of panic where the service is not routed', () => {
    report([anInstance({ service: 'a b', status: 'critical' })]);
    expect(log.lines.map(({ message }) => message)).toEqual(['service is not routed']);
  });

  it('says no more than fifty services and fifty instances of a service, and that there are more', () => {
    const services = Array.from({ length: 60 }, (_, i) => anInstance({ service: `a b ${i}` }));
    const instances = Array.from({ length: 60 }, (_, i) => anInstance({ id: `web-${i}`, port: 0 }));
    report([...services, ...instances]);
    report([...services, ...instances, anInstance({ id: 'one more', port: 0 })]);
    const said = Object.groupBy(log.lines, ({ message }) => message);
    const more = 'more than these: see portolan services';
    const refusals = said['service is not routed'] ?? [];
    const out = said['instance gets no requests'] ?? [];
    expect([refusals.length, out.length]).toEqual([51, 51]);
    expect([refusals.at(-1)?.facts, out.at(-1)?.facts]).toEqual([{ because: more }, { service: 'web', because: more }]);
  });

  it('cuts names that are very long', () => {
    report([anInstance({ service: 'w'.repeat(5_000) }), anInstance({ id: 'i'.repeat(5_000), port: 0 })]);
    expect(log.lines.map(({ facts }) => [facts['service'], facts['instance']])).toEqual([
      [`${'w'.repeat(200)}…`, undefined],
      ['web', `${'i'.repeat(200)}…`],
    ]);
  });

  it('says that an instance fails its checks where another is well', () => {
    report([anInstance(), anInstance({ id: 'web-2', status: 'critical' })]);
    expect(log.lines.map(({ message, facts }) => [message, facts['because']])).toEqual([
      ['instance gets no requests', 'is critical'],
    ]);
  });

  it('warns once of a setting that is not obeyed', () => {
    for (let i = 0; i < 2; i++) report([anInstance({ meta: { route_panic: 'no' } })]);
    const because = 'its Meta route_panic is "no", neither on nor off; on is used';
    expect(log.lines).toEqual([
      { level: 'warn', message: 'something is wrong with a service', facts: { service: 'web', because } },
    ]);
  });
});

describe('the reporter of passes', () => {
  it('tells each pass for those who look for something', () => {
    reporter.outcome(good);
    expect(log.lines).toEqual([
      { level: 'debug', message: 'routing pass', facts: { durationMs: 2, reasons: ['the catalog changed'] } },
    ]);
  });

  it('warns of the first failure of a row, and says when it is over', () => {
    for (const outcome of [failed(1), failed(2), good, good, failed(1)]) reporter.outcome(outcome);
    const warning = {
      level: 'warn',
      message: 'routing fails; trying again',
      facts: { code: 'HAPROXY_FAILED', error: 'HAProxy did not reload', hint: 'Look.' },
    };
    expect(log.lines.filter(({ level }) => level !== 'debug')).toEqual([
      warning,
      { level: 'info', message: 'routing works again', facts: {} },
      warning,
    ]);
  });
});
