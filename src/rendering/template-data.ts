import { textOf } from '../template/index.ts';
import type { KeyPair } from './answers.ts';
import { filterInstances } from './catalog-answers.ts';
import { isCatalogQuery } from './catalog-data.ts';
import type { QuerySource, RawAnswer, RawAnswers, RawReading, Reading, TemplateData } from './contracts.ts';
import type { DataQuery } from './queries.ts';
import { queryText } from './query-text.ts';

export interface TemplateDataParts {
  /** Services of the local datacenter: `createCatalogData`. */
  readonly catalog: TemplateData;
  /** All else of Consul; `undefined` where there is none. */
  readonly consul: QuerySource | undefined;
  readonly files: QuerySource;
}

type Part = keyof TemplateDataParts;

const PARTS: readonly Part[] = ['catalog', 'consul', 'files'];

/** All that templates can read: each query goes to the part that can answer it. */
export function createTemplateData({ catalog, consul, files }: TemplateDataParts): TemplateData {
  const parts = {
    catalog,
    consul: consul === undefined ? NO_CONSUL : cooked(consul),
    files: cooked(files),
  };
  return {
    want: (queries) => {
      const byPart = Map.groupBy(queries, partOf);
      for (const part of PARTS) parts[part].want(byPart.get(part) ?? []);
    },
    read: <Q extends DataQuery>(query: Q): Reading<Q> => parts[partOf(query)].read(query),
    follow: async (onChange, signal) => {
      await Promise.all(PARTS.map(async (part) => await parts[part].follow(onChange, signal)));
    },
  };
}

function partOf(query: DataQuery): Part {
  if (query.kind === 'file') return 'files';
  return isCatalogQuery(query) ? 'catalog' : 'consul';
}

const NO_CONSUL: TemplateData = {
  want: () => undefined,
  read: () => ({ kind: 'pending', failure: 'there is no Consul to ask' }),
  follow: async () => await Promise.resolve(),
};

/** A source whose answers are as templates see them. Each is made once. */
function cooked(source: QuerySource): TemplateData {
  const made = new WeakMap<object, unknown>();
  const answerOf = (query: DataQuery, raw: RawAnswer): unknown => {
    if (raw === undefined) return undefined;
    if (!made.has(raw)) made.set(raw, cookedAnswer(query, raw));
    return made.get(raw);
  };
  const read = (query: DataQuery): Reading => {
    const reading: RawReading = source.read(queryText(query));
    if (reading.kind !== 'known') return reading;
    return { kind: 'known', answer: answerOf(query, reading.answer) } as Reading;
  };
  return {
    want: (queries) => source.want(queries.map((query) => ({ text: queryText(query), query }))),
    read: <Q extends DataQuery>(query: Q): Reading<Q> => read(query) as Reading<Q>,
    follow: async (onChange, signal) => await source.follow(onChange, signal),
  };
}

function cookedAnswer(query: DataQuery, raw: RawAnswer & object): unknown {
  switch (query.kind) {
    case 'service':
    case 'connect':
      return filterInstances(raw as RawAnswers['service'], query);
    case 'key':
    case 'file':
      return textOf(raw as Uint8Array);
    case 'keys':
      return (raw as RawAnswers['keys']).map((pair): KeyPair => ({ ...pair, value: textOf(pair.value) }));
    default:
      return raw;
  }
}
