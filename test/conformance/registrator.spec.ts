import { describe, expect, it } from 'vitest';
import { readCases, recorded, replayed } from './registrator-case.ts';

/** Recordings of what this version does not do yet. Each is given with its name, so that none is left out by accident. */
const NOT_YET: ReadonlyMap<string, readonly string[]> = new Map([
  [
    '--tags as a template',
    [
      ...['tags-template-name-id', 'tags-template-labels', 'tags-template-functions'],
      ...['tags-template-comma-from-value', 'tags-template-missing-label'],
    ],
  ],
]);

const cases = readCases();
const skipped = new Set([...NOT_YET.values()].flat());

describe('what registrator registered, Portolan registers', () => {
  it.each(cases.filter(({ name }) => !skipped.has(name)))('$name', (recording) => {
    expect(replayed(recording)).toEqual(recorded(recording));
  });

  it('but for what is not there yet', () => {
    const names = new Set(cases.map(({ name }) => name));
    expect([...skipped].filter((name) => !names.has(name))).toEqual([]);
    for (const name of skipped) {
      const recording = cases.find((one) => one.name === name);
      expect(recording && replayed(recording)).not.toEqual(recording && recorded(recording));
    }
  });
});
