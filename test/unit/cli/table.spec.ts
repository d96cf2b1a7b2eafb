import { describe, expect, it } from 'vitest';
import { table } from '../../../src/cli/table.ts';

describe('table', () => {
  it.each([
    { rule: 'is empty without rows', rows: [], lines: [] },
    { rule: 'indents by two', rows: [['a']], lines: ['  a'] },
    {
      rule: 'makes each column as wide as its longest cell, two blanks apart',
      rows: [
        ['web', '10.0.0.5:80', 'running'],
        ['inventory', '10.0.0.5:8080', 'paused'],
      ],
      lines: ['  web        10.0.0.5:80    running', '  inventory  10.0.0.5:8080  paused'],
    },
    {
      rule: 'keeps the place of an empty cell',
      rows: [
        ['a', '', 'c'],
        ['', 'bb', 'c'],
      ],
      lines: ['  a      c', '     bb  c'],
    },
    {
      rule: 'ends no line with blanks',
      rows: [
        ['a', ''],
        ['', ''],
        ['', 'bb'],
      ],
      lines: ['  a', '', '     bb'],
    },
  ])('$rule', ({ rows, lines }) => {
    expect(table(rows)).toEqual(lines);
  });
});
