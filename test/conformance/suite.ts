/** Recordings of one of the old programs, and how Portolan is held against them. */
export interface Suite {
  /** The cases of a file, in its order. Throws a `CasesUnreadable` when the text is no such file. */
  parse(text: string): readonly ConformanceCase[];
  /** Starts what the cases need; resolves to what ends it. */
  prepare?(): Promise<() => Promise<void>>;
}

export interface ConformanceCase {
  /** Unique in its file. */
  readonly name: string;
  /** Why it does not count; `undefined` for one that does. */
  readonly skipped: string | undefined;
  /** What Portolan does otherwise than recorded, in lines for people; empty when nothing. Rejects for a broken case. */
  judge(): Promise<readonly string[]>;
  /** Once judged: whether an error has the recorded message too; `undefined` where there is none to compare. */
  messageAgrees?(): boolean | undefined;
}

/** The file is not one of the suite's. */
export class CasesUnreadable extends Error {}
