import type { Evaluation } from '../../../../src/rendering/evaluation.ts';
import { HELPER_FUNCTIONS } from '../../../../src/rendering/functions/helpers.ts';
import {
  type GoFunction,
  goFunction,
  type MissingKey,
  parse,
  TemplateError,
  type Value,
} from '../../../../src/template/index.ts';

/** What makes lists and maps in the rows. */
const MAKERS: Readonly<Record<string, GoFunction>> = {
  sprig_list: goFunction('func(...any) []any', (...items: readonly Value[]) => items),
  sprig_dict: goFunction('func(...any) map[string]any', (...items: readonly Value[]) => {
    const keys = items.filter((_, i) => i % 2 === 0);
    return new Map(keys.map((key, i) => [key, items[2 * i + 1]]));
  }),
};

export interface OutcomeOptions {
  readonly nowMs?: number;
  readonly missingKey?: MissingKey;
}

/** What a template makes with the functions that need no outside: its text, or its error without `template: :`. */
export function outcome(text: string, { nowMs = 0, missingKey = 'zero' }: OutcomeOptions = {}): string {
  try {
    const template = parse('', text, { functions: { ...MAKERS, ...HELPER_FUNCTIONS } });
    const context: Evaluation = {
      read: nothingIsRead,
      waitFor: nothingIsRead,
      isPending: () => false,
      sandboxPath: undefined,
      environment: {},
      nowMs,
      scratch: new Map(),
      template,
      execution: { missingKey },
      warn: () => undefined,
    };
    return template.execute(undefined, { missingKey, context });
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    return error.message.replace(/^template: :/, '');
  }
}

function nothingIsRead(): never {
  throw new Error('nothing is read here');
}
