import type { DataQuery, QueryPlace, ServiceQuery } from './queries.ts';

/**
 * What a query is called: two with one text are the same. Source: consul-template v0.42.1, the display strings of its
 * dependencies, with the parameters where they were written.
 * Differs: one query answers `key`, `keyExists` and `keyOrDefault`, and it has the name of the first.
 */
export function queryText(query: DataQuery): string {
  switch (query.kind) {
    case 'service':
    case 'connect':
      return serviceText(query);
    case 'services':
      return named('catalog.services', placeText(query));
    case 'nodes':
      return named('catalog.nodes', placeText(query) + nearText(query.near));
    case 'node':
      return named('catalog.node', (query.name ?? '') + placeText(query));
    case 'datacenters':
      return named('catalog.datacenters', query.ignoreFailing ? 'ignoring those that fail' : '');
    case 'key':
      return `kv.block(${query.path}${placeText(query)})`;
    case 'keys':
      return `kv.list(${query.prefix}${placeText(query)})`;
    case 'file':
      return `file(${query.path}${query.sandbox === undefined ? '' : ` within ${query.sandbox}`})`;
  }
}

function serviceText({ kind, name, tag, near, filters, ...place }: ServiceQuery): string {
  const tagText = tag === undefined ? '' : `${tag}.`;
  const filterText = filters.length === 0 ? '' : `|${filters.join(',')}`;
  return `health.${kind}(${tagText}${name}${placeText(place)}${nearText(near)}${filterText})`;
}

function named(endpoint: string, rest: string): string {
  return rest === '' ? endpoint : `${endpoint}(${rest})`;
}

/** Parameters in one order, however they were written. */
function placeText({ datacenter, parameters = {} }: QueryPlace): string {
  const pairs = Object.entries(parameters)
    .map(([key, value]) => `${key}=${value}`)
    .toSorted();
  return (pairs.length === 0 ? '' : `?${pairs.join('&')}`) + (datacenter === undefined ? '' : `@${datacenter}`);
}

function nearText(near: string | undefined): string {
  return near === undefined ? '' : `~${near}`;
}
