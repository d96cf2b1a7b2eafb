import type { Clock } from './clock.ts';

/** The deadlines of many requests with one timer: a timer each costs as much as the request itself (measured). */
export interface Deadlines {
  /** Calls `onDue` after `ms` milliseconds, unless the returned function is called before. */
  start(ms: number, onDue: () => void): () => void;
}

interface Deadline {
  readonly dueMs: number;
  readonly onDue: () => void;
}

export function createDeadlines(clock: Clock): Deadlines {
  const running = new Set<Deadline>();
  let alarm: { readonly dueMs: number; readonly stop: AbortController } | undefined;

  const setAlarm = (dueMs: number): void => {
    alarm?.stop.abort();
    const stop = new AbortController();
    alarm = { dueMs, stop };
    clock.sleep(dueMs - clock.monotonicMs(), stop.signal).then(ring, () => undefined);
  };
  const ring = (): void => {
    alarm = undefined;
    const nowMs = clock.monotonicMs();
    const due = [...running].filter(({ dueMs }) => dueMs <= nowMs);
    for (const deadline of due) running.delete(deadline);
    if (running.size > 0) setAlarm(Math.min(...[...running].map(({ dueMs }) => dueMs)));
    for (const { onDue } of due) onDue();
  };

  return {
    start: (ms, onDue) => {
      const deadline = { dueMs: clock.monotonicMs() + ms, onDue };
      running.add(deadline);
      if (alarm === undefined || deadline.dueMs < alarm.dueMs) setAlarm(deadline.dueMs);
      return () => {
        running.delete(deadline);
        if (running.size > 0) return;
        alarm?.stop.abort();
        alarm = undefined;
      };
    },
  };
}
