import { errorMessage } from '../lib/errors.ts';
import type { TemplateData } from './contracts.ts';
import type { Renderer, RenderOutcome, RenderSurroundings } from './renderer.ts';
import type { TemplateOutcome, TemplateSet } from './runner-contracts.ts';

export interface TemplateSetParts {
  readonly renderers: readonly Renderer[];
  readonly data: TemplateData;
  readonly surroundings: Omit<RenderSurroundings, 'warn'>;
  /** Something that works but should be written otherwise. Each text is told once. */
  readonly warn: (message: string, template: number) => void;
}

/** Templates that share their data: what two of them read is asked for once. */
export function createTemplateSet({ renderers, data, surroundings, warn }: TemplateSetParts): TemplateSet {
  const told = new Set<string>();
  const warnOnce = (message: string, template: number): void => {
    const key = `${template} ${message}`;
    if (told.has(key)) return;
    told.add(key);
    warn(message, template);
  };
  return {
    evaluate: () => {
      const outcomes = renderers.map((renderer, i) =>
        renderer.evaluate(data, { ...surroundings, warn: (message) => warnOnce(message, i) }),
      );
      data.want(outcomes.flatMap(({ queries }) => queries));
      return outcomes.map(asTemplateOutcome);
    },
    follow: async (onChange, signal) => await data.follow(onChange, signal),
  };
}

function asTemplateOutcome(outcome: RenderOutcome): TemplateOutcome {
  switch (outcome.kind) {
    case 'rendered':
      return { kind: 'rendered', text: outcome.output };
    case 'waiting':
      return { kind: 'waiting', waitsFor: outcome.waitingFor };
    case 'failed':
      return { kind: 'failed', reason: errorMessage(outcome.error) };
  }
}
