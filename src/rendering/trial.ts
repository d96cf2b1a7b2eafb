import type { Clock } from '../lib/clock.ts';
import { firstOf, withLinkedSignal } from '../lib/deadline.ts';
import type { PortolanError } from '../lib/errors.ts';
import { createTrigger } from '../lib/trigger.ts';
import type { TemplateError } from '../template/index.ts';
import type { TemplateData } from './contracts.ts';
import type { Evaluation } from './evaluation.ts';
import type { Renderer } from './renderer.ts';

/** What came of evaluating a template once. */
export type Trial = { readonly warnings: readonly string[] } & (
  | { readonly kind: 'rendered'; readonly output: string }
  | { readonly kind: 'failed'; readonly error: PortolanError | TemplateError }
  /** Everything was asked for, and this has no answer to render with; behind a colon why, where that is known. */
  | { readonly kind: 'waiting'; readonly waitingFor: readonly string[] }
);

export interface TrialParts {
  readonly renderer: Renderer;
  readonly data: TemplateData;
  readonly environment: Evaluation['environment'];
  readonly clock: Clock;
}

/** Longer than a healthy Consul takes for thousands of services. */
const DEADLINE_MS = 30_000;

/** Evaluates a template as soon as all that it reads is known, or will not be. Throws only when aborted. */
export async function tryTemplate(
  { renderer, data, environment, clock }: TrialParts,
  signal: AbortSignal,
): Promise<Trial> {
  const untilMs = clock.monotonicMs() + DEADLINE_MS;
  return await withLinkedSignal(signal, async (own, abort) => {
    const changed = createTrigger();
    const following = data.follow(() => changed.wake('data'), own);
    try {
      for (;;) {
        changed.take();
        const warnings: string[] = [];
        const outcome = renderer.evaluate(data, { environment, clock, warn: (text) => void warnings.push(text) });
        if (outcome.kind !== 'waiting') return { ...outcome, warnings };
        data.want(outcome.queries);
        const leftMs = untilMs - clock.monotonicMs();
        const isHopeless = outcome.queries.every((query) => isSettled(data.read(query)));
        if (isHopeless || leftMs <= 0) return { ...outcome, warnings };
        await firstOf(changed.pending(own), clock.sleep(leftMs, own));
      }
    } finally {
      abort(new Error('the trial is over'));
      await following;
    }
  });
}

/** Nothing more is to be expected of it: it is known, or was tried in vain. */
function isSettled(reading: ReturnType<TemplateData['read']>): boolean {
  return reading.kind !== 'pending' || reading.failure !== undefined;
}
