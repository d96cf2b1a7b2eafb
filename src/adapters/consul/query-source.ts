import PQueue from 'p-queue';
import * as z from 'zod';
import { backoffMs } from '../../lib/backoff.ts';
import type { Clock } from '../../lib/clock.ts';
import { errorMessage } from '../../lib/errors.ts';
import { untilAborted } from '../../lib/until-aborted.ts';
import type { NamedQuery, QuerySource, RawReading, ReadNotes } from '../../rendering/contracts.ts';
import { followQuery, type QueryTools } from './blocking-query.ts';
import { type ConsulClient, createConsulClient } from './client.ts';
import type { ConsulEndpoint } from './endpoint.ts';
import { parseAnswer } from './parse-answer.ts';
import { type BlockableQuery, requestFor } from './query-requests.ts';

/** With the eleven of the catalog these are all that Portolan reads with. */
const MAX_SOCKETS = 5;
/** So many queries may be held for long: one connection stays free for those that are new. */
const MAX_HELD = MAX_SOCKETS - 1;
const LONG_WAIT_MS = 60_000;
/** More queries take turns: each twice in so many ms, at most a hundred a second together. */
const TURNS_MS = 12_000;
const MIN_WAIT_MS = 60;
const POLL_MS = 15_000;
const BACKOFF = { minMs: 250, maxMs: 2_000 };

export interface ConsulQueriesOptions {
  readonly endpoint: ConsulEndpoint;
  readonly clock: Clock;
  readonly random: () => number;
  /** Told how reads go. */
  readonly notes?: ReadNotes | undefined;
  /** Instead of connections to the endpoint. */
  readonly connect?: typeof createConsulClient;
}

interface Followed extends NamedQuery {
  reading: RawReading;
  stop: AbortController | undefined;
}

/** What follows queries while there is somebody to tell. */
interface Run {
  readonly tools: QueryTools;
  readonly signal: AbortSignal;
  readonly onChange: () => void;
  readonly notes: ReadNotes | undefined;
}

/** Queries that Consul answers one by one: keys, nodes, other datacenters. */
export function createConsulQueries(options: ConsulQueriesOptions): QuerySource {
  const { endpoint, clock, random, notes, connect = createConsulClient } = options;
  const followed = new Map<string, Followed>();
  let run: Run | undefined;
  const waitMs = (): number =>
    followed.size <= MAX_HELD ? LONG_WAIT_MS : Math.max(MIN_WAIT_MS, TURNS_MS / followed.size);

  const start = (query: Followed): void => {
    if (run === undefined) return;
    query.stop = new AbortController();
    void followOne(query, { ...run, signal: AbortSignal.any([run.signal, query.stop.signal]) });
  };
  return {
    want: (queries) => {
      const before = followed.size;
      const texts = new Set(queries.map(({ text }) => text));
      for (const [text, { stop }] of followed) {
        if (texts.has(text)) continue;
        stop?.abort();
        followed.delete(text);
      }
      const fresh = queries.filter(({ text }) => !followed.has(text));
      for (const query of fresh) followed.set(query.text, { ...query, reading: { kind: 'pending' }, stop: undefined });
      // Those that are held for long would keep the connections from the new ones.
      const isCrowded = before <= MAX_HELD && followed.size > MAX_HELD;
      const starting = isCrowded ? [...followed.keys()] : fresh.map(({ text }) => text);
      for (const text of new Set(starting)) {
        const query = followed.get(text);
        query?.stop?.abort();
        if (query !== undefined) start(query);
      }
    },
    read: (text) => followed.get(text)?.reading ?? { kind: 'pending' },
    follow: async (onChange, signal) => {
      const client = connect({ endpoint, clock, maxSockets: MAX_SOCKETS });
      run = { tools: { client: inTurns(client), clock, random, waitMs }, signal, onChange, notes };
      for (const query of followed.values()) start(query);
      await untilAborted(signal);
      run = undefined;
      client.close();
    },
  };
}

/** A client of which no request waits for a connection with its deadline running. What was never read goes first. */
function inTurns(client: ConsulClient): QueryTools['client'] {
  const queue = new PQueue({ concurrency: MAX_SOCKETS });
  return {
    request: async (request, signal) => {
      const priority = request.query?.['index'] === undefined ? 1 : 0;
      return await queue.add(async () => await client.request(request, signal), { priority, signal });
    },
  };
}

async function followOne(followed: Followed, { tools, signal, onChange, notes }: Run): Promise<void> {
  const { query } = followed;
  let last: string | undefined;
  const tell = (reading: RawReading): void => {
    followed.reading = reading;
    onChange();
  };
  const onFailure = (error: unknown): void => {
    notes?.failed(followed.text, error);
    const failure = errorMessage(error);
    const { reading } = followed;
    // What was known stays known.
    if (reading.kind === 'pending' && reading.failure !== failure) tell({ kind: 'pending', failure });
  };
  const onAnswer = (path: string, body: unknown, parse: (body: unknown) => unknown): void => {
    notes?.answered(followed.text);
    const text = JSON.stringify(body) ?? '';
    if (text === last && followed.reading.kind === 'known') return;
    const answer = parseAnswer(path, () => parse(body));
    last = text;
    tell({ kind: 'known', answer } as RawReading);
  };
  if (query.kind === 'file') return;
  if (query.kind === 'datacenters') {
    const onDatacenters = (body: unknown): void => onAnswer('/catalog/datacenters', body, parseDatacenters);
    await pollDatacenters(query.ignoreFailing, { tools, signal, onAnswer: onDatacenters, onFailure });
    return;
  }
  const agentNode = await nodeFor(query, { tools, signal, onFailure });
  const { parse, ...request } = requestFor(query, agentNode);
  await followQuery(
    { ...request, onAnswer: ({ body }) => onAnswer(request.path, body, parse), onFailure },
    tools,
    signal,
  );
}

interface Attempts {
  readonly tools: QueryTools;
  readonly signal: AbortSignal;
  readonly onFailure: (error: unknown) => void;
}

const datacentersSchema = z.array(z.string());
const selfSchema = z.object({ Config: z.object({ NodeName: z.string() }) });

function parseDatacenters(body: unknown): readonly string[] {
  return datacentersSchema.parse(body).toSorted();
}

/** The agent's node, where the query names none. */
async function nodeFor(query: BlockableQuery, attempts: Attempts): Promise<string> {
  if (query.kind !== 'node' || query.name !== undefined) return '';
  const self = await untilDone(attempts, async ({ client }, signal) => {
    const { body } = await client.request({ method: 'GET', path: '/agent/self' }, signal);
    return parseAnswer('/agent/self', () => selfSchema.parse(body)).Config.NodeName;
  });
  return self ?? '';
}

/** Consul does not hold this query. */
async function pollDatacenters(
  ignoreFailing: boolean,
  { onAnswer, ...attempts }: Attempts & { readonly onAnswer: (body: unknown) => void },
): Promise<void> {
  const { tools, signal } = attempts;
  while (!signal.aborted) {
    await untilDone(attempts, async ({ client }) => {
      const { body } = await client.request({ method: 'GET', path: '/catalog/datacenters' }, signal);
      onAnswer(ignoreFailing ? await reachable(parseDatacenters(body), client, signal) : body);
    });
    await tools.clock.sleep(POLL_MS, signal).catch(() => undefined);
  }
}

/** Those that answer a consistent read. */
async function reachable(
  datacenters: readonly string[],
  client: QueryTools['client'],
  signal: AbortSignal,
): Promise<readonly string[]> {
  const answers = await Promise.all(
    datacenters.map(async (dc) => {
      const request = { method: 'GET', path: '/catalog/services', query: { dc, consistent: '' } } as const;
      return await client.request(request, signal).then(
        () => [dc],
        () => [],
      );
    }),
  );
  signal.throwIfAborted();
  return answers.flat();
}

/** Tries until it succeeds; `undefined` when aborted. */
async function untilDone<T>(
  { tools, signal, onFailure }: Attempts,
  attempt: (tools: QueryTools, signal: AbortSignal) => Promise<T>,
): Promise<T | undefined> {
  for (let failures = 1; !signal.aborted; failures++) {
    try {
      return await attempt(tools, signal);
    } catch (error) {
      if (signal.aborted) return undefined;
      onFailure(error);
      await tools.clock.sleep(backoffMs(failures, BACKOFF, tools.random()), signal).catch(() => undefined);
    }
  }
  return undefined;
}
