/** How long to wait for calm before acting. `quietMs` 0: not at all. */
export interface Quiescence {
  readonly quietMs: number;
  /** However often it changes. Not below `quietMs`. */
  readonly maxWaitMs: number;
}

/** A text that waits for calm. */
export interface PendingText {
  readonly text: string;
  /** Of the first of the changes that came one after another. */
  readonly sinceMs: number;
  readonly dueMs: number;
}

/** A text comes up: what waits now. The same text again is no change. */
export function offerText(
  pending: PendingText | undefined,
  text: string,
  { wait, nowMs }: { readonly wait: Quiescence; readonly nowMs: number },
): PendingText {
  if (pending?.text === text) return pending;
  const sinceMs = pending?.sinceMs ?? nowMs;
  return { text, sinceMs, dueMs: Math.min(nowMs + wait.quietMs, sinceMs + wait.maxWaitMs) };
}
