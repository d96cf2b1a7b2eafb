import { watchAgent } from '../agent-watch.ts';
import { portOf } from '../fake-docker.ts';
import type { Launched } from '../processes.ts';
import type { ScenarioInput } from '../register.ts';
import type { RegistrarOptions } from '../registrars.ts';

/**
 * Starts the registrar and waits until its first pass is done, all n containers are registered (which they may have been
 * before), and the agent has nothing left to do.
 */
export async function registered(
  { world, registrar, n }: Pick<ScenarioInput, 'world' | 'registrar' | 'n'>,
  options: RegistrarOptions,
): Promise<Launched> {
  const watch = watchAgent(world.consul.http);
  const launched = await registrar.start(world, options);
  await registrar.ready(world, launched);
  const missing = await watch.missing(
    Array.from({ length: n }, (_, i) => portOf(i)),
    'there',
  );
  launched.assertAlive();
  if (missing > 0) throw new Error(`${registrar.name} has not registered ${missing} of ${n} containers`);
  await watch.stop();
  await world.consul.settle();
  return launched;
}
