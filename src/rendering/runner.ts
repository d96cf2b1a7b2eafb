import { firstOf, withLinkedSignal } from '../lib/deadline.ts';
import { PortolanError } from '../lib/errors.ts';
import { createTrigger, type Trigger } from '../lib/trigger.ts';
import type { CommandRuns } from './command-runs.ts';
import type { RenderTarget, RunnerTools, TemplateOutcome, TemplateSet } from './runner-contracts.ts';
import type { StatusBoard } from './status-board.ts';
import { createTargetWriter, type TargetWriter, type WriterOptions } from './target-writer.ts';
import { createWaitingNotes, type WaitingNotes } from './waiting-notes.ts';

export interface RunnerOptions extends WriterOptions {
  /** One for each template of the set, in its order. */
  readonly targets: readonly RenderTarget[];
  /** Told of all that becomes of them. */
  readonly board: StatusBoard;
  /** What an earlier configuration has left to be run is run, where it is a command of this one too. */
  readonly runs: CommandRuns;
  /** End when everything was rendered once; a failure is the end, too. */
  readonly once: boolean;
  /** Called when all files have been as their templates want them; `hasWritten`: one had to be written for that. */
  readonly onRendered: (hasWritten: boolean) => void;
  /** Called after each later pass that has written a file. */
  readonly onChanged: () => void;
}

/** Why it is over. */
export type RunEnd = { readonly kind: 'done' } | { readonly kind: 'failed'; readonly error: unknown };

interface Runner {
  readonly tools: RunnerTools;
  readonly options: RunnerOptions;
  readonly templates: TemplateSet;
  readonly writers: readonly TargetWriter[];
  readonly notes: WaitingNotes;
  readonly trigger: Trigger;
  /** The reason of each template that fails now, by its number. */
  readonly failing: Map<number, string>;
  isRendered: boolean;
  /** Before everything was rendered. */
  hasWritten: boolean;
}

/**
 * Keeps files true to their templates: all are evaluated at each change, each is written when it was calm for long
 * enough, and then the commands run. Nothing that fails ends it, unless `once` or a template asks for that.
 *
 * Rejects with the signal's reason when aborted.
 * Source: consul-template v0.42.1, `manager/runner.go`. Differs: a failed command, check or template is tried again,
 * and each template has its quiescence from its first rendering on.
 */
export async function runTemplates(
  templates: TemplateSet,
  tools: RunnerTools,
  options: RunnerOptions,
  signal: AbortSignal,
): Promise<RunEnd> {
  options.runs.keepOnly(options.targets.flatMap(({ command }) => command ?? []));
  const runner: Runner = {
    tools,
    options,
    templates,
    writers: options.targets.map((target) => createTargetWriter(target, tools, options)),
    notes: createWaitingNotes(),
    trigger: createTrigger(),
    failing: new Map(),
    isRendered: false,
    hasWritten: false,
  };
  return await withLinkedSignal(signal, async (own) => {
    const following = templates.follow(() => runner.trigger.wake('data'), own);
    // The end of the data is the end of the loop only when it failed.
    const lost = following.then(() => new Promise<never>(() => undefined));
    return await firstOf(loop(runner, own), lost);
  });
}

async function loop(runner: Runner, signal: AbortSignal): Promise<RunEnd> {
  for (let needsEvaluation = true; ; ) {
    signal.throwIfAborted();
    const fatal = needsEvaluation ? evaluate(runner) : undefined;
    const failures = await runPass(runner, signal);
    if (fatal !== undefined) return { kind: 'failed', error: fatal };
    if (runner.options.once && failures.length > 0) return { kind: 'failed', error: failures[0] };
    if (!runner.isRendered && runner.writers.every((writer) => writer.hasRendered())) {
      runner.isRendered = true;
      runner.options.onRendered(runner.hasWritten);
      if (runner.options.once) return { kind: 'done' };
    }
    needsEvaluation = await waitForWork(runner, signal);
  }
}

/** The error that is the end, if there is one. */
function evaluate({ templates, trigger, writers, notes, tools, failing, options }: Runner): PortolanError | undefined {
  trigger.take();
  const nowMs = tools.clock.monotonicMs();
  let fatal: PortolanError | undefined;
  for (const [i, outcome] of templates.evaluate().entries()) {
    const writer = writers[i];
    if (writer === undefined) continue;
    const { name, endsOnError, output } = writer.target;
    options.board.evaluated(i, outcome);
    notes.update(i, outcome.kind === 'waiting' ? outcome.waitsFor : [], nowMs);
    if (outcome.kind === 'rendered') writer.offer(outcome.text);
    if (isNewFailure(failing, i, outcome)) {
      const facts = { template: name, destination: output.destination, error: outcome.reason };
      tools.log.warn('a template failed; its file stays as it is', facts);
    }
    if (outcome.kind === 'failed' && (endsOnError || options.once)) {
      fatal ??= new PortolanError('TEMPLATE_FAILED', `${name}: ${outcome.reason}`);
    }
  }
  return fatal;
}

/** The same failure again is no news. */
function isNewFailure(
  failing: Map<number, string>,
  i: number,
  outcome: TemplateOutcome,
): outcome is Extract<TemplateOutcome, { readonly kind: 'failed' }> {
  const before = failing.get(i);
  if (outcome.kind === 'failed') failing.set(i, outcome.reason);
  else failing.delete(i);
  return outcome.kind === 'failed' && outcome.reason !== before;
}

/** Writes what is due, then runs the commands. The failures, all of them reported. */
async function runPass(runner: Runner, signal: AbortSignal): Promise<readonly unknown[]> {
  const { writers, notes, tools, options } = runner;
  const { runs } = options;
  const failures: unknown[] = [];
  let hasWritten = false;
  for (const [i, writer] of writers.entries()) {
    const outcome = await writer.write(signal);
    options.board.written(i, outcome);
    const { command, runsCommandOnStart } = writer.target;
    const isStart = outcome.kind === 'unchanged' && outcome.isFirst && runsCommandOnStart;
    if (outcome.kind === 'failed') failures.push(outcome.error);
    hasWritten ||= outcome.kind === 'written';
    if ((outcome.kind === 'written' || isStart) && command !== undefined && options.print === undefined) {
      runs.want(command);
    }
  }
  try {
    failures.push(...(await runs.run(signal)));
  } catch (error) {
    // Who goes on after us finds the files right, and would tell nobody.
    if (hasWritten || (runner.hasWritten && !runner.isRendered)) options.onChanged();
    throw error;
  }
  if (hasWritten && runner.isRendered) options.onChanged();
  runner.hasWritten ||= hasWritten;
  for (const { template, waitsFor } of notes.take(tools.clock.monotonicMs())) {
    const { name, output } = options.targets[template] ?? {};
    const facts = { template: name, destination: output?.destination, waitsFor };
    tools.log.warn('a template waits for data that is not there', facts);
  }
  return failures;
}

/** Whether the data has changed; otherwise something is due. */
async function waitForWork({ trigger, writers, options, notes, tools }: Runner, signal: AbortSignal): Promise<boolean> {
  const dueMs = Math.min(options.runs.dueMs(), notes.dueMs(), ...writers.map((writer) => writer.dueMs()));
  const untilDueMs = dueMs - tools.clock.monotonicMs();
  if (untilDueMs > 0 && !trigger.isPending()) {
    await withLinkedSignal(signal, async (own) => {
      const changed = trigger.pending(own);
      await (Number.isFinite(untilDueMs) ? firstOf(changed, tools.clock.sleep(untilDueMs, own)) : changed);
    });
  }
  return trigger.isPending();
}
