import { describe, expect, it } from 'vitest';
import { evaluatedOutcome, readTemplateCases, recordedOutcome } from './gotemplate-case.ts';

describe("what Go's text/template makes of a template, ours makes of it", () => {
  it.each(readTemplateCases())('$name', (one) => {
    expect(evaluatedOutcome(one)).toEqual(recordedOutcome(one));
  });
});
