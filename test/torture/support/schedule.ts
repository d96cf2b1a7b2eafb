import { createRandom, type Random } from '../../support/random.ts';
import { APPS, type App } from './apps.ts';

/** One thing that is done to the world. */
export type Step =
  | { readonly kind: 'run'; readonly container: number; readonly app: App }
  | { readonly kind: 'rename'; readonly container: number; readonly suffix: string }
  | { readonly kind: ContainerAction; readonly container: number }
  | { readonly kind: Tampering; readonly container: number }
  | { readonly kind: 'cut' | 'stall' | 'mend'; readonly side: Side }
  | { readonly kind: 'wipe consul' | 'kill portolan' | 'start portolan' };

/** `stop` asks it to end, which it obeys; `again` starts one that has ended. */
type ContainerAction = (typeof RUNNING_ACTIONS)[number] | 'unpause' | 'again' | 'remove';
/** Somebody else writes into Consul: takes a service away, or writes it anew with other tags. */
type Tampering = 'deregister by hand' | 'overwrite by hand';
/** A connection of Portolan. */
type Side = 'docker' | 'consul';

export interface TimedStep {
  /** Time since the end of the step before. */
  readonly waitMs: number;
  readonly step: Step;
}

const RUNNING_ACTIONS = ['stop', 'kill', 'restart', 'pause', 'fall ill', 'get well'] as const;
const MAX_CONTAINERS = 8;
const MIN_STEPS = 10;

interface ContainerModel {
  state: 'running' | 'paused' | 'ended' | 'removed';
  readonly hasHealthCheck: boolean;
  renames: number;
}

/** What is spoilt now, and after how many more steps it is mended. */
interface Fault {
  readonly mend: Step;
  left: number;
}

interface Model {
  readonly random: Random;
  readonly containers: ContainerModel[];
  readonly faults: Map<Side | 'portolan', Fault>;
  /** Once in a schedule: who does it again and again is taken for another registrator, and gets its way. */
  isOverwritten: boolean;
}

/** A schedule of 10 to 15 random steps, and those that mend at its end what is still spoilt. The same for the same seed. */
export function makeSchedule(seed: number): readonly TimedStep[] {
  const random = createRandom(seed);
  const model: Model = { random, containers: [], faults: new Map(), isOverwritten: false };
  const steps: TimedStep[] = [];
  const add = (step: Step): void => {
    // Half of them follow at once, so that things happen while Portolan is at work.
    steps.push({ waitMs: random.chance(0.5) ? 0 : random.below(700), step });
  };
  const count = MIN_STEPS + random.below(6);
  for (let i = 0; i < count; i++) {
    add(i < 2 ? runNew(model) : nextStep(model));
    for (const [what, fault] of model.faults) {
      fault.left -= 1;
      if (fault.left >= 0) continue;
      add(fault.mend);
      model.faults.delete(what);
    }
  }
  for (const { mend } of model.faults.values()) add(mend);
  return steps;
}

function nextStep(model: Model): Step {
  const { random, containers } = model;
  const kind = random.below(10);
  if (kind < 3 && containers.length < MAX_CONTAINERS) return runNew(model);
  if (kind < 7) return changeContainer(model);
  return spoil(model) ?? changeContainer(model);
}

function runNew({ random, containers }: Model): Step {
  const app = random.pick(APPS);
  containers.push({ state: 'running', hasHealthCheck: app.hasHealthCheck === true, renames: 0 });
  return { kind: 'run', container: containers.length - 1, app };
}

function changeContainer(model: Model): Step {
  const { random, containers } = model;
  const present = [...containers.keys()].filter((i) => containers[i]?.state !== 'removed');
  if (present.length === 0) return runNew(model);
  const container = random.pick(present);
  const it = containers[container] as ContainerModel;
  if (random.chance(0.2)) {
    it.renames += 1;
    return { kind: 'rename', container, suffix: `r${it.renames}` };
  }
  if (random.chance(0.15)) {
    if (model.isOverwritten || random.chance(0.5)) return { kind: 'deregister by hand', container };
    model.isOverwritten = true;
    return { kind: 'overwrite by hand', container };
  }
  switch (it.state) {
    case 'paused':
      it.state = 'running';
      return { kind: 'unpause', container };
    case 'ended':
      it.state = random.chance(0.7) ? 'running' : 'removed';
      return { kind: it.state === 'running' ? 'again' : 'remove', container };
    default:
      return changeRunning(it, container, random);
  }
}

function changeRunning(it: ContainerModel, container: number, random: Random): Step {
  const kind = random.pick(RUNNING_ACTIONS.slice(0, it.hasHealthCheck ? RUNNING_ACTIONS.length : 4));
  if (kind === 'pause') it.state = 'paused';
  if (kind === 'stop' || kind === 'kill') it.state = 'ended';
  return { kind, container };
}

/** Nothing where everything that can be spoilt is. */
function spoil({ random, faults }: Model): Step | undefined {
  const whole = (['docker', 'consul', 'portolan'] as const).filter((what) => !faults.has(what));
  if (random.chance(0.25)) return { kind: 'wipe consul' };
  if (whole.length === 0) return undefined;
  const what = random.pick(whole);
  const left = 1 + random.below(4);
  if (what === 'portolan') {
    faults.set(what, { mend: { kind: 'start portolan' }, left });
    return { kind: 'kill portolan' };
  }
  faults.set(what, { mend: { kind: 'mend', side: what }, left });
  return { kind: random.pick(['cut', 'stall']), side: what };
}

/** `+120 ms  rename c2 to c2-r1` */
export function stepText({ waitMs, step }: TimedStep): string {
  return `+${waitMs} ms`.padEnd(9) + what(step);
}

function what(step: Step): string {
  switch (step.kind) {
    case 'run':
      return `run c${step.container} (${step.app.kind})`;
    case 'rename':
      return `rename c${step.container} to c${step.container}-${step.suffix}`;
    case 'cut':
    case 'stall':
    case 'mend':
      return `${step.kind} ${step.side}`;
    case 'wipe consul':
    case 'kill portolan':
    case 'start portolan':
      return step.kind;
    default:
      return `${step.kind} c${step.container}`;
  }
}
