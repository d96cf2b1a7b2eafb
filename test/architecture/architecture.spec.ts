import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseSource, readSources } from './imports.ts';
import { violations } from './rules.ts';

const sources = readSources(resolve(import.meta.dirname, '../..'));

describe('the folders of src', () => {
  it('import only what the design allows, types included', () => {
    expect(sources.flatMap(violations)).toEqual([]);
  });

  it('have no import cycle', () => {
    expect(cycles(new Map(sources.map(({ path, files }) => [path, files])))).toEqual([]);
  });

  it('have no file above 250 lines', () => {
    const long = sources.map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }));
    expect(long.filter(({ lines }) => lines > 250)).toEqual([]);
  });
});

describe('the rules themselves', () => {
  it.each([
    { path: 'src/domain/a.ts', text: "import type { Log } from '../lib/log.ts';", to: 'src/lib/log.ts' },
    { path: 'src/lib/a.ts', text: "import { z } from 'zod';", to: 'zod' },
    { path: 'src/registration/a.ts', text: "import { readFileSync } from 'node:fs';", to: 'node:fs' },
    { path: 'src/registration/a.ts', text: "import '../routing/plan.ts';", to: 'src/routing/plan.ts' },
    { path: 'src/haproxy/a.ts', text: "import { sha256 } from '../lib/hash.ts';", to: 'src/lib/hash.ts' },
    { path: 'src/adapters/docker/a.ts', text: "import '../consul/client.ts';", to: 'src/adapters/consul/client.ts' },
    {
      path: 'src/adapters/consul/a.ts',
      text: "export { x } from '../../registration/plan.ts';",
      to: 'src/registration/plan.ts',
    },
    { path: 'src/cli/a.ts', text: "const x = await import('../routing/plan.ts');", to: 'src/routing/plan.ts' },
    { path: 'src/admin/a.ts', text: "import '../../test/support/fake-clock.ts';", to: 'test/support/fake-clock.ts' },
  ])('refuse $path to import $to', ({ path, text, to }) => {
    expect(violations(parseSource(path, text))).toEqual([`${path} imports ${to}`]);
  });

  it('refuse a folder that the design does not know', () => {
    expect(violations(parseSource('src/utils/a.ts', ''))).toEqual(['src/utils/a.ts is in no folder of the design']);
  });

  it('find a cycle', () => {
    expect(
      cycles(
        new Map([
          ['a', ['b']],
          ['b', ['c']],
          ['c', ['a']],
          ['d', ['a']],
        ]),
      ),
    ).toEqual(['a, b, c']);
  });
});

/** The files of each cycle, as one line. A file that leads into a cycle is not part of it. */
function cycles(graph: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const reachable = (from: string): ReadonlySet<string> => {
    const seen = new Set<string>();
    const waiting = [...(graph.get(from) ?? [])];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (seen.has(next)) continue;
      seen.add(next);
      waiting.push(...(graph.get(next) ?? []));
    }
    return seen;
  };
  const reach = new Map([...graph.keys()].map((path) => [path, reachable(path)]));
  const inCycle = [...graph.keys()].filter((path) => reach.get(path)?.has(path));
  const groups = inCycle.map((path) =>
    inCycle.filter((other) => reach.get(path)?.has(other) && reach.get(other)?.has(path)),
  );
  return [...new Set(groups.map((group) => group.toSorted().join(', ')))];
}
