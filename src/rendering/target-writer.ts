import { backoffMs } from '../lib/backoff.ts';
import { errorMessage } from '../lib/errors.ts';
import { errorFacts } from '../lib/log.ts';
import { bytesOf } from '../template/index.ts';
import { checkCommand } from './candidate-check.ts';
import { offerText, type PendingText } from './quiescence.ts';
import type { RenderTarget, RunnerTools } from './runner-contracts.ts';

/** Keeps one file equal to what its template gives. */
export interface TargetWriter {
  readonly target: RenderTarget;
  /** The template gives this now. */
  offer(text: string): void;
  /** When there is something to do; `Infinity` for never. */
  dueMs(): number;
  /** Whether the file has been as the template wanted it, once. */
  hasRendered(): boolean;
  /** Does what is due. A failure is reported and tried again. */
  write(signal: AbortSignal): Promise<WriteOutcome>;
}

export type WriteOutcome =
  | { readonly kind: 'nothing' | 'written' }
  /** The file was right; `isFirst`: so it was at the start. */
  | { readonly kind: 'unchanged'; readonly isFirst: boolean }
  | { readonly kind: 'failed'; readonly error: unknown };

export interface WriterOptions {
  /** What to do with a text instead of writing it. */
  readonly print: ((destination: string, content: Uint8Array) => void) | undefined;
}

const BACKOFF = { minMs: 1_000, maxMs: 60_000 };

export function createTargetWriter(target: RenderTarget, tools: RunnerTools, { print }: WriterOptions): TargetWriter {
  const { clock, random } = tools;
  let settled: string | undefined;
  let pending: PendingText | undefined;
  let failures = 0;
  let lastReport = '';

  const fail = (text: string, error: unknown): WriteOutcome => {
    failures += 1;
    const nowMs = clock.monotonicMs();
    pending = { text, sinceMs: nowMs, dueMs: nowMs + backoffMs(failures, BACKOFF, random()) };
    const report = `${errorMessage(error)}\n${text}`;
    const facts = { destination: target.output.destination, ...errorFacts(error) };
    // The same again is no news.
    if (report === lastReport) tools.log.debug('the file could not be replaced again', facts);
    else tools.log.warn('the file was not replaced; the old one stays', facts);
    lastReport = report;
    return { kind: 'failed', error };
  };

  return {
    target,
    offer: (text) => {
      // The first text waits for nobody: there is nothing yet that it could flap.
      const wait = settled === undefined ? { quietMs: 0, maxWaitMs: 0 } : target.wait;
      const isNews = pending === undefined ? text !== settled : text !== pending.text;
      if (!isNews) return;
      // A text that failed waits for its next try, and not for calm.
      pending = offerText(failures > 0 ? undefined : pending, text, { wait, nowMs: clock.monotonicMs() });
      failures = 0;
    },
    dueMs: () => pending?.dueMs ?? Number.POSITIVE_INFINITY,
    hasRendered: () => settled !== undefined,
    write: async (signal) => {
      if (pending === undefined || pending.dueMs > clock.monotonicMs()) return { kind: 'nothing' };
      const { text } = pending;
      const content = bytesOf(text);
      let isCurrent: boolean;
      try {
        isCurrent = await tools.files.isCurrent(target.output, content);
        if (!isCurrent && print === undefined) await replace(target, content, { tools, signal });
      } catch (error) {
        signal.throwIfAborted();
        return fail(text, error);
      }
      const isFirst = settled === undefined;
      pending = undefined;
      settled = text;
      failures = 0;
      lastReport = '';
      if (isCurrent) return { kind: 'unchanged', isFirst };
      print?.(target.output.destination, content);
      return { kind: 'written' };
    },
  };
}

async function replace(
  { output, check }: RenderTarget,
  content: Uint8Array,
  { tools, signal }: { readonly tools: RunnerTools; readonly signal: AbortSignal },
): Promise<void> {
  const staged = await tools.files.stage(output, content);
  try {
    if (check !== undefined) await tools.commands.run(checkCommand(check, staged.path), { captures: true }, signal);
    await staged.commit();
  } catch (error) {
    await staged.discard();
    throw error;
  }
  tools.log.info('rendered', { destination: output.destination, bytes: content.length });
}
