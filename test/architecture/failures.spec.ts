import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');

interface Row {
  readonly row: number;
  /** `F7`, or nothing where the row is not yet covered. */
  readonly test: string;
  readonly answer: string;
}

describe('the catalog of failures', () => {
  const rows = readRows(readFileSync(join(ROOT, 'docs/failures.md'), 'utf8'));
  const tested = readTestedRows();

  it('has every row from 1 to 52 once', () => {
    const numbers = rows.map(({ row }) => row).toSorted((a, b) => a - b);
    expect(numbers).toEqual(Array.from({ length: 52 }, (_, i) => i + 1));
  });

  it('says of each row either which test shows it or that it is not yet covered', () => {
    const unclear = rows.filter(({ row, test, answer }) => (answer === 'Not yet covered' ? '' : `F${row}`) !== test);
    expect(unclear).toEqual([]);
  });

  it('claims no test that is not there', () => {
    expect(rows.filter(({ row, test }) => test !== '' && !tested.has(row)).map(({ test }) => test)).toEqual([]);
  });

  it('has all rows that tests name', () => {
    const known = new Set(rows.map(({ row }) => row));
    expect([...tested].filter((row) => !known.has(row))).toEqual([]);
  });
});

/** The lines of its tables that begin with a number. */
function readRows(text: string): readonly Row[] {
  return [...text.matchAll(/^\| +(\d+) +\|.*\| +(.*?) +\| *(\S*) *\|$/gm)].map(([, row, answer = '', test = '']) => ({
    row: Number(row),
    answer,
    test,
  }));
}

/** Of every test whose title begins with `F7: ` or the like. */
function readTestedRows(): ReadonlySet<number> {
  const texts = globSync('test/**/*.spec.ts', { cwd: ROOT }).map((path) => readFileSync(join(ROOT, path), 'utf8'));
  return new Set(texts.flatMap((text) => [...text.matchAll(/['"`]F(\d+): /g)].map(([, row]) => Number(row))));
}
