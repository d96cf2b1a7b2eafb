import type { CatalogSnapshot, ServiceInstance } from '../../domain/catalog.ts';
import { type BellNews, checkNews, type SeenCheck, type SeenChecks, seenChecks } from './bells.ts';
import { type Consistency, consistencyQuery, type QueryTools } from './blocking-query.ts';
import type { CatalogState } from './catalog-state.ts';
import { isReadByNode } from './node-reads.ts';
import { parseAnswer } from './parse-answer.ts';
import { contentOf, markOf } from './raw-answers.ts';

/** Those of all instances; worked out for the nodes that are asked for. */
interface KnownChecks {
  of(node: string): SeenChecks;
  all(): SeenChecks;
}

export interface CheckReadsDeps {
  readonly client: QueryTools['client'];
  readonly state: Pick<CatalogState, 'isAside' | 'names' | 'nodes' | 'services'>;
  readonly consistency: () => Consistency;
  readonly onNews: (news: BellNews) => void;
}

const ALL = '/health/state/any';
const NODE = '/health/node/{name}';
/** No check has this index. */
const UNKNOWN = -1;

/** Compares all checks that Consul has with those that are known, and tells where they differ. */
export interface CheckReads {
  /**
   * Node by node and one after another, so that neither the agent nor we are held up by a large answer; in one where there
   * are too many nodes for that. Rejects when an answer cannot be had.
   */
  read(signal: AbortSignal): Promise<void>;
  /** What is known is no longer what it was compared with. */
  forget(): void;
}

export function createCheckReads({ client, state, consistency, onNews }: CheckReadsDeps): CheckReads {
  /** By node: of answers that had nothing new in them. */
  const marks = new Map<string, string | undefined>();

  /** The checks of a service that cannot be read are not known, and would be news each time. */
  const newsOf = (known: SeenChecks, checks: SeenChecks): BellNews => {
    const { services, nodes } = checkNews(known, checks);
    return { services: services.filter((name) => !state.isAside(name)), nodes };
  };

  const readNode = async (name: string, known: KnownChecks, signal: AbortSignal): Promise<void> => {
    const query = consistencyQuery(consistency());
    const { body } = await client.request({ method: 'GET', path: NODE, params: { name }, query, isRaw: true }, signal);
    const mark = markOf(body);
    if (mark !== undefined && marks.get(name) === mark) return;
    const checks = parseAnswer(`/health/node/${name}`, () => seenChecks(contentOf(body)));
    const news = newsOf(known.of(name), checks);
    marks.set(name, news.services.length + news.nodes.length === 0 ? mark : undefined);
    onNews(news);
  };

  return {
    read: async (signal) => {
      const nodes = [...(state.nodes() ?? [])];
      const known = knownChecks(state.services());
      if (!isReadByNode(nodes, state.names().length)) {
        const query = consistencyQuery(consistency());
        const { body } = await client.request({ method: 'GET', path: ALL, query }, signal);
        const checks = parseAnswer(ALL, () => seenChecks(body));
        onNews(newsOf(known.all(), checks));
        return;
      }
      for (const name of nodes) await readNode(name, known, signal);
    },
    forget: () => marks.clear(),
  };
}

function knownChecks(services: CatalogSnapshot['services']): KnownChecks {
  let byNode: ReadonlyMap<string, readonly ServiceInstance[]> | undefined;
  const instances = () => (byNode ??= Map.groupBy([...services.values()].flat(), ({ node }) => node));
  return {
    of: (node) => knownChecksOf(node, instances().get(node) ?? []),
    all: () => new Map([...instances()].flatMap(([node, all]) => [...knownChecksOf(node, all)])),
  };
}

/** A check of the node itself is known only if all say the same of it: each instance was read at a time of its own. */
function knownChecksOf(name: string, instances: readonly ServiceInstance[]): SeenChecks {
  const known = new Map<string, SeenCheck>();
  const tellers = new Map<string, number>();
  for (const { checks } of instances) {
    for (const { node, id, serviceName: service, modifyIndex: index, status, reportedStatus = status } of checks) {
      const key = `${node}\n${id}`;
      const told = known.get(key);
      const isOther = told !== undefined && (told.index !== index || told.status !== reportedStatus);
      known.set(key, { status: reportedStatus, index: isOther ? UNKNOWN : index, service, node });
      tellers.set(key, (tellers.get(key) ?? 0) + 1);
    }
  }
  for (const [key, check] of known) {
    if (check.service === '' && check.node === name && tellers.get(key) !== instances.length)
      known.set(key, { ...check, index: UNKNOWN });
  }
  return known;
}
