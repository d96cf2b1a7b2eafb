import type { ExecuteOptions, Template } from '../template/index.ts';
import type { AnswerTo } from './answers.ts';
import type { Scratch } from './functions/scratch.ts';
import type { DataQuery } from './queries.ts';

/** What one evaluation may use; functions get it as the context of the engine. It lives for that evaluation only. */
export interface Evaluation {
  /**
   * What is known. Throws the engine's `Suspend` for what is not known yet, an `Error` for what cannot be had, such as a
   * file outside the sandbox.
   */
  read<Q extends DataQuery>(query: Q): AnswerTo<Q>;
  /** Throws a `Suspend`: what the query gives is known, but nothing may be rendered with it, as with a missing `key`. */
  waitFor(query: DataQuery): never;
  /** Something was not known, so that the evaluation lacks what the statements do which needed it. */
  isPending(): boolean;
  /** The folder in which files must lie. */
  readonly sandboxPath: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Wall clock, ms since 1970. */
  readonly nowMs: number;
  /** Throws a `Suspend` when it is read while the evaluation is pending: what was skipped may have written to it. */
  readonly scratch: Scratch;
  /** The template under evaluation: `executeTemplate` looks others up in it. */
  readonly template: Template;
  /** As `template` itself is evaluated, but for the context. A template that is called from it is evaluated the same way. */
  readonly execution: Omit<ExecuteOptions, 'context'>;
  /** Something that works here but should be written otherwise. The same text is told once. */
  warn(message: string): void;
}
