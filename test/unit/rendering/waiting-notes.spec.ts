import { expect, it } from 'vitest';
import { createWaitingNotes } from '../../../src/rendering/waiting-notes.ts';

it('gives each set of wishes once, five seconds after it came up', () => {
  const notes = createWaitingNotes();
  expect(notes.dueMs()).toBe(Number.POSITIVE_INFINITY);
  notes.update(0, ['b', 'a'], 1_000);
  notes.update(1, ['c'], 2_000);
  notes.update(0, ['a', 'b'], 3_000);
  expect(notes.dueMs()).toBe(6_000);
  expect(notes.take(5_999)).toEqual([]);
  expect(notes.take(6_000)).toEqual([{ template: 0, waitsFor: ['a', 'b'] }]);
  expect(notes.take(6_000)).toEqual([]);
  expect(notes.dueMs()).toBe(7_000);
  notes.update(1, [], 6_500);
  expect(notes.dueMs()).toBe(Number.POSITIVE_INFINITY);
  notes.update(0, [], 7_000);
  notes.update(0, ['a', 'b'], 8_000);
  expect(notes.take(13_000)).toEqual([{ template: 0, waitsFor: ['a', 'b'] }]);
});
