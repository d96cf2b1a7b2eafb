import type { AnswerTo } from '../../src/rendering/answers.ts';
import type { DataView, Reading } from '../../src/rendering/contracts.ts';
import type { DataQuery } from '../../src/rendering/queries.ts';
import { queryText } from '../../src/rendering/query-text.ts';
import { createRenderer, type RendererOptions } from '../../src/rendering/renderer.ts';
import { createFakeClock } from './fake-clock.ts';

export type Readings = Readonly<Record<string, Reading>>;

/** An answer that is there. */
export function known<Q extends DataQuery>(answer: AnswerTo<Q>): Reading {
  return { kind: 'known', answer } as Reading;
}

/** A view of these readings, by the texts of their queries; all else is not there yet. */
export function viewOf(readings: Readings): DataView {
  return {
    read: <Q extends DataQuery>(query: Q) => (readings[queryText(query)] ?? { kind: 'pending' }) as Reading<Q>,
  };
}

export interface RenderGiven extends RendererOptions {
  readonly readings?: Readings;
  readonly environment?: Readonly<Record<string, string>>;
}

/** What a template gives for people: its text, `waiting: …`, or the message of its error; and its warnings. */
export function rendering(text: string, given: RenderGiven = {}): { result: string; warnings: readonly string[] } {
  const warnings: string[] = [];
  const { readings = {}, environment = {}, ...options } = given;
  const surroundings = { environment, clock: createFakeClock(), warn: (message: string) => warnings.push(message) };
  const outcome = createRenderer(text, options).evaluate(viewOf(readings), surroundings);
  switch (outcome.kind) {
    case 'rendered':
      return { result: outcome.output, warnings };
    case 'waiting':
      return { result: `waiting: ${outcome.waitingFor.join(' + ')}`, warnings };
    case 'failed':
      return { result: outcome.error.message.replace(/^.*?: executing "" at /, ''), warnings };
  }
}
