/** When somebody should be told what a template waits for. */
export interface WaitingNotes {
  /** What the template of this number waits for now; nothing when it does not wait. */
  update(template: number, waitsFor: readonly string[], nowMs: number): void;
  /** Those that have waited for the same long enough, once for each set. */
  take(nowMs: number): readonly WaitingNote[];
  /** When the next one is due; `Infinity` for never. */
  dueMs(): number;
}

export interface WaitingNote {
  readonly template: number;
  /** Sorted. */
  readonly waitsFor: readonly string[];
}

const PATIENCE_MS = 5_000;

export function createWaitingNotes(): WaitingNotes {
  const waiting = new Map<number, WaitingNote & { readonly dueMs: number; isSaid: boolean }>();
  return {
    update: (template, waitsFor, nowMs) => {
      const sorted = waitsFor.toSorted();
      if (sorted.length === 0) waiting.delete(template);
      else if (waiting.get(template)?.waitsFor.join('\n') !== sorted.join('\n')) {
        waiting.set(template, { template, waitsFor: sorted, dueMs: nowMs + PATIENCE_MS, isSaid: false });
      }
    },
    take: (nowMs) => {
      const due = [...waiting.values()].filter(({ dueMs, isSaid }) => !isSaid && dueMs <= nowMs);
      for (const note of due) note.isSaid = true;
      return due.map(({ template, waitsFor }) => ({ template, waitsFor }));
    },
    dueMs: () => Math.min(...[...waiting.values()].filter(({ isSaid }) => !isSaid).map(({ dueMs }) => dueMs)),
  };
}
