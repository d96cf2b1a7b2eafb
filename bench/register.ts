import { createReporter, type Reporter } from './measure.ts';
import { type Registrar, registrars } from './registrars.ts';
import { burst } from './scenarios/burst.ts';
import { idle } from './scenarios/idle.ts';
import { restart } from './scenarios/restart.ts';
import { resync } from './scenarios/resync.ts';
import { startup } from './scenarios/startup.ts';
import { type BenchFlags, numberOf, USAGE } from './settings.ts';
import { type World, withWorld } from './world.ts';

export interface ScenarioInput {
  readonly world: World;
  readonly registrar: Registrar;
  readonly reporter: Reporter;
  /** Containers. */
  readonly n: number;
  readonly rounds: number;
  readonly seconds: number;
  /** Starts in a second; 0 for all at once. */
  readonly rate: number;
}

type Scenario = (input: ScenarioInput) => Promise<void>;

const SCENARIOS: ReadonlyMap<string, Scenario> = new Map([
  ['startup', startup],
  ['burst', burst],
  ['restart', restart],
  ['resync', resync],
  ['idle', idle],
]);

/** `npm run bench -- register`: how fast and at what cost containers become services. */
export async function register(flags: BenchFlags): Promise<void> {
  const scenario = SCENARIOS.get(flags.scenario ?? 'startup');
  if (scenario === undefined) throw new Error(USAGE);
  const settings = {
    n: numberOf(flags.n, 1_000),
    rounds: numberOf(flags.rounds, 3),
    seconds: numberOf(flags.seconds, 30),
    rate: numberOf(flags.rate, 0),
  };
  for (const registrar of registrars()) {
    const reporter = createReporter(flags.json === true);
    await withWorld((world) => scenario({ world, registrar, reporter, ...settings }));
  }
}
