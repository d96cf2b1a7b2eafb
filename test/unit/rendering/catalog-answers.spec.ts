import { describe, expect, it } from 'vitest';
import { createCatalogAnswers } from '../../../src/rendering/catalog-answers.ts';
import { parseServiceQuery } from '../../../src/rendering/query-grammar.ts';
import { aCatalog, aCheckResult, anInstance } from '../../support/instances.ts';

const billing = anInstance({ service: 'Billing', id: 'b', tags: ['HTTP'] });
const catalog = aCatalog([
  anInstance({ id: 'web-1', tags: ['v1'] }),
  anInstance({ id: 'web-2', tags: ['V1', 'v2'], status: 'warning' }),
  anInstance({ id: 'web-3', tags: ['v2'], status: 'critical' }),
  anInstance({ id: 'web-4', node: 'node-b', status: 'maintenance' }),
  anInstance({
    ...{ service: 'odd', id: 'o', status: 'critical' },
    checks: [aCheckResult({ status: 'critical', reportedStatus: 'weird' })],
  }),
  billing,
]);
const ids = (text: string, snapshot = catalog) =>
  createCatalogAnswers(snapshot)
    .service(parseServiceQuery('service', text))
    ?.map(({ id }) => id);

describe('the answer to a query of a service', () => {
  it.each([
    ['web', ['web-1']],
    ['web|any', ['web-1', 'web-2', 'web-3', 'web-4']],
    ['web|warning,critical', ['web-2', 'web-3']],
    ['web|maintenance', ['web-4']],
    ['web|,', []],
    ['odd|any', ['o']],
    ['odd|critical,passing', []],
    ['v1.web|any', ['web-1', 'web-2']],
    ['nosuch.web|any', []],
    ['nosuch', []],
    ['BILLING', ['b']],
    ['http.billing', ['b']],
  ])('%s', (text, expected) => {
    expect(ids(text)).toEqual(expected);
  });

  it('is not known before the service was read', () => {
    expect(ids('new', { ...catalog, names: new Map([...catalog.names, ['New', []]]) })).toBe(undefined);
  });

  it('has the instances of all spellings, by node and ID', () => {
    const other = anInstance({ service: 'billing', id: 'a' });
    expect(ids('billing', aCatalog([billing, other]))).toEqual(['a', 'b']);
    const both = new Map([
      ['Billing', [other, billing]],
      ['billing', [other, billing]],
    ]);
    expect(ids('billing', { ...catalog, services: both, names: new Map() })).toEqual(['a', 'b']);
  });

  it('is made once', () => {
    const answers = createCatalogAnswers(catalog);
    expect(answers.service(parseServiceQuery('service', 'web'))).toBe(
      answers.service(parseServiceQuery('service', 'web')),
    );
    expect(answers.services()).toBe(answers.services());
  });
});

it('the services are sorted by the bytes of their names', () => {
  const names = new Map([
    ['web', ['a']],
    ['\u{1f600}', []],
    ['\uff5e', []],
    ['API', []],
  ]);
  expect(createCatalogAnswers({ ...catalog, names }).services()).toEqual([
    { name: 'API', tags: [] },
    { name: 'web', tags: ['a'] },
    { name: '\uff5e', tags: [] },
    { name: '\u{1f600}', tags: [] },
  ]);
});

describe('the answers of a later snapshot', () => {
  const web = parseServiceQuery('service', 'web');
  const any = parseServiceQuery('service', 'BILLING|any');
  const first = createCatalogAnswers(catalog);
  const [webs, billings, listed] = [first.service(web), first.service(any), first.services()];

  it('are the same objects where nothing changed', () => {
    const services = new Map([...catalog.services, ['web', [anInstance({ id: 'new' })]]] as const);
    const later = first.next({ ...catalog, services });
    expect(later.service(web)?.map(({ id }) => id)).toEqual(['new']);
    expect(later.service(any)).toBe(billings);
    expect(later.services()).toBe(listed);
    expect(later.next({ ...catalog, services }).service(web)).toBe(later.service(web));
    expect(first.service(web)).toBe(webs);
  });

  it('know of a service that comes, before it was read and after, and of one that goes', () => {
    const names = new Map([...catalog.names, ['Web', ['x']]] as const);
    const listedOnly = first.next({ ...catalog, names });
    expect(listedOnly.service(web)).toBe(undefined);
    expect(listedOnly.services().map(({ name }) => name)).toEqual(['Billing', 'Web', 'odd', 'web']);
    const services = new Map([...catalog.services, ['Web', [anInstance({ service: 'Web', id: 'new' })]]] as const);
    const read = listedOnly.next({ ...catalog, names, services });
    expect(read.service(web)?.map(({ id }) => id)).toEqual(['new', 'web-1']);
    expect(read.next(catalog).service(web)).toEqual(webs);
  });
});
