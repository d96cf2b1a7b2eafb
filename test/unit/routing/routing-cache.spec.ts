import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ServiceInstance } from '../../../src/domain/catalog.ts';
import { createDesiredCache, desiredRouting } from '../../../src/routing/desired.ts';
import { aCatalog, anInstance } from '../../support/instances.ts';

const OPTIONS = { routeTag: 'routed', checkIntervalMs: 'auto', hostsMapPath: '/hosts.map' } as const;
const BINDS = ['127.0.0.1:80'];

const instance = fc
  .record({
    // Names that take each other's hosts.
    service: fc.constantFrom('web', 'WEB', 'web.localhost', 'api', 'bad name'),
    node: fc.constantFrom('a', 'b'),
    port: fc.constantFrom(80, 81, -1),
    createIndex: fc.constantFrom(1, 2, 3),
    status: fc.constantFrom<ServiceInstance['status'][]>('passing', 'warning', 'critical', 'maintenance'),
    tags: fc.constantFrom<(readonly string[])[]>(['routed'], ['routed'], []),
    meta: fc.constantFrom<Readonly<Record<string, string>>[]>({}, { route: 'off' }, { route_panic: 'off' }),
  })
  .map((over) => anInstance({ ...over, id: `${over.service}-${over.node}` }));

/** Some instances, and which of them are there by and by: most stay as they are. */
const story = fc
  .uniqueArray(instance, { selector: ({ service, node }) => `${service} ${node}`, minLength: 3, maxLength: 10 })
  .chain((all) => fc.array(fc.subarray(all), { minLength: 2, maxLength: 6 }));

/** A catalog that shares with the one before the services that are the same, as a source gives it. */
function following(before: ReturnType<typeof aCatalog>, instances: readonly ServiceInstance[]) {
  const next = aCatalog(instances);
  const services = [...next.services].map(([name, all]) => {
    const known = before.services.get(name);
    return [name, known !== undefined && JSON.stringify(known) === JSON.stringify(all) ? known : all] as const;
  });
  return { ...next, services: new Map(services) };
}

describe('what is remembered of services', () => {
  it('changes nothing in what is wanted of HAProxy, whatever comes and goes', () =>
    fc.assert(
      fc.property(story, (catalogs) => {
        const cache = createDesiredCache();
        let current = aCatalog([]);
        for (const instances of catalogs) {
          current = following(current, instances);
          expect(desiredRouting(current, BINDS, OPTIONS, cache)).toEqual(desiredRouting(current, BINDS, OPTIONS));
        }
      }),
      { numRuns: 500 },
    ));

  it('is the same object as long as a service is', () => {
    const cache = createDesiredCache();
    const web = anInstance({ tags: ['routed'] });
    const first = aCatalog([web]);
    const second = following(first, [web, anInstance({ service: 'api', id: 'api', tags: ['routed'] })]);
    const [before, after] = [first, second].map((one) => desiredRouting(one, BINDS, OPTIONS, cache).model.services);
    expect(after?.at(-1)).toBe(before?.[0]);
  });

  it('is printed anew when the pace of the checks is another', () => {
    const cache = createDesiredCache();
    const one = aCatalog([anInstance({ tags: ['routed'] })]);
    for (const checkIntervalMs of ['auto', 5_000, 'off', 'auto'] as const) {
      const options = { ...OPTIONS, checkIntervalMs };
      expect(desiredRouting(one, BINDS, options, cache).config).toEqual(desiredRouting(one, BINDS, options).config);
    }
  });
});
