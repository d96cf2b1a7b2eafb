import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCatalogData, isCatalogQuery } from '../../../src/rendering/catalog-data.ts';
import type { NamedQuery, QuerySource, RawReading, TemplateData } from '../../../src/rendering/contracts.ts';
import type { DataQuery } from '../../../src/rendering/queries.ts';
import { parseServiceQuery, parseServicesQuery } from '../../../src/rendering/query-grammar.ts';
import { createTemplateData } from '../../../src/rendering/template-data.ts';
import { createHandDrivenCatalog, type HandDrivenCatalog } from '../../support/hand-driven-catalog.ts';
import { aCatalog, anInstance } from '../../support/instances.ts';

const service = (text: string): DataQuery => parseServiceQuery('service', text);
const key: DataQuery = { kind: 'key', path: 'a' };
const file: DataQuery = { kind: 'file', path: '/x' };

/** A source that says what it is told to say, and remembers what is wanted. */
interface ToldSource extends QuerySource {
  readonly readings: Map<string, RawReading>;
  wanted: readonly NamedQuery[];
}

function createToldSource(): ToldSource {
  const told: ToldSource = {
    readings: new Map(),
    wanted: [],
    want: (queries) => {
      told.wanted = queries;
    },
    read: (text) => told.readings.get(text) ?? { kind: 'pending' },
    follow: async () => await Promise.resolve(),
  };
  return told;
}

let catalog: HandDrivenCatalog;
let consul: ToldSource;
let files: ToldSource;
let data: TemplateData;
let changes: number;
let told: string[];
let ending: AbortController;
let following: Promise<void>;

beforeEach(() => {
  catalog = createHandDrivenCatalog();
  consul = createToldSource();
  files = createToldSource();
  told = [];
  const notes = {
    failed: (what: string, error: unknown) => told.push(`failed ${what}: ${String(error)}`),
    answered: (what: string) => told.push(`answered ${what}`),
  };
  data = createTemplateData({ catalog: createCatalogData(catalog, notes), consul, files });
  changes = 0;
  ending = new AbortController();
  following = data.follow(() => (changes += 1), ending.signal);
});

afterEach(async () => {
  ending.abort();
  await following;
});

const ids = (query: DataQuery): unknown => {
  const reading = data.read(query);
  return reading.kind === 'known' ? (reading.answer as readonly { id: string }[]).map(({ id }) => id) : reading;
};

describe('which queries the catalog answers', () => {
  it.each([
    [service('v1.web|any'), true],
    [service('web@dc1'), false],
    [service('web~_agent'), false],
    [service('web?ns=a'), false],
    [parseServiceQuery('connect', 'web'), false],
    [parseServicesQuery(''), true],
    [parseServicesQuery('@dc1'), false],
    [key, false],
  ])('%j: %s', (query, expected) => {
    expect(isCatalogQuery(query)).toBe(expected);
  });
});

describe('services of the local datacenter', () => {
  it('come from the catalog, which is followed while they are wanted', () => {
    catalog.publish(aCatalog([anInstance()]));
    expect([data.read(service('web')), changes]).toEqual([{ kind: 'pending' }, 0]);
    data.want([service('web')]);
    catalog.publish(aCatalog([anInstance()]));
    expect([ids(service('web')), ids(service('nosuch')), changes]).toEqual([['web-1'], [], 1]);
    expect(data.read({ kind: 'services' })).toEqual({ kind: 'known', answer: [{ name: 'web', tags: [] }] });
    data.want([]);
    expect(data.read(service('web'))).toEqual({ kind: 'pending' });
  });

  it('say why there is no catalog yet, and keep the last', () => {
    data.want([service('web')]);
    for (const message of ['down', 'down']) catalog.fail(new Error(message));
    expect([data.read(service('web')), changes]).toEqual([{ kind: 'pending', failure: 'down' }, 1]);
    catalog.publish(aCatalog([anInstance()]));
    catalog.fail(new Error('down'));
    expect(ids(service('web'))).toEqual(['web-1']);
  });

  it('tell how reading goes: well again when nothing is doubtful any more', () => {
    data.want([{ kind: 'services' }]);
    catalog.fail(new Error('down'));
    catalog.publish(aCatalog([anInstance()], 'doubtful'));
    expect(told).toEqual(['failed the catalog: Error: down']);
    catalog.publish(aCatalog([anInstance()]));
    expect(told).toEqual(['failed the catalog: Error: down', 'answered the catalog']);
  });
});

describe('other data', () => {
  it('is asked for where it is', () => {
    const nodes: DataQuery = { kind: 'nodes' };
    data.want([service('web'), key, file, nodes]);
    expect(consul.wanted).toEqual([
      { text: 'kv.block(a)', query: key },
      { text: 'catalog.nodes', query: nodes },
    ]);
    expect(files.wanted).toEqual([{ text: 'file(/x)', query: file }]);
  });

  it('is text where it was bytes', () => {
    const pair = { path: 'a', createIndex: 1, modifyIndex: 1, lockIndex: 0, flags: 0n, session: '' };
    const bytes = Buffer.from([0xc3, 0xa8, 0xff]);
    consul.readings.set('kv.block(a)', { kind: 'known', answer: bytes });
    consul.readings.set('kv.list(a)', { kind: 'known', answer: [{ ...pair, value: bytes }] });
    files.readings.set('file(/x)', { kind: 'known', answer: bytes });
    const text = { kind: 'known', answer: 'è\udcff' };
    expect([data.read(key), data.read(file)]).toEqual([text, text]);
    const list: DataQuery = { kind: 'keys', prefix: 'a' };
    expect(data.read(list)).toEqual({ kind: 'known', answer: [{ ...pair, value: 'è\udcff' }] });
    expect((data.read(list) as { answer: unknown }).answer).toBe((data.read(list) as { answer: unknown }).answer);
    consul.readings.set('kv.block(a)', { kind: 'known', answer: undefined });
    expect(data.read(key)).toEqual({ kind: 'known', answer: undefined });
  });

  it('is filtered where it is of services elsewhere', () => {
    const instances = [anInstance({ id: 'a' }), anInstance({ id: 'b', status: 'critical' })];
    consul.readings.set('health.service(web@dc2|critical)', { kind: 'known', answer: instances });
    expect(ids(service('web@dc2|critical'))).toEqual(['b']);
  });

  it('says why it is not there', () => {
    consul.readings.set('kv.block(a)', { kind: 'pending', failure: 'no leader' });
    expect(data.read(key)).toEqual({ kind: 'pending', failure: 'no leader' });
    const alone = createTemplateData({ catalog: createCatalogData(catalog), consul: undefined, files });
    expect(alone.read(key)).toEqual({ kind: 'pending', failure: 'there is no Consul to ask' });
  });
});
