import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ALL_FUNCTIONS } from '../../../src/rendering/functions/all-functions.ts';
import { isRefused } from '../../../src/rendering/functions/refused.ts';
import { createRenderer } from '../../../src/rendering/renderer.ts';
import { createSeededData, type SeedEntry } from '../../support/seeded-data.ts';

const PAGE = readFileSync(join(import.meta.dirname, '../../../docs/templates.md'), 'utf8');

const node = (name: string, last: number, zone: string): SeedEntry => ({
  Node: name,
  ID: '',
  Address: `10.0.0.${last}`,
  TaggedAddresses: {},
  NodeMeta: { zone },
});
const nodeA = node('node-a', 1, 'z1');
const nodeB = node('node-b', 2, 'z2');
const service = (name: string, id: string, port: number, tags: readonly string[], meta = {}) => ({
  Service: { ID: id, Service: name, Address: '', Port: port, Tags: tags, Meta: meta },
});
const failing = [{ CheckID: 'c', Name: 'check', Status: 'critical', ServiceID: 'web-3' }];

/** What the page says of its data. */
const data = createSeededData({
  agent: { ...nodeA, Datacenter: 'dc1' },
  register: [
    { ...nodeA, ...service('web', 'web-1', 8080, ['blue', 'http'], { weight: '10' }) },
    { ...nodeA, ...service('db', 'db-1', 5432, ['primary']) },
    { ...nodeB, ...service('web', 'web-2', 8080, ['green', 'http']) },
    { ...nodeB, ...service('web', 'web-3', 8081, ['http']), Checks: failing },
  ],
  kv: [
    { key: 'config/maxconn', value: '4096' },
    { key: 'config/timeout', value: '30s' },
    { key: 'config/tls/port', value: '443' },
    { key: 'hosts/db.example.com', value: 'db' },
    { key: 'hosts/shop.example.com', value: 'web' },
    { key: 'settings', value: '{"name": "shop", "ports": [80, 443]}' },
  ],
});

function rendered(template: string): string {
  const clock = { monotonicMs: () => 0, wallMs: () => 0 };
  const surroundings = { environment: { ZONE: 'z1' }, clock, warn: (text: string) => expect.unreachable(text) };
  const outcome = createRenderer(template).evaluate(data, surroundings);
  return outcome.kind === 'rendered' ? outcome.output : JSON.stringify(outcome);
}

/** A block of `ctmpl` and the block of `text` behind it. */
const blocks = [...PAGE.matchAll(/```ctmpl\n(.*?)```\n\n```text\n(.*?)```/gs)].map(
  ([, template = '', output = '']) => [template, output] as const,
);

/** Rows of tables with a column `example` and a column `gives`. */
const rows = PAGE.split('\n\n').flatMap((part): readonly (readonly [string, string])[] => {
  const [head = [], , ...lines] = part.split('\n').map((line) => line.split(/(?<!\\)\|/).map(unquoted));
  const [example, gives] = [head.indexOf('example'), head.indexOf('gives')];
  if (example < 0) return [];
  return lines.flatMap((cells) => {
    const template = cells[example] ?? '';
    return template.includes('{{') ? [[template, (cells[gives] ?? '').replaceAll('⏎', '\n')] as const] : [];
  });
});

function unquoted(cell: string): string {
  const text = cell.trim().replaceAll('\\|', '|');
  return /^`[^`]*`$/.test(text) ? text.slice(1, -1) : text;
}

describe('the examples of docs/templates.md', () => {
  it('are found', () => {
    expect([blocks.length, rows.length > 40]).toEqual([4, true]);
  });

  it.each(blocks)('%s', (template, output) => {
    expect(rendered(template)).toBe(output);
  });

  it.each(rows)('%s gives %s', (template, output) => {
    expect(rendered(template)).toBe(output);
  });
});

describe('docs/templates.md', () => {
  const names = Object.keys(ALL_FUNCTIONS).filter((name) => !isRefused(name) && !name.startsWith('sprig_'));

  it.each(names.toSorted())('names %s', (name) => {
    expect(PAGE).toMatch(new RegExp(`[\`( ]${name}(?![\\w])`));
  });
});
