import { type GoFunction, goFunction } from '../template/index.ts';

type Functions = Readonly<Record<string, GoFunction>>;

const DISABLED = goFunction('func(...string) (string, error)', () => {
  throw new Error('function is disabled');
});

/**
 * Functions without those that the operator does not want: these fail, but only when they are called. `*` in a pattern
 * stands for any text. Source: consul-template v0.42.1, `function_denylist`.
 */
export function withoutDenied(functions: Functions, patterns: readonly string[]): Functions {
  const names = patterns.flatMap((pattern) =>
    pattern.includes('*') ? Object.keys(functions).filter((name) => matches(pattern, name)) : [pattern],
  );
  return { ...functions, ...Object.fromEntries(names.map((name) => [name, DISABLED])) };
}

function matches(pattern: string, name: string): boolean {
  const parts = pattern.split('*').map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
  return new RegExp(`^${parts.join('.*')}$`, 's').test(name);
}
