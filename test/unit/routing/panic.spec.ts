import { describe, expect, it } from 'vitest';
import type { ServiceInstance } from '../../../src/domain/catalog.ts';
import { judgeInstance } from '../../../src/routing/instance-rules.ts';
import { decidePanic } from '../../../src/routing/panic.ts';
import { aCheckResult, anInstance } from '../../support/instances.ts';

const PANIC = 'panic: every instance fails its checks; ';

function decide(instances: readonly ServiceInstance[]) {
  return decidePanic(instances.map((instance) => ({ instance, verdict: judgeInstance(instance) })));
}

function verdicts(...instances: readonly ServiceInstance[]) {
  return decide(instances).instances.map(({ verdict }) => verdict);
}

/** One that says of its container what Portolan would say. */
function withContainer(output: string): ServiceInstance {
  const checks = [aCheckResult({ id: 'c:container', status: 'critical', output })];
  return anInstance({ id: 'c', status: 'critical', meta: { 'portolan-owner': 'o' }, checks });
}

const well = anInstance({ id: 'well' });
const failed = anInstance({ id: 'failed', status: 'critical' });
const failing = anInstance({
  id: 'failing',
  status: 'critical',
  checks: [aCheckResult({ id: 'http', status: 'critical', output: 'refused' })],
});

describe('panic', () => {
  it('uses all instances when every one fails its checks, and says why', () => {
    expect(verdicts(failed, failing)).toEqual([
      { kind: 'panic', reason: `${PANIC}is critical` },
      { kind: 'panic', reason: `${PANIC}its check http fails: refused` },
    ]);
  });

  it('does not use one that fails as long as another is well', () => {
    const slow = anInstance({ id: 'slow', status: 'warning' });
    const out = { kind: 'failed', reason: 'is critical' };
    expect(verdicts(failed, well)).toEqual([out, { kind: 'in' }]);
    expect(verdicts(failed, slow)).toEqual([out, { kind: 'in' }]);
  });

  it.each<{ rule: string; instance: ServiceInstance }>([
    { rule: 'in maintenance', instance: anInstance({ id: 'm', status: 'maintenance' }) },
    { rule: 'with a paused container', instance: withContainer('paused: by docker pause') },
    { rule: 'with a container that is about to end', instance: withContainer('stopping: was sent signal 15') },
    { rule: 'with a container that is starting', instance: withContainer('starting: not yet') },
    { rule: 'without a usable address', instance: anInstance({ address: 'x', status: 'critical' }) },
    { rule: 'without a usable port', instance: anInstance({ port: 0, status: 'critical' }) },
    { rule: 'of UDP', instance: anInstance({ id: 'a:udp', meta: { 'portolan-owner': 'o' }, status: 'critical' }) },
  ])('never uses one $rule, and uses the others in spite of it', ({ instance }) => {
    const alone = judgeInstance(instance);
    expect(alone.kind).toMatch(/^(out|invalid)$/);
    expect(verdicts(instance)).toEqual([alone]);
    expect(verdicts(instance, failed)).toEqual([alone, { kind: 'panic', reason: `${PANIC}is critical` }]);
  });

  it('uses one whose heartbeats have stopped', () => {
    expect(verdicts(withContainer('TTL expired'))).toEqual([
      { kind: 'panic', reason: `${PANIC}its container is TTL expired` },
    ]);
  });
});

describe('the Meta route_panic', () => {
  const setTo = (value: string, over: Partial<ServiceInstance> = {}) =>
    anInstance({ status: 'critical', meta: { route_panic: value }, ...over });
  const isPanic = (...instances: readonly ServiceInstance[]) =>
    verdicts(...instances).some(({ kind }) => kind === 'panic');

  it('switches panic off for the service with off', () => {
    expect(decide([setTo('off')])).toEqual({
      instances: [{ instance: setTo('off'), verdict: { kind: 'failed', reason: 'is critical' } }],
      warnings: [],
    });
  });

  it.each(['on', undefined])('leaves it on with %s, and nothing to say', (value) => {
    const instance = value === undefined ? failed : setTo(value);
    expect(isPanic(instance)).toBe(true);
    expect(decide([instance]).warnings).toEqual([]);
  });

  it.each(['OFF', 'false', '', 'o\u001bff'])('leaves it on with %j, and says that it means nothing', (value) => {
    expect(isPanic(setTo(value))).toBe(true);
    expect(decide([setTo(value)]).warnings).toEqual([
      `its Meta route_panic is ${JSON.stringify(value)}, neither on nor off; on is used`,
    ]);
  });

  it('is that of the newest instance where they differ, and the difference is said', () => {
    const newest = setTo('off', { id: 'b', createIndex: 9 });
    const old = setTo('on', { id: 'a', createIndex: 8 });
    const older = anInstance({ id: 'c', createIndex: 7, status: 'critical' });
    const reason =
      'its instances differ in the Meta route_panic: "node-a:b" has "off", and decides as the newest; "node-a:a" has "on"';
    for (const instances of [
      [newest, old, older],
      [old, newest, older],
    ]) {
      expect(isPanic(...instances)).toBe(false);
      expect(decide(instances).warnings).toEqual([reason]);
    }
    expect(decide([newest, older]).warnings).toEqual([reason.replace('"node-a:a" has "on"', '"node-a:c" has none')]);
  });

  it('of instances of the same age is that of the last by name', () => {
    const two = [setTo('off', { id: 'b' }), setTo('on', { id: 'a' })];
    expect([isPanic(...two), isPanic(...two.toReversed())]).toEqual([false, false]);
  });

  it('of an entry that cannot be used decides nothing', () => {
    const invalid = setTo('off', { id: 'b', address: 'x', createIndex: 9 });
    expect(isPanic(invalid, failed)).toBe(true);
    expect(decide([invalid, failed]).warnings).toEqual([]);
  });
});
