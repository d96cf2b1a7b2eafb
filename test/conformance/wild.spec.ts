import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkTemplate } from '../../src/app-check.ts';
import { createRenderer } from '../../src/rendering/renderer.ts';
import { createSeededData, readSeed } from '../support/seeded-data.ts';

const FOLDER = join(import.meta.dirname, 'data/wild');
const data = createSeededData(readSeed());

/** What a template makes of the data of the recordings. The expected texts were derived by hand. */
function rendered(name: string): { readonly output: string; readonly warnings: readonly string[] } {
  const warnings: string[] = [];
  const warn = (message: string) => void warnings.push(message);
  const clock = { monotonicMs: () => 0, wallMs: () => 0 };
  const renderer = createRenderer(readFileSync(join(FOLDER, `${name}.ctmpl`), 'utf8'));
  const outcome = renderer.evaluate(data, { environment: {}, clock, warn });
  if (outcome.kind !== 'rendered') throw new Error(JSON.stringify(outcome));
  return { output: outcome.output, warnings };
}

/** Those that need words which consul-template has no more. */
const WARNINGS: Readonly<Record<string, readonly string[]>> = {
  'haproxy-old-habits': [
    'key_or_default is called keyOrDefault now',
    'key_exists is called keyExists now',
    '.Tags.Contains was dropped from consul-template: write `.Tags | contains "TAG"` instead',
  ],
};

describe('templates as they are found in the wild', () => {
  it.each(
    globSync('*.ctmpl', { cwd: FOLDER })
      .map((file) => basename(file, '.ctmpl'))
      .toSorted(),
  )('%s', (name) => {
    const output = readFileSync(join(FOLDER, `${name}.out`), 'utf8');
    expect(rendered(name)).toEqual({ output, warnings: WARNINGS[name] ?? [] });
    expect(checkTemplate(readFileSync(join(FOLDER, `${name}.ctmpl`), 'utf8')).problems).toEqual([]);
  });
});
