import type { Clock } from '../lib/clock.ts';
import { PortolanError } from '../lib/errors.ts';
import { parse, Suspend, type Template, TemplateError } from '../template/index.ts';
import type { DataView } from './contracts.ts';
import { withoutDenied } from './denylist.ts';
import type { Evaluation } from './evaluation.ts';
import { ALL_FUNCTIONS } from './functions/all-functions.ts';
import type { DataQuery } from './queries.ts';
import { createSession, type Session } from './session.ts';

export interface RendererOptions {
  /** Instead of `{{` and `}}`. */
  readonly delimiters?: { readonly left?: string; readonly right?: string };
  /** What becomes of a key that a map does not hold: `zero` unless it is said. */
  readonly missingKey?: 'error' | 'zero';
  /** Functions that must not be called; `*` stands for any text. */
  readonly denied?: readonly string[];
  /** The folder in which files must lie. */
  readonly sandboxPath?: string;
  /** Caps of one evaluation: 64 MiB and 10 s unless they are said. */
  readonly maxOutputBytes?: number;
  readonly maxMs?: number;
}

export interface RenderSurroundings {
  readonly environment: Evaluation['environment'];
  readonly clock: Pick<Clock, 'monotonicMs' | 'wallMs'>;
  /** Told once an evaluation for each text. */
  readonly warn: (message: string) => void;
}

/** What came of an evaluation. `queries` are all that it read, so that what it no longer reads can be dropped. */
export type RenderOutcome = { readonly queries: readonly DataQuery[] } & (
  | {
      readonly kind: 'rendered';
      /** Bytes that are no UTF-8 stand in it as the template engine has them: `bytesOf` gives what to write. */
      readonly output: string;
    }
  /** One text for each query that is waited for; behind a colon why it is not there, where that is known. */
  | { readonly kind: 'waiting'; readonly waitingFor: readonly string[] }
  /** A `TemplateError` of the template, or what its data says of itself. */
  | { readonly kind: 'failed'; readonly error: PortolanError | TemplateError }
);

/** A template, ready to be evaluated as often as its data changes. */
export interface Renderer {
  readonly template: Template;
  evaluate(view: DataView, surroundings: RenderSurroundings): RenderOutcome;
}

const MAX_OUTPUT_BYTES = 64 * 2 ** 20;
const MAX_MS = 10_000;

/**
 * A renderer of a template's text. Throws a `TemplateError` with the code `PARSE`.
 * Source: consul-template v0.42.1, `template.go`; a template has no name there, so messages name none.
 * Differs: an evaluation never sees data that is not there yet; it says what it waits for instead.
 */
export function createRenderer(text: string, options: RendererOptions = {}): Renderer {
  const { delimiters, denied = [], sandboxPath, missingKey = 'zero' } = options;
  const { maxOutputBytes = MAX_OUTPUT_BYTES, maxMs = MAX_MS } = options;
  const template = parse('', text, { delimiters, functions: withoutDenied(ALL_FUNCTIONS, denied) });
  return {
    template,
    evaluate: (view, { environment, clock, warn }) => {
      const startMs = clock.monotonicMs();
      const stopReason = (): string | undefined =>
        clock.monotonicMs() - startMs > maxMs ? `evaluation takes longer than ${maxMs} ms` : undefined;
      const nowMs = clock.wallMs();
      const execution = { missingKey, gathers: true, maxOutputBytes, stopReason };
      const session = createSession({ template, view, environment, sandboxPath, execution, nowMs, warn });
      return outcomeOf(session, () => template.execute(null, { ...execution, context: session.evaluation }));
    },
  };
}

function outcomeOf({ queries: read, failures }: Session, execute: () => string): RenderOutcome {
  try {
    const output = execute();
    return { kind: 'rendered', output, queries: [...read.values()] };
  } catch (thrown) {
    const queries = [...read.values()];
    if (thrown instanceof Suspend) {
      const waitingFor = thrown.all.map((text) => {
        const failure = failures.get(text);
        return failure === undefined ? text : `${text}: ${failure}`;
      });
      return { kind: 'waiting', waitingFor, queries };
    }
    if (!(thrown instanceof TemplateError)) throw thrown;
    return { kind: 'failed', error: thrown.cause instanceof PortolanError ? thrown.cause : thrown, queries };
  }
}
