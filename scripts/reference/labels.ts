import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SettingSpec } from '../../src/registration/setting-spec.ts';
import { SETTING_SPECS } from '../../src/registration/setting-specs.ts';
import { markdownTable } from './markdown.ts';

const TEMPLATE = join(import.meta.dirname, 'labels.md');
const TABLE_MARK = /^<!-- settings: (.*) -->\n/gm;

/**
 * `docs/labels.md`: the prose of `labels.md` beside this file, and in place of its marks the tables, from the specs by
 * which the settings of containers are read. Throws unless the marks name each section once.
 */
export function labelsReference(): string {
  const template = readFileSync(TEMPLATE, 'utf8');
  const marked = [...template.matchAll(TABLE_MARK)].map(([, section = '']) => section);
  const sections = new Set<string>(Object.values(SETTING_SPECS).map(({ section }) => section));
  if (marked.length !== sections.size || marked.some((section) => !sections.has(section))) {
    throw new Error(`${TEMPLATE} has tables of ${marked.join(', ')}; the sections are ${[...sections].join(', ')}`);
  }
  return template.replaceAll(TABLE_MARK, (_, section: string) => table(section));
}

function table(section: string): string {
  const specs: readonly (readonly [string, SettingSpec])[] = Object.entries(SETTING_SPECS);
  const rows = specs.filter(([, spec]) => spec.section === section).map(row);
  return markdownTable(['setting', 'meaning', 'default', 'a bad value'], rows);
}

function row([key, { help, fallback, defaultText, badValue }]: readonly [string, SettingSpec]): readonly string[] {
  const byDefault = defaultText ?? (fallback === undefined ? '' : `\`${fallback}\``);
  return [`\`${key.toUpperCase()}\``, help, byDefault, badValue ?? ''];
}
