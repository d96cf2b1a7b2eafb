import { parse, TemplateError, type Value } from '../../../src/template/index.ts';
import { FUNCTIONS } from '../../conformance/gotemplate-functions.ts';
import { createRandom, type Random } from '../../support/random.ts';
import { randomTemplate, randomText } from './random-templates.ts';

const MAX_OUTPUT_BYTES = 20_000;
const MAX_CHECKS = 20;
const SCALARS: readonly Value[] = [
  '',
  'a',
  'é\udcff',
  0,
  1,
  -7,
  2n ** 63n - 1n,
  0.5,
  true,
  false,
  null,
  undefined,
  new Error('e'),
];

/** How many templates could be parsed, and how many of those evaluated. */
export interface FuzzCounts {
  readonly parsed: number;
  readonly evaluated: number;
}

/**
 * Parses and evaluates templates by chance, half of them mere pieces of text. Throws an error that names the template
 * when it meets anything but a text or a `TemplateError`, or a template that is not the same when written out.
 */
export function fuzz(seed: number, count: number): FuzzCounts {
  const random = createRandom(seed);
  const counts = { parsed: 0, evaluated: 0 };
  for (let i = 0; i < count; i++) {
    const text = random.chance(0.5) ? randomText(random) : randomTemplate(random);
    const data = random.chance(0.8) ? randomMap(random, 3) : randomData(random, 2);
    try {
      checkTemplate(text, data, counts);
    } catch (error) {
      throw new Error(`seed ${seed}, template ${i}: ${JSON.stringify(text)}`, { cause: error });
    }
  }
  return counts;
}

function checkTemplate(text: string, data: Value, counts: { parsed: number; evaluated: number }): void {
  const template = orMistake(() => parse('t', text, { functions: FUNCTIONS }));
  if (template === undefined) return;
  counts.parsed++;
  const output = evaluated(template.execute.bind(template), data);
  if (output !== undefined) counts.evaluated++;
  const written = String(template);
  const hasOthers = template.names.length > 1;
  // A brace at the end of a text becomes part of the delimiter behind it.
  if (written.includes('{{{') || hasOthers) return;
  const again = parse('t', written, { functions: FUNCTIONS });
  if (String(again) !== written) throw new Error(`written out as ${written}, then as ${String(again)}`);
  if (evaluated(again.execute.bind(again), data) !== output) throw new Error(`another output of ${written}`);
}

/** The output, or `undefined` for an error. Endless loops are stopped. */
function evaluated(
  execute: (data: Value, options: { maxOutputBytes: number; stopReason: () => string | undefined }) => string,
  data: Value,
): string | undefined {
  let checks = 0;
  const stopReason = () => (++checks > MAX_CHECKS ? 'too many steps' : undefined);
  return orMistake(() => execute(data, { maxOutputBytes: MAX_OUTPUT_BYTES, stopReason }));
}

function orMistake<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch (error) {
    if (error instanceof TemplateError) return undefined;
    throw error;
  }
}

function randomData(random: Random, depth: number): Value {
  const kind = random.below(depth > 0 ? 10 : 6);
  if (kind > 7) return Array.from({ length: random.below(4) }, () => randomData(random, depth - 1));
  if (kind > 5) return randomMap(random, depth);
  return SCALARS[random.below(SCALARS.length)];
}

/** A map with most of the keys that the templates ask for. */
function randomMap(random: Random, depth: number): Value {
  const keys = ['s', 'i', 'f', 't', 'n', 'l', 'm', 'a', 'x'].filter(() => random.chance(0.8));
  return new Map(keys.map((key) => [key, randomData(random, depth - 1)]));
}
