import { describe, expect, it } from 'vitest';
import { evaluatedOutcome, readTemplateCases, recordedOutcome } from './gotemplate-case.ts';

describe("what Go's text/template makes of a template, ours makes of it", () => {
  it.each(readTemplateCases('gotemplate.json'))('$name', (one) => {
    expect(evaluatedOutcome(one)).toEqual(recordedOutcome(one));
  });
});

describe('and of templates made by chance', () => {
  it.each(readTemplateCases('gotemplate-random.json'))('$name', (one) => {
    expect(evaluatedOutcome(one)).toEqual(recordedOutcome(one));
  });
});
