import { describe, expect, it } from 'vitest';
import { changedServices } from '../../../src/domain/changed-services.ts';
import { anInstance } from '../../support/instances.ts';

describe('changedServices', () => {
  it('names the services that are other, have come or have gone', () => {
    const [web, api, shop, blog] = [[anInstance()], [anInstance()], [anInstance()], [anInstance()]];
    const before = { services: new Map(Object.entries({ web, api, shop })) };
    const after = { services: new Map(Object.entries({ web, api: [anInstance()], blog })) };
    expect(changedServices(before, after)).toEqual(['api', 'blog', 'shop']);
    expect(changedServices(after, after)).toEqual([]);
  });
});
