import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../../src/lib/clock.ts';
import {
  createRenderer,
  type Renderer,
  type RendererOptions,
  type RenderOutcome,
} from '../../../src/rendering/renderer.ts';
import { TemplateError } from '../../../src/template/index.ts';
import type { Outcome } from '../gotemplate-case.ts';
import type { RenderCase } from './cases.ts';
import type { DataHub } from './data-hub.ts';

/** How long data may take. */
const MAX_MS = 15_000;

/** What Portolan makes of a recorded template, worded as the recording is. */
export async function replayed(one: RenderCase, hub: DataHub): Promise<Outcome> {
  const folder = await mkdtemp(join(tmpdir(), 'portolan-render-'));
  const filled = (text: string): string => text.replaceAll('@DIR@', folder);
  const blank = (text: string): string => text.replaceAll(folder, '@DIR@');
  try {
    for (const [name, content] of Object.entries(one.files)) await writeFile(join(folder, name), filled(content));
    const renderer = createRenderer(filled(one.template), rendererOptions(one, filled));
    const outcome = blanked(wordedOutcome(await settled(renderer, one, hub)), blank);
    return outcome;
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    return { category: 'parse', message: blank(`@DIR@/in.ctmpl: parse: ${error.message}`) };
  } finally {
    hub.want(one, []);
    await rm(folder, { recursive: true });
  }
}

export function rendererOptions({ config }: RenderCase, filled = (text: string) => text): RendererOptions {
  const { left_delimiter: left, right_delimiter: right, sandbox_path: sandbox, function_denylist: denied } = config;
  const delimiters = { ...config.top?.default_delimiters, ...(left && { left }), ...(right && { right }) };
  return {
    delimiters,
    denied,
    missingKey: config.error_on_missing_key ? 'error' : 'zero',
    ...(sandbox !== undefined && { sandboxPath: filled(sandbox) }),
  };
}

/** Evaluates until the data is there, or is known not to come. */
async function settled(renderer: Renderer, one: RenderCase, hub: DataHub): Promise<RenderOutcome> {
  const { PATH, HOME } = process.env;
  const surroundings = { environment: { PATH, HOME, ...one.env }, clock: systemClock, warn: () => undefined };
  const untilMs = systemClock.monotonicMs() + MAX_MS;
  for (;;) {
    const outcome = renderer.evaluate(hub, surroundings);
    if (outcome.kind !== 'waiting') return outcome;
    hub.want(one, outcome.queries);
    const again = renderer.evaluate(hub, surroundings);
    const isTried = outcome.queries.every((query) => {
      const reading = hub.read(query);
      return reading.kind !== 'pending' || reading.failure !== undefined;
    });
    const leftMs = untilMs - systemClock.monotonicMs();
    const isExpected = one.error?.category === 'blocks';
    if (again.kind === 'waiting' && ((isTried && isExpected) || leftMs <= 0)) return again;
    if (again.kind === 'waiting') await hub.changed(leftMs);
  }
}

function wordedOutcome(outcome: RenderOutcome): Outcome {
  switch (outcome.kind) {
    case 'rendered':
      return { output: outcome.output.toWellFormed() };
    case 'waiting':
      return { category: 'blocks', message: 'no render: still waiting for data' };
    case 'failed':
      return outcome.error instanceof TemplateError
        ? { category: 'exec', message: `@DIR@/in.ctmpl: execute: ${outcome.error.message}` }
        : { category: 'other', message: outcome.error.message };
  }
}

function blanked(outcome: Outcome, blank: (text: string) => string): Outcome {
  return 'output' in outcome ? { output: blank(outcome.output) } : { ...outcome, message: blank(outcome.message) };
}
