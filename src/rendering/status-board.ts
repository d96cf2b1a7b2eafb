import { errorMessage } from '../lib/errors.ts';
import { formatTimestamp } from '../lib/timestamps.ts';
import type { RenderTarget, RunnerTools, TemplateOutcome } from './runner-contracts.ts';
import type { WriteOutcome } from './target-writer.ts';

/** One template in the answer of `GET /api/v1/status`. */
export interface TemplateStatus {
  readonly template: string;
  readonly destination: string;
  /**
   * `rendered`: the file is as the template wants it, or will be after a time of calm. `waiting`: for data, or to be
   * written for the first time. `failed`: the template, or the file could not be replaced. In the last two the file is
   * what it was before.
   */
  readonly state: 'failed' | 'rendered' | 'waiting';
  /** Only of `waiting`; empty when it waits for no data. */
  readonly waitsFor?: readonly string[];
  /** Only of `failed`. */
  readonly reason?: string;
  /** When the file was written by this process, RFC 3339. */
  readonly writtenAt?: string;
}

/** What became of each template, for whoever asks. */
export interface StatusBoard {
  evaluated(template: number, outcome: TemplateOutcome): void;
  written(template: number, outcome: WriteOutcome): void;
  templates(): readonly TemplateStatus[];
}

interface Entry {
  readonly target: RenderTarget;
  outcome: TemplateOutcome;
  /** Why the file is not what the template wants. */
  refusal: string | undefined;
  /** Whether the file has been as the template wanted it, once. */
  isSettled: boolean;
  writtenMs: number | undefined;
}

export function createStatusBoard(targets: readonly RenderTarget[], clock: RunnerTools['clock']): StatusBoard {
  const outcome: TemplateOutcome = { kind: 'waiting', waitsFor: [] };
  const entries = targets.map(
    (target): Entry => ({ target, outcome, refusal: undefined, isSettled: false, writtenMs: undefined }),
  );
  return {
    evaluated: (template, now) => {
      const entry = entries[template];
      if (entry !== undefined) entry.outcome = now;
    },
    written: (template, now) => {
      const entry = entries[template];
      if (entry === undefined || now.kind === 'nothing') return;
      entry.refusal = now.kind === 'failed' ? errorMessage(now.error) : undefined;
      entry.isSettled ||= now.kind !== 'failed';
      if (now.kind === 'written') entry.writtenMs = clock.wallMs();
    },
    templates: () => entries.map(statusOf),
  };
}

function statusOf(entry: Entry): TemplateStatus {
  const { target, writtenMs } = entry;
  return {
    template: target.name,
    destination: target.output.destination,
    ...stateOf(entry),
    ...(writtenMs !== undefined && { writtenAt: formatTimestamp(writtenMs) }),
  };
}

function stateOf({ outcome, refusal, isSettled }: Entry): Pick<TemplateStatus, 'reason' | 'state' | 'waitsFor'> {
  if (outcome.kind === 'waiting') return { state: 'waiting', waitsFor: outcome.waitsFor };
  const reason = outcome.kind === 'failed' ? outcome.reason : refusal;
  if (reason !== undefined) return { state: 'failed', reason };
  return isSettled ? { state: 'rendered' } : { state: 'waiting', waitsFor: [] };
}
