import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromJson, type MissingKey, parse, TemplateError, type Value } from '../../src/template/index.ts';
import { FUNCTIONS } from './gotemplate-functions.ts';
import { TYPED_FUNCTIONS } from './gotemplate-types.ts';

/** A template, and what Go made of it: recorded by running the real thing. */
export interface TemplateCase {
  readonly name: string;
  readonly template: string;
  readonly data?: unknown;
  /** Instead of `data`: an entry of the recording's `dataSets`. */
  readonly dataSet?: string;
  /** `missingkey=zero` */
  readonly option?: string;
  readonly delims?: readonly [left: string, right: string];
  readonly output?: string;
  readonly error?: { readonly category: 'exec' | 'parse'; readonly message: string };
}

/** What came out: the text, or the category of the error and its message. */
export type Outcome = { readonly output: string } | { readonly category: string; readonly message: string };

interface Recording {
  readonly dataSets: Readonly<Record<string, unknown>>;
  readonly cases: readonly TemplateCase[];
}

/** The cases of a recording in `data`. */
export function readTemplateCases(file: string): readonly TemplateCase[] {
  return parseTemplateCases(readFileSync(join(import.meta.dirname, 'data', file), 'utf8'));
}

/** The cases of a recording, each with its data. Throws for what is none. */
export function parseTemplateCases(text: string): readonly TemplateCase[] {
  const { dataSets = {}, cases } = JSON.parse(text) as Partial<Recording>;
  if (!Array.isArray(cases)) throw new TypeError('it has no cases');
  return cases.map((one) => (one.dataSet === undefined ? one : { ...one, data: dataSets[one.dataSet] }));
}

export function recordedOutcome({ output, error }: TemplateCase): Outcome {
  return error === undefined ? { output: output ?? '' } : { category: error.category, message: error.message };
}

/** What our engine makes of a case. A whole number in the data is a Go `int64`. */
export function evaluatedOutcome({ template, data, option, delims }: TemplateCase): Outcome {
  const missingKey = option?.replace('missingkey=', '') as MissingKey | undefined;
  const delimiters = delims && { left: delims[0], right: delims[1] };
  try {
    const parsed = parse('t', template, { delimiters, functions: { ...FUNCTIONS, ...TYPED_FUNCTIONS } });
    return { output: parsed.execute(asValue(data), { missingKey }).toWellFormed() };
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    return { category: error.code.toLowerCase(), message: error.message };
  }
}

function asValue(data: unknown): Value {
  return data === undefined ? undefined : fromJson(data, { integers: 'int64' });
}
