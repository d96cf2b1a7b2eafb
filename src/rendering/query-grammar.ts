import { quote } from '../template/index.ts';
import type { DataQuery, QueryPlace, ServiceQuery, StatusFilter } from './queries.ts';

// Source: consul-template v0.42.1, the regular expressions of `dependency/dependency.go`. `\w` is ASCII there and here.
const TAG = String.raw`(?:(?<tag>[\w=:.-]+)\.)?`;
const SERVICE = String.raw`(?<name>[\w-]+)`;
const NODE = String.raw`(?<name>[\w.-]+)`;
const PATH = String.raw`\/?(?<path>[^@?]+)`;
const PARAMETERS = String.raw`(?:\?(?<parameters>[\w\-=&]+))?`;
const DATACENTER = String.raw`(?:@(?<datacenter>[\w.-]+))?`;
const NEAR = String.raw`(?:~(?<near>[\w.-]+))?`;
const FILTERS = String.raw`(?:\|(?<filters>[\w,]+))?`;

/** Form of the text that each kind of query takes. The parts have a fixed order. */
const FORMS = {
  'health.service': whole(TAG, SERVICE, PARAMETERS, DATACENTER, NEAR, FILTERS),
  'catalog.services': whole(PARAMETERS, DATACENTER),
  'catalog.nodes': whole(PARAMETERS, DATACENTER, NEAR),
  'catalog.node': whole('(?:', NODE, DATACENTER, ')?'),
  'kv.get': whole(PATH, PARAMETERS, DATACENTER),
  'kv.list': whole(PATH, PARAMETERS, DATACENTER),
} as const;

type Endpoint = keyof typeof FORMS;
type Parts = Readonly<Record<string, string | undefined>>;
type QueryOf<K extends DataQuery['kind']> = Extract<DataQuery, { readonly kind: K }>;

/** In the order in which consul-template names them. */
const PARAMETER_NAMES = ['ns', 'peer', 'partition', 'sameness-group'];
const STATUS_FILTERS: readonly string[] = [
  'any',
  'critical',
  'maintenance',
  'passing',
  'warning',
] satisfies StatusFilter[];

/**
 * `[TAG.]NAME[?PARAMETERS][@DATACENTER][~NEAR][|FILTERS]`.
 * Throws an `Error` with consul-template's words for anything else, as all functions here do.
 */
export function parseServiceQuery(kind: ServiceQuery['kind'], text: string): ServiceQuery {
  const parts = partsOf('health.service', text);
  const filters = filtersOf(parts['filters'], text);
  const place = placeOf('health.service', parts);
  const { peer, 'sameness-group': group } = place.parameters ?? {};
  if (peer !== undefined && group !== undefined) {
    throw new Error('health.service: cannot specify both peer and sameness-group');
  }
  const { name = '', tag, near } = parts;
  return { kind, name, filters, ...place, ...(tag && { tag }), ...(near && { near }) };
}

/** `[?PARAMETERS][@DATACENTER]` */
export function parseServicesQuery(text: string): QueryOf<'services'> {
  return { kind: 'services', ...placeOf('catalog.services', partsOf('catalog.services', text)) };
}

/** `[?PARAMETERS][@DATACENTER][~NEAR]` */
export function parseNodesQuery(text: string): QueryOf<'nodes'> {
  const parts = partsOf('catalog.nodes', text);
  const { near } = parts;
  return { kind: 'nodes', ...placeOf('catalog.nodes', parts), ...(near && { near }) };
}

/** `[NAME[@DATACENTER]]` */
export function parseNodeQuery(text: string): QueryOf<'node'> {
  const parts = partsOf('catalog.node', text);
  const { name } = parts;
  return { kind: 'node', ...placeOf('catalog.node', parts), ...(name && { name }) };
}

/** `[/]PATH[?PARAMETERS][@DATACENTER]` */
export function parseKeyQuery(text: string): QueryOf<'key'> {
  const parts = partsOf('kv.get', text);
  return { kind: 'key', path: parts['path'] ?? '', ...placeOf('kv.get', parts) };
}

/** `[/]PREFIX[?PARAMETERS][@DATACENTER]` */
export function parseKeysQuery(text: string): QueryOf<'keys'> {
  const parts = partsOf('kv.list', text);
  return { kind: 'keys', prefix: parts['path'] ?? '', ...placeOf('kv.list', parts) };
}

function whole(...parts: readonly string[]): RegExp {
  return new RegExp(`^${parts.join('')}$`);
}

function partsOf(endpoint: Endpoint, text: string): Parts {
  const match = FORMS[endpoint].exec(text);
  if (match === null) throw new Error(`${endpoint}: invalid format: ${quote(text)}`);
  return match.groups ?? {};
}

function placeOf(endpoint: Endpoint, { datacenter, parameters: text }: Parts): QueryPlace {
  const parameters = parametersOf(endpoint, text ?? '');
  return {
    ...(datacenter && { datacenter }),
    ...(Object.keys(parameters).length > 0 && { parameters }),
  };
}

/** Of a parameter that is given twice the first counts, and one without a value is none. */
function parametersOf(endpoint: Endpoint, text: string): Readonly<Record<string, string>> {
  const pairs = text
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair): readonly [string, string] => {
      const at = pair.indexOf('=');
      return at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)];
    });
  for (const [key] of pairs) {
    if (PARAMETER_NAMES.includes(key)) continue;
    const supported = PARAMETER_NAMES.slice(0, 3).join(',');
    throw new Error(
      `${endpoint}: invalid query parameter key ${quote(key)} in query ${quote(text)}: supported keys: ${supported}`,
    );
  }
  return Object.fromEntries(pairs.toReversed().filter(([, value]) => value !== ''));
}

/** Sorted. `any` says all there is to say. */
function filtersOf(list: string | undefined, text: string): readonly StatusFilter[] {
  if (list === undefined) return ['passing'];
  const filters = list.split(',').filter((filter) => filter !== '');
  for (const filter of filters) {
    if (!STATUS_FILTERS.includes(filter)) {
      throw new Error(`health.service: invalid filter: ${quote(filter)} in ${quote(text)}`);
    }
  }
  return filters.includes('any') ? ['any'] : ([...new Set(filters)].toSorted() as StatusFilter[]);
}
