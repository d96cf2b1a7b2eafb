import type { CatalogSnapshot } from '../../domain/catalog.ts';
import { fieldsOf, indexOf, listOf, textOf } from './light-guards.ts';

/** What an answer tells about the one before it. */
export interface BellNews {
  /** Services that have changed for sure. */
  readonly services: readonly string[];
  /** Nodes of which a check changed: any of their services may have. */
  readonly nodes: readonly string[];
}

/** Compares each answer with the one before. The first says nothing, since then everything is read anyway. */
export type Bell = (answer: unknown) => BellNews;

/** What tells two states of a check apart, and where it belongs. */
export interface SeenCheck {
  readonly status: string;
  readonly index: number;
  /** Empty for a check of the node. */
  readonly service: string;
  readonly node: string;
}

/**
 * For filtered answers of `/v1/health/state/any`: which checks came, went or changed. Throws for anything else. It does
 * not tell what changed without its check: a port, a tag, a service that has none.
 */
export function createChecksBell(): Bell {
  let before: SeenChecks | undefined;
  return (answer) => {
    const now = seenChecks(answer);
    const news = checkNews(before ?? now, now);
    before = now;
    return news;
  };
}

/** Checks by node and ID. */
export type SeenChecks = ReadonlyMap<string, SeenCheck>;

/** For an answer of `/v1/health/state/any` or `/v1/health/node/:node`. Throws for anything else. */
export function seenChecks(answer: unknown): SeenChecks {
  return new Map(listOf(answer).map(seenCheck));
}

function seenCheck(raw: unknown, place: number): readonly [string, SeenCheck] {
  const check = fieldsOf(raw, place);
  const node = textOf(check, 'Node', place);
  const seen = {
    status: textOf(check, 'Status', place),
    index: indexOf(check, 'ModifyIndex', place),
    service: textOf(check, 'ServiceName', place, ''),
    node,
  };
  return [`${node}\n${textOf(check, 'CheckID', place)}`, seen];
}

/** What came, went or changed. */
export function checkNews(before: SeenChecks, now: SeenChecks): BellNews {
  return newsOf(differences(before, now));
}

function differences(before: SeenChecks, now: SeenChecks): readonly SeenCheck[] {
  const changed: SeenCheck[] = [];
  for (const [key, check] of now) {
    const old = before.get(key);
    const isSame = old?.index === check.index && old.status === check.status && old.service === check.service;
    if (!isSame) changed.push(check);
  }
  for (const [key, check] of before) if (now.get(key)?.service !== check.service) changed.push(check);
  return changed;
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

/** Whether a list tells by itself what changed in it: a service has come, gone or got other tags. */
export function isTold(before: CatalogSnapshot['names'], now: CatalogSnapshot['names']): boolean {
  return changedNames(before, now).length > 0 || [...before.keys()].some((name) => !now.has(name));
}
