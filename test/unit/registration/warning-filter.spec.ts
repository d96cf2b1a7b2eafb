import { describe, expect, it } from 'vitest';
import { createWarningFilter } from '../../../src/registration/warning-filter.ts';

const warning = (label: string, { value = 'x', problem = 'is bad; it is left out' } = {}) => ({
  label,
  value,
  problem,
});

describe('createWarningFilter', () => {
  it('lets each warning pass once, in their order', () => {
    const unsaid = createWarningFilter();
    const [a, b, c] = ['A', 'B', 'C'].map((label) => warning(label));
    if (a === undefined || b === undefined || c === undefined) throw new Error('three are made');
    expect([unsaid([b, a, b]), unsaid([a, c]), unsaid([c])]).toEqual([[b, a], [c], []]);
  });

  it('lets a list pass once without looking at it again', () => {
    const unsaid = createWarningFilter();
    const list = [warning('A')];
    expect(unsaid(list)).toEqual([warning('A')]);
    list.push(warning('B'));
    expect(unsaid(list)).toEqual([]);
  });

  it('tells warnings apart by label and problem', () => {
    const unsaid = createWarningFilter();
    const all = [warning('A'), warning('A', { problem: 'is worse' }), warning('A', { value: 'y' })];
    expect(unsaid(all)).toEqual(all.slice(0, 2));
  });

  it.each([
    { value: 'a'.repeat(200), shown: 'a'.repeat(200) },
    { value: 'a'.repeat(201), shown: `${'a'.repeat(200)}…` },
    { value: `${'a'.repeat(199)}😀`, shown: `${'a'.repeat(199)}\ufffd…` },
  ])('cuts a value of more than 200 characters: $value.length', ({ value, shown }) => {
    expect(createWarningFilter()([warning('A', { value })])).toEqual([warning('A', { value: shown })]);
  });
});
