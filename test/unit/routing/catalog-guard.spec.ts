import { describe, expect, it } from 'vitest';
import { guardCatalog } from '../../../src/routing/catalog-guard.ts';
import { aCatalog, anInstance } from '../../support/instances.ts';

const web1 = anInstance();
const web2 = anInstance({ id: 'web-2' });
const api = anInstance({ service: 'api', id: 'api-1' });
const before = { services: aCatalog([web1, web2, api]).services, held: [] };

describe('guardCatalog', () => {
  it.each(['confirmed', 'doubtful'] as const)('takes the first reading as it is, even a %s one', (trust) => {
    const reading = aCatalog([web1], trust);
    expect(guardCatalog(undefined, reading)).toEqual({ services: reading.services, held: [] });
  });

  it('takes a confirmed reading as it is, even an empty one', () => {
    expect(guardCatalog(before, aCatalog([]))).toEqual({ services: new Map(), held: [] });
  });

  it('keeps an instance that a doubtful reading lacks', () => {
    expect(guardCatalog(before, aCatalog([web1, api], 'doubtful'))).toEqual({
      services: new Map([
        ['web', [web1, web2]],
        ['api', [api]],
      ]),
      held: [web2],
    });
  });

  it('keeps a service that a doubtful reading lacks', () => {
    expect(guardCatalog(before, aCatalog([web1, web2], 'doubtful'))).toEqual({
      services: new Map([
        ['web', [web1, web2]],
        ['api', [api]],
      ]),
      held: [api],
    });
  });

  it('keeps everything when a doubtful reading is empty', () => {
    expect(guardCatalog(before, aCatalog([], 'doubtful'))).toEqual({
      services: before.services,
      held: [web1, web2, api],
    });
  });

  it('believes what a doubtful reading says of those that are there', () => {
    const critical = { ...web1, status: 'critical' as const };
    const come = anInstance({ service: 'new', id: 'new-1' });
    const reading = aCatalog([critical, web2, api, come], 'doubtful');
    expect(guardCatalog(before, reading)).toEqual({ services: reading.services, held: [] });
  });

  it('tells instances with one ID on two nodes apart', () => {
    const twin = anInstance({ node: 'node-b' });
    const both = { services: aCatalog([web1, twin]).services, held: [] };
    expect(guardCatalog(both, aCatalog([twin], 'doubtful'))).toEqual({
      services: new Map([['web', [twin, web1]]]),
      held: [web1],
    });
  });

  it('keeps on holding through further doubtful readings', () => {
    const held = guardCatalog(before, aCatalog([web1, api], 'doubtful'));
    expect(guardCatalog(held, aCatalog([web1], 'doubtful'))).toEqual({ services: before.services, held: [web2, api] });
  });

  it('ends a hold when the instance is back', () => {
    const held = guardCatalog(before, aCatalog([web1, api], 'doubtful'));
    const reading = aCatalog([web1, web2, api], 'doubtful');
    expect(guardCatalog(held, reading)).toEqual({ services: reading.services, held: [] });
  });

  it('ends a hold when a confirmed reading lacks the instance as well', () => {
    const held = guardCatalog(before, aCatalog([web1, api], 'doubtful'));
    const reading = aCatalog([web1, api]);
    expect(guardCatalog(held, reading)).toEqual({ services: reading.services, held: [] });
  });
});
