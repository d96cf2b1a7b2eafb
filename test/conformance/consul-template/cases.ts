import * as z from 'zod';
import { errorMessage } from '../../../src/lib/errors.ts';
import { CasesUnreadable } from '../suite.ts';

const textByName = z.record(z.string(), z.string());

const caseSchema = z.object({
  name: z.string(),
  template: z.string(),
  output: z.string().optional(),
  error: z.object({ category: z.string(), message: z.string() }).optional(),
  /** What it gives once its data is there, where consul-template fails without. */
  afterFirstPass: z.string().optional(),
  /** Beside PATH and HOME. */
  env: textByName.default({}),
  /** In a folder of its own, which stands as `@DIR@` in all texts. */
  files: textByName.default({}),
  config: z
    .object({
      error_on_missing_key: z.boolean().optional(),
      error_fatal: z.boolean().optional(),
      left_delimiter: z.string().optional(),
      right_delimiter: z.string().optional(),
      function_denylist: z.array(z.string()).default([]),
      sandbox_path: z.string().optional(),
      top: z.object({ default_delimiters: z.object({ left: z.string(), right: z.string() }).optional() }).optional(),
    })
    .default({ function_denylist: [] }),
});

/** A template, and what consul-template made of it with the data of `consul-seed.json`. */
export type RenderCase = z.output<typeof caseSchema>;

/** The cases of a recording. Throws a `CasesUnreadable` for anything else. */
export function parseRenderCases(text: string): readonly RenderCase[] {
  try {
    return z.object({ cases: z.array(caseSchema) }).parse(JSON.parse(text)).cases;
  } catch (error) {
    throw new CasesUnreadable(`no recording of consul-template: ${errorMessage(error)}`);
  }
}
