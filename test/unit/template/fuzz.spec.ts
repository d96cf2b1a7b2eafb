import { describe, expect, it } from 'vitest';
import { fuzz } from './fuzz-check.ts';

// `npm run fuzz` tries a million with a seed of the day.
const COUNT = 100_000;

describe('templates by chance', () => {
  it('give a text or a TemplateError, and mean the same when written out', { timeout: 120_000 }, () => {
    const { parsed, evaluated } = fuzz(1, COUNT);
    // So that it is not only mistakes that are tried.
    expect(parsed).toBeGreaterThan(COUNT / 2);
    expect(evaluated).toBeGreaterThan(COUNT / 5);
  });
});
