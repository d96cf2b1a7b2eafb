/** A verdict that a query can ask for. Source: consul-template v0.42.1, the filters of `service`. */
export type StatusFilter = 'any' | 'critical' | 'maintenance' | 'passing' | 'warning';

/** What most queries may add: where to ask. */
export interface QueryPlace {
  readonly datacenter?: string;
  /** `ns`, `peer`, `partition`, `sameness-group`, as written after the `?`. */
  readonly parameters?: Readonly<Record<string, string>>;
}

export interface ServiceQuery extends QueryPlace {
  /** `connect`: the proxies that speak for the service. */
  readonly kind: 'connect' | 'service';
  readonly name: string;
  readonly tag?: string;
  /** Sort by the distance to this node; `_agent` for the agent's own. */
  readonly near?: string;
  /** Sorted; `['passing']` when the template does not say, and empty for `web|,`, which finds nothing. */
  readonly filters: readonly StatusFilter[];
}

/** One thing that a template reads and that may change. Two queries with one `queryText` are the same. */
export type DataQuery =
  | ServiceQuery
  | (QueryPlace & { readonly kind: 'services' })
  | (QueryPlace & { readonly kind: 'nodes'; readonly near?: string })
  /** Without a name: the agent's own node. */
  | (QueryPlace & { readonly kind: 'node'; readonly name?: string })
  | { readonly kind: 'datacenters'; readonly ignoreFailing: boolean }
  /** The value of a key; `undefined` where there is none. */
  | (QueryPlace & { readonly kind: 'key'; readonly path: string })
  /** All pairs whose key begins with the prefix. */
  | (QueryPlace & { readonly kind: 'keys'; readonly prefix: string })
  /** What a file holds. With a sandbox only if it lies within that folder, once symbolic links are followed. */
  | { readonly kind: 'file'; readonly path: string; readonly sandbox?: string };
