import type { Value } from '../../template/index.ts';

/** The store of `scratch`: one for each evaluation, shared with the templates that it calls. */
export type Scratch = Map<string, Value>;
