import { containerCheckId, ttlOfNotes } from './container-check.ts';
import type { CheckVerdict, RegistryState } from './contracts.ts';
import { INSTANCE_KEY, selfServiceId } from './self-service.ts';

/** A Portolan that runs or ran on this host with our owner mark. */
export interface Process {
  /** Unique to the process. */
  readonly instance: string;
  /** Wall time; ISO 8601 in UTC, so that texts compare as times do. */
  readonly since: string;
}

/** What the registry says of the processes on this host, in the service `portolan:<hostname>` and its check. */
export interface Witness {
  /** Who has claimed the host, if it is not we. */
  readonly claimant: Process | undefined;
  /** Who spoke last, if it is not we. */
  readonly speaker: Process | undefined;
  /** The last words are ours. */
  readonly isOurs: boolean;
  /** Heartbeats come, and nobody has said farewell. */
  readonly isAlive: boolean;
  /** Within a quarter of it a living process speaks. */
  readonly ttlMs: number;
}

/** The last words of a process that leaves its services to a successor: they need not end for that. */
export const FAREWELL: CheckVerdict = { status: 'passing', output: 'running: handed over' };

const DEFAULT_TTL_MS = 60_000;

/** How a process calls itself in its words and its claim. */
export function nameOf({ instance, since }: Process): string {
  return `instance ${instance} since ${since}`;
}

/** The words of a process that lives. */
export function wordsOf(process: Process): CheckVerdict {
  return { status: 'passing', output: `running: ${nameOf(process)}` };
}

export function isNewer(a: Process, b: Process): boolean {
  return a.since === b.since ? a.instance > b.instance : a.since > b.since;
}

export function witnessOf({ services, checks }: RegistryState, hostname: string, me: Process): Witness {
  const id = selfServiceId(hostname);
  const check = checks.get(containerCheckId(id));
  const speaker = processIn(check?.output);
  const claimant = processIn(services.get(id)?.meta[INSTANCE_KEY]);
  return {
    claimant: claimant?.instance === me.instance ? undefined : claimant,
    speaker: speaker?.instance === me.instance ? undefined : speaker,
    isOurs: speaker?.instance === me.instance,
    isAlive: check?.status === 'passing' && check.output !== FAREWELL.output,
    ttlMs: ttlOfNotes(check?.notes ?? '') ?? DEFAULT_TTL_MS,
  };
}

function processIn(text = ''): Process | undefined {
  const [, instance, since] = /\binstance (\S+) since (\d{4}-\S+Z)$/.exec(text) ?? [];
  return instance === undefined || since === undefined ? undefined : { instance, since };
}
