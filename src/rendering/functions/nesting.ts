import { contextFunction, type GoFunction, quote, type Value } from '../../template/index.ts';
import type { Evaluation } from '../evaluation.ts';

/** Templates as values. Source: consul-template v0.42.1, `executeTemplate`. */
export const NESTING_FUNCTIONS: Readonly<Record<string, GoFunction>> = {
  executeTemplate: contextFunction(
    'func(string, ...any) (string, error)',
    (evaluation: Evaluation, name: string, ...data: readonly Value[]) => {
      if (data.length > 1) {
        throw new Error(`executeTemplate: wrong number of arguments, expected 1 or 2, but got ${data.length + 1}`);
      }
      const { template, execution } = evaluation;
      const called = template.lookup(name);
      if (called === undefined) {
        throw new Error(`template: no template ${quote(name)} associated with template ${quote(template.name)}`);
      }
      return called.execute(data[0] ?? undefined, { ...execution, context: evaluation });
    },
  ),
};
