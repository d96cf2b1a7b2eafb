import type { Answers, AnswerTo, KeyPair } from './answers.ts';
import type { DataQuery } from './queries.ts';

/** Not there yet. Once it was tried in vain `failure` says why; it is tried again, for ever. */
interface Pending {
  readonly kind: 'pending';
  readonly failure?: string;
}

/** Cannot be had, and waiting is of no use: a file outside the sandbox, or a missing one. It may still change. */
interface Failed {
  readonly kind: 'failed';
  readonly error: Error;
}

/** What is known of a query. */
export type Reading<Q extends DataQuery = DataQuery> =
  | { readonly kind: 'known'; readonly answer: AnswerTo<Q> }
  | Failed
  | Pending;

/** Who answers queries. */
export interface DataView {
  read<Q extends DataQuery>(query: Q): Reading<Q>;
}

/** Data that is followed for templates. */
export interface TemplateData extends DataView {
  /** Follows exactly these from now on: those that are no longer named end, and are forgotten. */
  want(queries: readonly DataQuery[]): void;
  /**
   * Follows what is wanted until aborted, and tells of each change of what `read` gives. Never rejects: failures are
   * told by `read`. Only one at a time.
   */
  follow(onChange: () => void, signal: AbortSignal): Promise<void>;
}

/** Is told of each read that fails and of each that does not. Both may come over and over. */
export interface ReadNotes {
  failed(what: string, error: unknown): void;
  answered(what: string): void;
}

/** A query under the text that is its identity. */
export interface NamedQuery {
  readonly text: string;
  readonly query: DataQuery;
}

export type RawKeyPair = Omit<KeyPair, 'value'> & { readonly value: Uint8Array };

/** Answers as a system gives them: what keys and files hold as bytes, instances in any state. */
export interface RawAnswers extends Omit<Answers, 'file' | 'key' | 'keys'> {
  readonly key: Uint8Array | undefined;
  readonly keys: readonly RawKeyPair[];
  readonly file: Uint8Array;
}

export type RawAnswer = RawAnswers[keyof RawAnswers];
export type RawReading = { readonly kind: 'known'; readonly answer: RawAnswer } | Failed | Pending;

/** One system that answers queries: what `TemplateData` needs from outside, with the same rules. */
export interface QuerySource {
  want(queries: readonly NamedQuery[]): void;
  /** Of a query by its text; pending for one that is not wanted. */
  read(text: string): RawReading;
  follow(onChange: () => void, signal: AbortSignal): Promise<void>;
}
