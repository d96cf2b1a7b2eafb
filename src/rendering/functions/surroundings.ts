import { contextFunction, type GoFunction } from '../../template/index.ts';
import type { Evaluation } from '../evaluation.ts';

/** What templates read of the environment and of files. Source: consul-template v0.42.1, `funcs.go`. */
export const SURROUNDINGS_FUNCTIONS: Readonly<Record<string, GoFunction>> = {
  env: contextFunction('func(string) (string, error)', (evaluation: Evaluation, name: string) =>
    variable(evaluation, name, ''),
  ),
  mustEnv: contextFunction('func(string) (string, error)', (evaluation: Evaluation, name: string) => {
    const value = variable(evaluation, name, '');
    if (value === '') throw new Error(`required environment variable ${name} is empty`);
    return value;
  }),
  envOrDefault: contextFunction('func(string, string) (string, error)', variable),
  file: contextFunction('func(string) (string, error)', ({ read, sandboxPath: sandbox }: Evaluation, path: string) =>
    path === '' ? '' : read({ kind: 'file', path, ...(sandbox !== undefined && { sandbox }) }),
  ),
};

/** One that is set to nothing is set. */
function variable({ environment }: Evaluation, name: string, fallback: string): string {
  return (Object.hasOwn(environment, name) ? environment[name] : undefined) ?? fallback;
}
