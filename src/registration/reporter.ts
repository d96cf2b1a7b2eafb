import { errorFacts, type Log } from '../lib/log.ts';
import { createNovelty } from '../lib/novelty.ts';
import type { PassReport } from '../lib/reconcile-loop.ts';
import { type HeartbeatOptions, isHurried } from './heartbeat-pace.ts';
import { type LastPass, statusNotes } from './status.ts';

/** Says in the log what a pass found, each fact once. */
export interface Reporter {
  pass(last: LastPass, options: HeartbeatOptions): void;
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
  const novelFacts = createNovelty();
  let wasFailing = false;
  return {
    pass: (last, options) => {
      for (const identity of novelIdentity(new Map([[JSON.stringify(last.identity), last.identity]]))) {
        log.info('registering', { ...identity });
      }
      for (const fact of novelFacts(passFacts(last, options))) log.warn(fact);
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

/** What concerns all of the pass and no container alone. */
function passFacts(
  { standing, desired: { registrations } }: LastPass,
  options: HeartbeatOptions,
): ReadonlyMap<string, string> {
  const facts: string[] = [];
  if (standing.kind === 'passive') {
    facts.push(`a newer Portolan with our owner mark runs here (${standing.rival}); it writes, this one only watches`);
  } else if (standing.rival?.hasEnded === true) {
    facts.push(`the newer Portolan (${standing.rival.name}) has ended; this one writes again`);
  } else if (standing.rival !== undefined) {
    facts.push(
      `an older Portolan with our owner mark runs here (${standing.rival.name}); this one writes, the other should be stopped`,
    );
  }
  const checks = [...registrations.values()].filter(({ containerCheck }) => containerCheck !== undefined).length;
  if (isHurried(checks, options)) {
    facts.push('more than 20 heartbeats a second; a longer --ttl-refresh would cost the agent less');
  }
  return new Map(facts.map((fact) => [fact, fact]));
}
