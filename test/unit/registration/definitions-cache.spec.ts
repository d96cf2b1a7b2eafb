import { describe, expect, it } from 'vitest';
import type { DocumentAnswer } from '../../../src/registration/contracts.ts';
import { createDefinitionsCache, createFingerprintCache } from '../../../src/registration/definitions-cache.ts';
import { fingerprintOf } from '../../../src/registration/registration.ts';
import { type PortOutcome, serviceDefinitions } from '../../../src/registration/service-definitions.ts';
import { createTagsTemplate } from '../../../src/registration/tags-template.ts';
import { aContainer } from '../../support/containers.ts';
import { definitionOptions } from '../../support/registration-options.ts';
import { aService } from '../../support/services.ts';

const web = aContainer();
const peer = aContainer({ id: 'peer' });

/** The outcomes with their sources, which are made when somebody asks. */
const asked = (outcomes: readonly PortOutcome[]) =>
  outcomes.map((outcome) => (outcome.kind === 'defined' ? { ...outcome, sources: outcome.sources() } : outcome));

describe('createDefinitionsCache', () => {
  it('derives what serviceDefinitions derives', () => {
    expect(asked(createDefinitionsCache()(web, definitionOptions))).toEqual(
      asked(serviceDefinitions(web, definitionOptions)),
    );
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
    expect(asked(again)).toEqual(asked(serviceDefinitions(container, options, now)));
    expect(define(container, options, now)).toBe(again);
  });

  it('derives again when the templated tags have changed', () => {
    let answer: DocumentAnswer | undefined;
    const tags = createTagsTemplate('{{printf "%s" (httpGet "http://x/")}}', () => answer);
    const options = { ...definitionOptions, tags };
    const container = aContainer({ inspected: {} });
    const define = createDefinitionsCache();
    const before = define(container, options);
    expect(define(container, options)).toBe(before);
    answer = { kind: 'known', body: new Uint8Array([65]) };
    const [after] = define(container, options);
    expect(after?.kind === 'defined' && after.service.tags).toEqual(['A']);
    expect(define(container, options)[0]).toBe(after);
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

describe('createFingerprintCache', () => {
  /** A service that knows how often somebody has read its name. */
  function aReadService() {
    let reads = 0;
    const service = Object.defineProperty(aService(), 'name', {
      enumerable: true,
      get: () => {
        reads += 1;
        return 'web';
      },
    });
    return { service, reads: () => reads };
  }

  it.each([true, false])('makes what fingerprintOf makes, once for each definition: with its check %s', (hasCheck) => {
    const fingerprint = createFingerprintCache();
    const { service, reads } = aReadService();
    const made = [fingerprint(service, hasCheck), fingerprint(service, hasCheck), fingerprint(service, hasCheck)];
    expect(reads()).toBe(1);
    expect(made).toEqual(Array.from({ length: 3 }, () => fingerprintOf(aService(), hasCheck)));
  });

  it('knows a service with its check from one without', () => {
    const fingerprint = createFingerprintCache();
    const service = aService();
    expect([fingerprint(service, true), fingerprint(service, false), fingerprint(service, true)]).toEqual([
      fingerprintOf(service, true),
      fingerprintOf(service, false),
      fingerprintOf(service, true),
    ]);
  });

  it('knows equal IDs of other definitions apart', () => {
    const fingerprint = createFingerprintCache();
    const [before, after] = [aService(), aService({ port: 1 })];
    expect(fingerprint(before, true)).not.toBe(fingerprint(after, true));
  });
});
