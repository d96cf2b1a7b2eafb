import type { Faults, RequestFate } from '../../../support/fault-proxy.ts';
import type { Random } from '../../../support/random.ts';
import type { ReadRequest } from '../../../support/request-reader.ts';
import { emptyBody, type RecordedAnswers } from './recorded-answers.ts';

/** How the index of a false answer stands to that of the true ones. */
export const INDEX_KINDS = ['smaller', 'equal', 'larger', 'missing', 'absurd'] as const;
export type IndexKind = (typeof INDEX_KINDS)[number];

const ABSURD = ['abc', '-5', '0', '', '1e400', '18446744073709551615', '9007199254740991'];

/** A request of a reader of the catalog, as far as it matters. */
export interface CatalogRead {
  /** Below `/v1`, without the query. */
  readonly path: string;
  readonly index: number | undefined;
  readonly isConsistent: boolean;
  readonly isUnhealthyOnly: boolean;
}

export function parseRead({ path }: ReadRequest): CatalogRead {
  const url = new URL(path, 'http://consul');
  return {
    path: decodeURIComponent(url.pathname.replace(/^\/v1/, '')),
    index: url.searchParams.has('index') ? Number(url.searchParams.get('index')) : undefined,
    isConsistent: url.searchParams.has('consistent'),
    isUnhealthyOnly: url.searchParams.has('filter'),
  };
}

export interface LieOptions {
  readonly recorded: RecordedAnswers;
  readonly index: IndexKind;
  readonly random: Random;
  /** Of paths that stay honest. */
  readonly isTrue?: (read: CatalogRead) => boolean;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Answers everything with nothing. */
export function emptiness(options: LieOptions): Faults {
  return lie(options, ({ path }) => emptyBody(path));
}

/** Answers everything with what was recorded. */
export function replay(options: LieOptions): Faults {
  return lie(options, ({ path, isUnhealthyOnly }) => options.recorded.body(path, isUnhealthyOnly));
}

function lie(options: LieOptions, bodyOf: (read: CatalogRead) => unknown): Faults {
  const { recorded, random, headers, isTrue = () => false } = options;
  const absurd = random.pick(ABSURD);
  const indexFor = ({ index }: CatalogRead): string | undefined => {
    const known = index ?? recorded.index;
    const kinds = {
      smaller: String(Math.max(1, Math.floor(Math.min(known, recorded.index) / 2))),
      equal: String(known),
      larger: String(recorded.index + 1_000),
      missing: undefined,
      absurd,
    };
    return kinds[options.index];
  };
  return {
    rule: (request): RequestFate => {
      const read = parseRead(request);
      if (isTrue(read)) return undefined;
      const index = indexFor(read);
      return {
        status: 200,
        body: JSON.stringify(bodyOf(read)),
        headers: {
          'content-type': 'application/json',
          'x-consul-knownleader': 'true',
          'x-consul-lastcontact': '0',
          ...(index !== undefined && { 'x-consul-index': index }),
          ...headers,
        },
      };
    },
  };
}
