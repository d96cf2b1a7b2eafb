import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RENDER_FLAG_GROUPS } from '../../src/config/render-flags.ts';
import { markdownTable } from './markdown.ts';

const TEMPLATE = join(import.meta.dirname, 'render.md');

/** `docs/render.md`: the prose of `render.md` beside this file, and in place of its mark the flags as they are read. */
export function renderReference(): string {
  const groups = RENDER_FLAG_GROUPS.map(([title, flags]) => {
    const rows = Object.entries(flags).flatMap(([name, { placeholder, help, defaultText = '', isHidden }]) =>
      isHidden === true
        ? []
        : [[`\`-${name}${placeholder === undefined ? '' : ` ${placeholder}`}\``, help, defaultText]],
    );
    return `### ${title}\n\n${markdownTable(['flag', 'meaning', 'default'], rows)}`;
  });
  return readFileSync(TEMPLATE, 'utf8').replace('<!-- flags -->\n', () => groups.join('\n'));
}
