import { createConsulCatalog } from '../../../src/adapters/consul/catalog-source.ts';
import type { ConsulEndpoint } from '../../../src/adapters/consul/endpoint.ts';
import { createConsulQueries } from '../../../src/adapters/consul/query-source.ts';
import { createFileSource } from '../../../src/adapters/files/watched-file.ts';
import { systemClock } from '../../../src/lib/clock.ts';
import { createCatalogData } from '../../../src/rendering/catalog-data.ts';
import type { DataView } from '../../../src/rendering/contracts.ts';
import type { DataQuery } from '../../../src/rendering/queries.ts';
import { queryText } from '../../../src/rendering/query-text.ts';
import { createTemplateData } from '../../../src/rendering/template-data.ts';

/** The data of the daemon, for many templates at once. */
export interface DataHub extends DataView {
  /** What one template wants from now on; nothing ends it. */
  want(owner: object, queries: readonly DataQuery[]): void;
  /** Resolves at the next change, or after the time. */
  changed(withinMs: number): Promise<void>;
  stop(): Promise<void>;
}

export function createDataHub(host: string, port: number): DataHub {
  const endpoint: ConsulEndpoint = {
    name: `consul://${host}:${port}`,
    place: { kind: 'tcp', host, port, isTls: false },
    token: () => undefined,
    tls: () => ({ verify: true }),
  };
  const tools = { endpoint, clock: systemClock, random: Math.random };
  const data = createTemplateData({
    catalog: createCatalogData(createConsulCatalog(tools)),
    consul: createConsulQueries(tools),
    files: createFileSource(systemClock),
  });
  const wanted = new Map<object, readonly DataQuery[]>();
  const ending = new AbortController();
  let change = Promise.withResolvers<void>();
  const following = data.follow(() => {
    change.resolve();
    change = Promise.withResolvers<void>();
  }, ending.signal);
  return {
    read: (query) => data.read(query),
    want: (owner, queries) => {
      wanted.set(owner, queries);
      const all = [...wanted.values()].flat().map((query) => [queryText(query), query] as const);
      data.want([...new Map(all).values()]);
    },
    changed: async (withinMs) => {
      const late = new AbortController();
      await Promise.race([change.promise, systemClock.sleep(withinMs, late.signal).catch(() => undefined)]);
      late.abort();
    },
    stop: async () => {
      ending.abort();
      await following;
    },
  };
}
