import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { flagsReference } from '../../scripts/reference/flags.ts';
import { labelsReference } from '../../scripts/reference/labels.ts';
import { markdownTable } from '../../scripts/reference/markdown.ts';
import { renderReference } from '../../scripts/reference/render.ts';

it.each([
  ['flags.md', flagsReference],
  ['labels.md', labelsReference],
  ['render.md', renderReference],
])('docs/%s is what `npm run reference` writes', (name, reference) => {
  expect(readFileSync(join(import.meta.dirname, '../../docs', name), 'utf8')).toBe(reference());
});

it('writes tables that can be read as text', () => {
  expect(markdownTable(['a', 'meaning'], [['`x|y`', 'z']])).toBe(
    '| a      | meaning |\n| ------ | ------- |\n| `x\\|y` | z       |\n',
  );
});
