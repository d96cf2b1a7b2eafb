import { PortolanError } from '../lib/errors.ts';
import { errorFacts, type Log } from '../lib/log.ts';
import type { ReadNotes } from './contracts.ts';

/** As long as Consul is away all reads fail, and that is one piece of news. */
const UNREACHABLE = 'CONSUL_UNREACHABLE';

/** Says once when something cannot be read any more, and once when it can again. */
export function createReadNotes(log: Pick<Log, 'info' | 'warn'>): ReadNotes {
  const failing = new Set<string>();
  let isAway = false;
  return {
    failed: (what, error) => {
      const isOutage = error instanceof PortolanError && error.code === UNREACHABLE;
      if (isOutage ? isAway : failing.has(what)) return;
      if (isOutage) isAway = true;
      else failing.add(what);
      const facts = { ...(!isOutage && { what }), ...errorFacts(error) };
      log.warn(isOutage ? 'Consul cannot be reached; files stay as they are' : 'cannot be read; trying again', facts);
    },
    answered: (what) => {
      if (isAway) log.info('Consul answers again');
      if (failing.delete(what)) log.info('can be read again', { what });
      isAway = false;
    },
  };
}
