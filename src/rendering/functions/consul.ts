import type { ServiceInstance } from '../../domain/catalog.ts';
import { contextFunction, type GoFunction, pointerTo, wrap } from '../../template/index.ts';
import type { Evaluation } from '../evaluation.ts';
import type { DataQuery, ServiceQuery } from '../queries.ts';
import { parseNodeQuery, parseNodesQuery, parseServiceQuery, parseServicesQuery } from '../query-grammar.ts';
import { TYPES } from '../types.ts';

const CATALOG_NODE = pointerTo(TYPES['dependency.CatalogNode']);
const SERVICES = 'func(...string) ([]*dependency.HealthService, error)';

/** What templates read of Consul's catalog. Source: consul-template v0.42.1, `funcs.go`. */
export const CONSUL_FUNCTIONS: Readonly<Record<string, GoFunction>> = {
  service: contextFunction(SERVICES, instancesOf('service'), TYPES),
  connect: contextFunction(SERVICES, instancesOf('connect'), TYPES),
  services: reader('func(...string) ([]*dependency.CatalogSnippet, error)', parseServicesQuery),
  nodes: reader('func(...string) ([]*dependency.Node, error)', parseNodesQuery),
  node: contextFunction('func(...string) (interface {}, error)', (evaluation: Evaluation, ...words: string[]) =>
    wrap(CATALOG_NODE, evaluation.read(parseNodeQuery(words.join('')))),
  ),
  datacenters: contextFunction('func(...bool) ([]string, error)', (evaluation: Evaluation, ...flags: boolean[]) => {
    const [ignoreFailing = false] = flags;
    if (flags.length > 1) {
      throw new Error(`datacenters: wrong number of arguments, expected 0 or 1, but got ${flags.length}`);
    }
    return evaluation.read({ kind: 'datacenters', ignoreFailing });
  }),
};

/** The arguments are one query, with a `|` between them. An empty one asks for nothing. */
function instancesOf(kind: ServiceQuery['kind']) {
  return (evaluation: Evaluation, ...words: readonly string[]): readonly ServiceInstance[] => {
    if (words.length === 0 || words[0] === '') return [];
    return evaluation.read(parseServiceQuery(kind, words.join('|')));
  };
}

/** The arguments are one query, with nothing between them. */
function reader(signature: string, parse: (text: string) => DataQuery): GoFunction {
  const read = (evaluation: Evaluation, ...words: readonly string[]) => evaluation.read(parse(words.join('')));
  return contextFunction(signature, read, TYPES);
}
