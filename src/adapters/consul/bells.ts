import * as z from 'zod';
import type { CatalogSnapshot } from '../../domain/catalog.ts';

/** What an answer tells about the one before it. */
export interface BellNews {
  /** Services that have changed for sure. */
  readonly services: readonly string[];
  /** Nodes of which a check changed: any of their services may have. */
  readonly nodes: readonly string[];
}

/** Compares each answer with the one before. The first says nothing, since then everything is read anyway. */
export type Bell = (answer: unknown) => BellNews;

const checksSchema = z.array(
  z.object({
    Node: z.string(),
    CheckID: z.string(),
    Status: z.string(),
    ServiceName: z.string().default(''),
    ModifyIndex: z.number().default(0),
  }),
);

/** What tells two states of a check apart, and where it belongs. */
interface SeenCheck {
  readonly mark: string;
  readonly service: string;
  readonly node: string;
}

/**
 * For answers of `/v1/health/state/any`, whole or filtered: which checks came, went or changed. Throws a `ZodError` for
 * anything else. It does not tell what changed without its check: a port, a tag, a service that has none.
 */
export function createChecksBell(): Bell {
  let before: ReadonlyMap<string, SeenCheck> | undefined;
  return (answer) => {
    const now = new Map(
      checksSchema.parse(answer ?? []).map((check) => [`${check.Node}\n${check.CheckID}`, seen(check)]),
    );
    const changed = before === undefined ? [] : differences(before, now);
    before = now;
    return newsOf(changed);
  };
}

function seen({ Node, Status, ServiceName, ModifyIndex }: z.output<typeof checksSchema>[number]): SeenCheck {
  return { mark: `${Status} ${ModifyIndex}`, service: ServiceName, node: Node };
}

function differences(
  before: ReadonlyMap<string, SeenCheck>,
  now: ReadonlyMap<string, SeenCheck>,
): readonly SeenCheck[] {
  const newOrOther = [...now].filter(([key, { mark, service }]) => {
    const old = before.get(key);
    return old?.mark !== mark || old.service !== service;
  });
  const gone = [...before].filter(([key, { service }]) => now.get(key)?.service !== service);
  return [...newOrOther, ...gone].map(([, check]) => check);
}

function newsOf(checks: readonly SeenCheck[]): BellNews {
  const ofServices = checks.filter(({ service }) => service !== '').map(({ service }) => service);
  const ofNodes = checks.filter(({ service }) => service === '').map(({ node }) => node);
  return { services: [...new Set(ofServices)], nodes: [...new Set(ofNodes)] };
}

/** Services that are new in a list, or whose tags there are others. */
export function changedNames(before: CatalogSnapshot['names'], now: CatalogSnapshot['names']): readonly string[] {
  return [...now].filter(([name, tags]) => before.get(name)?.join('\n') !== tags.join('\n')).map(([name]) => name);
}
