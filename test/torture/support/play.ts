import type { Container } from 'dockerode';
import { execute } from './execute.ts';
import { type Difference, type Rig, type RigOptions, startRig } from './rig.ts';
import { makeSchedule, type Step, stepText } from './schedule.ts';

/** What a schedule led to: nothing, or how Consul differed in the end. */
export interface Outcome {
  readonly seed: number;
  /** The steps with their times, one a line. */
  readonly story: string;
  readonly difference: Difference | undefined;
  /** What the daemon logged. */
  readonly log: string;
}

/** After the last fault heals, Consul must be right within this. */
const SETTLE_MS = 10_000;

/** A seed may be played twice at once. */
let played = 0;

/** Plays a schedule on a rig of its own. Throws only when the world itself fails, not Portolan. */
export async function playSchedule(seed: number, options: Omit<RigOptions, 'run'> = {}): Promise<Outcome> {
  played += 1;
  const rig = await startRig({ ...options, run: `torture-${played}-${seed}` });
  try {
    const containers: Container[] = [];
    const story: string[] = [];
    const startMs = performance.now();
    rig.daemon.start();
    for (const timed of makeSchedule(seed)) {
      await new Promise((resolve) => setTimeout(resolve, timed.waitMs));
      story.push(`${((performance.now() - startMs) / 1_000).toFixed(2).padStart(6)} s  ${stepText(timed)}`);
      await perform(timed.step, rig, containers);
    }
    const difference = await rig.settled(SETTLE_MS).then(
      () => undefined,
      (error: unknown) => error as Difference,
    );
    return { seed, story: story.join('\n'), difference, log: rig.daemon.log() };
  } finally {
    await rig.close();
  }
}

async function perform(step: Step, rig: Rig, containers: Container[]): Promise<void> {
  switch (step.kind) {
    case 'run':
      containers[step.container] = await rig.runContainer(step.app, `c${step.container}`);
      return;
    case 'cut':
    case 'stall':
    case 'mend':
      return await rig.proxies[step.side].set(({ cut: 'cut', stall: 'stalled', mend: 'open' } as const)[step.kind]);
    case 'wipe consul':
      return await rig.consul.wipe();
    case 'kill portolan':
      return await rig.daemon.kill();
    case 'start portolan':
      return rig.daemon.start();
    default:
      return await change(step, rig, containers[step.container] as Container);
  }
}

type ContainerStep = Exclude<Extract<Step, { readonly container: number }>, { kind: 'run' }>;

async function change(step: ContainerStep, rig: Rig, container: Container): Promise<void> {
  switch (step.kind) {
    case 'rename':
      return void (await container.rename({ name: `${rig.run}-c${step.container}-${step.suffix}` }));
    case 'stop':
      return void (await container.stop({ t: 10 }));
    case 'restart':
      return void (await container.restart({ t: 10 }));
    case 'kill':
      return void (await container.kill());
    case 'pause':
      return void (await container.pause());
    case 'unpause':
      return void (await container.unpause());
    case 'again':
      return void (await container.start());
    case 'remove':
      return void (await container.remove({ force: true, v: true }));
    case 'fall ill':
      return await execute(container, 'rm -f /well');
    case 'get well':
      return await execute(container, 'touch /well');
    case 'deregister by hand':
    case 'overwrite by hand':
      return await tamper(step.kind, rig, container);
  }
}

/** Behind Portolan's back, at the agent itself. */
async function tamper(kind: `${string} by hand`, rig: Rig, container: Container): Promise<void> {
  const { Name } = await container.inspect();
  const { services } = await rig.actual();
  const [id, service] = Object.entries(services).find(([key]) => key.includes(`:${Name.slice(1)}:`)) ?? [];
  if (id === undefined || service === undefined) return;
  if (kind === 'deregister by hand') return await rig.consul.deregister(id);
  const { name, address, port, meta } = service;
  await rig.consul.register({ ID: id, Name: name, Address: address, Port: port, Meta: meta, Tags: ['by-hand'] });
}

/** Everything that one needs to know of a schedule that failed. */
export function outcomeText({ seed, story, log }: Outcome): string {
  const lines = log.trim().split('\n').slice(-80).join('\n');
  return `seed ${seed} fails; again by: TORTURE_SEED=${seed} make torture\n${story}\n\nthe daemon's log ends so:\n${lines}`;
}
