import { beforeEach, describe, expect, it } from 'vitest';
import { createEndNotes, type EndNotes } from '../../../../src/adapters/docker/end-notes.ts';

const END = { timeMs: 5_000, exitCode: 137 };

let notes: EndNotes;

beforeEach(() => {
  notes = createEndNotes();
});

describe('createEndNotes', () => {
  it('knows no end of a container of which nothing was told', () => {
    notes.note('other', END);
    expect(notes.endOf({ id: 'web', startedMs: 0 })).toBeUndefined();
  });

  it.each([
    { startedMs: 4_999, end: END },
    { startedMs: 5_000, end: END },
    { startedMs: 5_001, end: undefined },
  ])('knows whether a run that began at $startedMs has ended at 5000', ({ startedMs, end }) => {
    notes.note('web', END);
    expect(notes.endOf({ id: 'web', startedMs })).toEqual(end);
  });

  it('keeps the latest of several ends, in whatever order they are told', () => {
    notes.note('web', END);
    notes.note('web', { timeMs: 4_000, exitCode: 1 });
    notes.note('web', { ...END });
    expect(notes.current('web')).toBe(END);
    const later = { timeMs: 6_000, exitCode: 0 };
    notes.note('web', later);
    expect(notes.current('web')).toBe(later);
  });

  it('believes an inspection that was begun after the end was told, and no earlier one', () => {
    notes.note('web', END);
    notes.settle('web', undefined);
    notes.settle('web', { timeMs: 4_000, exitCode: 1 });
    expect(notes.current('web')).toBe(END);
    notes.settle('web', END);
    expect(notes.current('web')).toBeUndefined();
  });

  it('forgets containers that are gone', () => {
    notes.note('web', END);
    notes.forgetAllBut((id) => id === 'web');
    expect(notes.current('web')).toBe(END);
    notes.forgetAllBut((id) => id !== 'web');
    expect(notes.current('web')).toBeUndefined();
  });
});
