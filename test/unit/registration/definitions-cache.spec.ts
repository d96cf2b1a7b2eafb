import { describe, expect, it } from 'vitest';
import { createDefinitionsCache } from '../../../src/registration/definitions-cache.ts';
import { serviceDefinitions } from '../../../src/registration/service-definitions.ts';
import { aContainer } from '../../support/containers.ts';
import { definitionOptions } from '../../support/registration-options.ts';

const web = aContainer();
const peer = aContainer({ id: 'peer' });

describe('createDefinitionsCache', () => {
  it('derives what serviceDefinitions derives', () => {
    expect(createDefinitionsCache()(web, definitionOptions)).toEqual(serviceDefinitions(web, definitionOptions));
  });

  it('derives nothing again for the same container, options and peer', () => {
    const define = createDefinitionsCache();
    const [alone, joined] = [define(web, definitionOptions), define(peer, definitionOptions, web)];
    expect(define(web, definitionOptions)).toBe(alone);
    expect(define(peer, definitionOptions, web)).toBe(joined);
  });

  it.each([
    { what: 'a container that was read anew', of: { container: { ...web }, options: definitionOptions, peer: peer } },
    { what: 'other options', of: { container: web, options: { ...definitionOptions }, peer: peer } },
    { what: 'another peer', of: { container: web, options: definitionOptions, peer: { ...peer } } },
    { what: 'no peer any more', of: { container: web, options: definitionOptions, peer: undefined } },
  ])('derives again for $what', ({ of: { container, options, peer: now } }) => {
    const define = createDefinitionsCache();
    const before = define(web, definitionOptions, peer);
    const again = define(container, options, now);
    expect(again).not.toBe(before);
    expect(again).toEqual(serviceDefinitions(container, options, now));
    expect(define(container, options, now)).toBe(again);
  });

  it('follows the options', () => {
    const define = createDefinitionsCache();
    const ids = ['node-a', 'node-b'].map((hostname) =>
      define(web, { ...definitionOptions, hostname }).map(
        (outcome) => outcome.kind === 'defined' && outcome.service.id,
      ),
    );
    expect(ids).toEqual([['node-a:web.1:80'], ['node-b:web.1:80']]);
  });
});
