import { describe, expect, it } from 'vitest';
import type { ServiceInstance } from '../../../src/domain/catalog.ts';
import { limitInstances } from '../../../src/routing/instance-limits.ts';
import { judgeInstance } from '../../../src/routing/instance-rules.ts';
import { routingModel } from '../../../src/routing/routing-model.ts';
import { aCatalog, anInstance } from '../../support/instances.ts';

const many = (count: number, over: Partial<ServiceInstance> = {}) =>
  Array.from({ length: count }, (_, i) => anInstance({ id: `web-${i}`, createIndex: 200_000 - i, ...over }));
const limit = (instances: readonly ServiceInstance[]) =>
  limitInstances(instances.map((instance) => ({ instance, verdict: judgeInstance(instance) })));

describe('the instances of a service', () => {
  it('are all used up to 5,000', () => {
    const { instances, warnings } = limit([...many(5_000), anInstance({ id: 'x', port: 0 })]);
    expect(instances.map(({ verdict }) => verdict.kind)).toEqual([...Array(5_000).fill('in'), 'invalid']);
    expect(warnings).toEqual([]);
  });

  it('are the oldest 5,000 beyond that, and each of the others has its reason', () => {
    const { instances, warnings } = limit(many(6_000));
    const reason = 'is not among the 5000 oldest instances of its service, and more are not used';
    expect(instances.slice(0, 1_000).map(({ verdict }) => verdict)).toEqual(
      Array.from({ length: 1_000 }, () => ({ kind: 'out', reason })),
    );
    expect(instances.slice(1_000).map(({ verdict }) => verdict)).toEqual(
      Array.from({ length: 5_000 }, () => ({ kind: 'in' })),
    );
    expect(warnings).toEqual([]);
  });

  it('are the same whatever their order, also where all are of one age', () => {
    const flood = many(6_000, { createIndex: 7 });
    const inIds = (instances: readonly ServiceInstance[]) =>
      limit(instances)
        .instances.filter(({ verdict }) => verdict.kind === 'in')
        .map(({ instance }) => instance.id)
        .toSorted();
    expect(inIds(flood.toReversed())).toEqual(inIds(flood));
  });

  it('are told up to 10,000, those in use first, and how many are not', () => {
    const { instances, warnings } = limit([...many(50_000, { port: 0 }), ...many(6_000)]);
    const kinds = Object.groupBy(instances, ({ verdict }) => verdict.kind);
    expect([kinds.in?.length, kinds.invalid?.length, kinds.out]).toEqual([5_000, 5_000, undefined]);
    expect(warnings).toEqual(['it has 56000 instances; 46000 that get no requests are not shown']);
  });

  it('hold nobody else up, be they 200,000', () => {
    const flood = many(200_000, { service: 'flood' });
    const { model } = routingModel(aCatalog([...flood, anInstance()]), { routeTag: undefined });
    expect(model.services.map(({ name, servers }) => [name, servers.length])).toEqual([
      ['flood', 5_000],
      ['web', 1],
    ]);
  });
});
