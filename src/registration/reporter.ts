import { errorFacts, type Log } from '../lib/log.ts';
import { createNovelty } from '../lib/novelty.ts';
import type { PassReport } from '../lib/reconcile-loop.ts';
import { type LastPass, statusNotes } from './status.ts';

/** Says in the log what a pass found, each fact once. */
export interface Reporter {
  pass(last: LastPass): void;
  outcome(report: PassReport): void;
}

const MESSAGES = {
  skipped: 'port is not registered',
  warning: 'setting is not taken as written',
  conflict: 'service belongs to somebody else',
} as const;

export function createReporter(log: Log): Reporter {
  const novelNotes = createNovelty();
  const novelIdentity = createNovelty();
  let wasFailing = false;
  return {
    pass: (last) => {
      for (const identity of novelIdentity(new Map([[JSON.stringify(last.identity), last.identity]]))) {
        log.info('registering', { ...identity });
      }
      const notes = new Map(statusNotes(last).map((note) => [JSON.stringify(note), note]));
      for (const { kind, container, text } of novelNotes(notes)) {
        log[kind === 'conflict' ? 'warn' : 'info'](MESSAGES[kind], { container, fact: text });
      }
    },
    outcome: ({ error, failures, durationMs, reasons }) => {
      log.debug('registration pass', { durationMs: Math.round(durationMs), reasons });
      // The first failure of a row is said, and from then on only what it turns into.
      if (error !== undefined && failures === 1) log.warn('registration fails; trying again', errorFacts(error));
      if (error === undefined && wasFailing) log.info('registration works again');
      wasFailing = error !== undefined;
    },
  };
}
