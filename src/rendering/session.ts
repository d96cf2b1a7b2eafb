import { Suspend, type Template } from '../template/index.ts';
import type { AnswerTo } from './answers.ts';
import type { DataView } from './contracts.ts';
import type { Evaluation } from './evaluation.ts';
import { createCheckedScratch } from './pending-scratch.ts';
import type { DataQuery } from './queries.ts';
import { queryText } from './query-text.ts';

/** The surroundings of one evaluation. */
export interface SessionOptions {
  readonly template: Template;
  readonly view: DataView;
  readonly environment: Evaluation['environment'];
  readonly sandboxPath: string | undefined;
  readonly execution: Evaluation['execution'];
  readonly nowMs: number;
  readonly warn: (message: string) => void;
}

/** An evaluation, and what it has read. */
export interface Session {
  readonly evaluation: Evaluation;
  /** By their texts, in the order in which they were first read. */
  readonly queries: ReadonlyMap<string, DataQuery>;
  /** Why what is waited for is not there, by the texts of queries, where that is known. */
  readonly failures: ReadonlyMap<string, string>;
}

export function createSession({ template, view, warn, ...facts }: SessionOptions): Session {
  const queries = new Map<string, DataQuery>();
  const failures = new Map<string, string>();
  const told = new Set<string>();
  let pending: Suspend | undefined;

  const suspend = (text: string): never => {
    const suspension = new Suspend(text);
    pending ??= suspension;
    throw suspension;
  };
  const read = <Q extends DataQuery>(query: Q): AnswerTo<Q> => {
    const text = queryText(query);
    queries.set(text, query);
    const reading = view.read(query);
    if (reading.kind === 'known') return reading.answer;
    if (reading.kind === 'failed') throw reading.error;
    if (reading.failure !== undefined) failures.set(text, reading.failure);
    return suspend(text);
  };
  const evaluation: Evaluation = {
    ...facts,
    template,
    read,
    waitFor: (query) => suspend(queryText(query)),
    isPending: () => pending !== undefined,
    scratch: createCheckedScratch(() => {
      if (pending !== undefined) throw pending;
    }),
    warn: (message) => {
      if (told.has(message)) return;
      told.add(message);
      warn(message);
    },
  };
  return { evaluation, queries, failures };
}
