import { sprigFunctions } from '../../../../src/rendering/sprig/functions.ts';
import { goFunction, parse, TemplateError } from '../../../../src/template/index.ts';

const functions = {
  ...sprigFunctions,
  nilList: goFunction('func() []any', () => undefined),
  nilMap: goFunction('func() map[string]any', () => undefined),
};

/** What is known to functions of time: 2026-01-02T03:04:05Z. */
const context = { nowMs: 1_767_323_045_000 };

/** What a template gives, as consul-template evaluates it. A byte that is no UTF-8 shows as U+FFFD. */
export function rendered(template: string): string {
  return parse('', template, { functions }).execute(undefined, { missingKey: 'zero', context }).toWellFormed();
}

/** The message of the error that a template ends in. */
export function refusal(template: string): string {
  try {
    return `no error but ${rendered(template)}`;
  } catch (error) {
    if (error instanceof TemplateError) return error.message;
    throw error;
  }
}
