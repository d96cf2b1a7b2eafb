import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { parseSync } from 'oxc-parser';

/** A source file and what it imports, types included. */
export interface SourceFile {
  /** From the root of the repository: `src/lib/clock.ts`. */
  readonly path: string;
  readonly text: string;
  /** Paths of files of ours, from the root. */
  readonly files: readonly string[];
  /** Packages (`zod`) and modules of Node (`node:fs`), without what follows the name. */
  readonly packages: readonly string[];
}

/** All source files below `src`. */
export function readSources(root: string): readonly SourceFile[] {
  return globSync('src/**/*.{ts,tsx}', { cwd: root })
    .toSorted()
    .map((path) => parseSource(path, readFileSync(join(root, path), 'utf8')));
}

export function parseSource(path: string, text: string): SourceFile {
  const { module, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message}`);
  const specifiers = [
    ...module.staticImports.map(({ moduleRequest }) => moduleRequest.value),
    ...module.staticExports.flatMap(({ entries }) =>
      entries.flatMap(({ moduleRequest }) => moduleRequest?.value ?? []),
    ),
    ...module.dynamicImports.map(({ moduleRequest: { start, end } }) => text.slice(start + 1, end - 1)),
  ];
  const isFile = (specifier: string) => specifier.startsWith('.');
  return {
    path,
    text,
    files: specifiers.filter(isFile).map((specifier) => relative('.', join(dirname(path), specifier))),
    packages: specifiers.filter((specifier) => !isFile(specifier)).map(packageOf),
  };
}

function packageOf(specifier: string): string {
  if (specifier.startsWith('node:')) return specifier.split('/', 1)[0] ?? specifier;
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}
