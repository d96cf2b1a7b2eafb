import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DEFECTS, type Defect } from './support/defects.ts';
import { type Outcome, outcomeText, playSchedule } from './support/play.ts';
import { makeSchedule } from './support/schedule.ts';
import { seeds, sized } from './support/size.ts';

const SOURCES = resolve(import.meta.dirname, '../../src');
/** Only to keep the runs short: by default what no event tells is found within 30 s. */
const ARGS = ['--resync', '5s'];
const HOOK = new URL('./support/defect-hook.ts', import.meta.url);

describe.concurrent('10 s after the last fault of a random schedule Consul holds what an oracle makes of Docker', () => {
  it.for(seeds())('seed %i', async (seed, { expect }) => {
    const outcome = await playSchedule(seed, { args: ARGS });
    expect(outcome.difference?.actual, outcomeText(outcome)).toEqual(outcome.difference?.expected);
  });
});

describe.concurrent('the oracle finds a Portolan that', () => {
  it.for(DEFECTS.slice(0, sized(1, DEFECTS.length)))('$name', { timeout: 300_000 }, async (defect, { expect }) => {
    const outcome = await firstFound(defect);
    expect(outcome?.difference?.actual).not.toEqual(outcome?.difference?.expected);
    // It worked but for its defect, and a sound one plays the same schedule without a fault.
    expect(outcome?.log).toContain('"msg":"registered"');
    const sound = await playSchedule(outcome?.seed ?? 0, { args: defect.args ?? ARGS });
    expect(sound.difference?.actual, outcomeText(sound)).toEqual(sound.difference?.expected);
  });
});

describe('the defects', () => {
  it.each(DEFECTS)('$name: changes one place of $file', ({ file, from }) => {
    expect(readFileSync(resolve(SOURCES, file), 'utf8').split(from)).toHaveLength(2);
  });
});

/** Plays schedules that suit the defect until one ends in a difference; not all do, since Portolan makes up for much. */
async function firstFound(defect: Defect): Promise<Outcome | undefined> {
  const hook = new URL(HOOK);
  hook.searchParams.set('defect', defect.name);
  const program = ['--import', hook.href, resolve(SOURCES, 'main.ts')];
  const suitable = Array.from({ length: 500 }, (_, seed) => seed).filter((seed) => defect.suits(makeSchedule(seed)));
  for (const seed of suitable.slice(0, 5)) {
    const outcome = await playSchedule(seed, { args: defect.args ?? ARGS, program });
    if (outcome.difference !== undefined) return outcome;
  }
  return undefined;
}
