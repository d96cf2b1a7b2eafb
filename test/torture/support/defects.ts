import type { Step, TimedStep } from './schedule.ts';

/** A mistake in the sources of Portolan, made on purpose: an oracle that does not find it would find nothing. */
export interface Defect {
  readonly name: string;
  /** Below `src`. */
  readonly file: string;
  /** Stands there exactly once. */
  readonly from: string;
  readonly to: string;
  /** Options that take away what would otherwise make up for it. */
  readonly args?: readonly string[];
  /** Whether a schedule does what brings it out. */
  readonly suits: (steps: readonly TimedStep[]) => boolean;
}

export const DEFECTS: readonly Defect[] = [
  {
    name: 'never deregisters',
    file: 'registration/apply-plan.ts',
    from: 'await tools.registry.deregister(serviceId, signal);',
    to: '',
    suits: (steps) => !has(steps, 'wipe consul') && ends(steps),
  },
  {
    name: 'never reads again what it once has read',
    file: 'lib/reconcile-loop.ts',
    from: 'resync: startMs >= resyncDueMs || failures > 0',
    to: 'resync: false',
    suits: (steps) => has(steps, 'overwrite by hand'),
  },
  {
    name: 'does not hear that Consul has lost a check',
    file: 'registration/heartbeats.ts',
    from: "if (reply === 'unknown') onUnknown(checkId);",
    to: '',
    args: ['--resync', '0', '--ttl', '4s'],
    suits: (steps) => !has(steps, 'overwrite by hand') && isDeregisteredForGood(steps),
  },
  {
    name: 'never changes what is registered',
    file: 'registration/plan.ts',
    from: 'const found = difference(registration, registry, context);',
    to: 'const found = registry.services.has(id) ? undefined : difference(registration, registry, context);',
    suits: (steps) => during(steps, 'cut', ['restart']),
  },
  {
    name: 'takes a paused container for a running one',
    file: 'registration/container-check.ts',
    from: "container.state === 'paused'",
    to: 'false',
    suits: (steps) => has(steps, 'pause') && !has(steps, 'unpause'),
  },
  {
    name: 'leaves what it did not see itself',
    file: 'registration/probation.ts',
    from: 'return missedMs !== undefined && clock.monotonicMs() - missedMs >= PROBATION_MS;',
    to: 'return false;',
    suits: (steps) => during(steps, 'kill portolan', ['rename', 'stop', 'kill']),
  },
];

function has(steps: readonly TimedStep[], kind: Step['kind']): boolean {
  return steps.some(({ step }) => step.kind === kind);
}

/** Whether a container with services is ended and not started again. */
function ends(steps: readonly TimedStep[]): boolean {
  return steps.some(({ step }) => {
    if (step.kind !== 'run' || step.app.published.length === 0 || step.app.labels?.['SERVICE_IGNORE']) return false;
    const own = steps.filter((other) => 'container' in other.step && other.step.container === step.container);
    const last = own.at(-1)?.step.kind;
    return own.length > 1 && (last === 'kill' || last === 'stop');
  });
}

/** Whether a service is deregistered by hand, and nothing happens afterwards that would mend it by the way. */
function isDeregisteredForGood(steps: readonly TimedStep[]): boolean {
  const last = steps.findLastIndex(({ step }) => step.kind === 'deregister by hand');
  const deregistered = steps[last]?.step;
  if (deregistered?.kind !== 'deregister by hand') return false;
  const isRunning = steps.slice(0, last).every(({ step }) => step.kind !== 'stop' && step.kind !== 'kill');
  return (
    isRunning &&
    steps.slice(last + 1).every(({ step }) => {
      if ('container' in step) return step.container !== deregistered.container;
      return 'side' in step && step.side === 'docker';
    })
  );
}

/** Whether something of `kinds` is done between a fault and what mends it. */
function during(steps: readonly TimedStep[], fault: 'cut' | 'kill portolan', kinds: readonly Step['kind'][]): boolean {
  let isSpoilt = false;
  return steps.some(({ step }) => {
    if (step.kind === fault) isSpoilt = step.kind === 'kill portolan' || ('side' in step && step.side === 'docker');
    if (step.kind === 'start portolan' || (step.kind === 'mend' && step.side === 'docker')) isSpoilt = false;
    return isSpoilt && kinds.includes(step.kind);
  });
}
