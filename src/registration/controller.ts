import { type PassReport, runReconcileLoop } from '../lib/reconcile-loop.ts';
import { type ExplainAnswer, explainRunning } from './explain-running.ts';
import { sayLastWords } from './last-words.ts';
import { createPassContext, type RegistrationDeps, type RegistrationOptions } from './pass-context.ts';
import { registrationSteps } from './passes.ts';
import { type RegistrationStatus, registrationStatus } from './status.ts';

export interface RegistrationController {
  /** Keeps the registry true until aborted; then leaves or says a last word, as `onExit` says. Never rejects. */
  run(signal: AbortSignal): Promise<void>;
  status(): RegistrationStatus;
  /** What becomes of a container and why, by the last pass; asked by its name, its ID or the beginning of its ID. */
  explain(container: string): ExplainAnswer;
}

const BACKOFF = { minMs: 250, maxMs: 1_000 };

/** The registration half: observe containers, derive definitions, plan, apply. */
export function createRegistration(deps: RegistrationDeps, options: RegistrationOptions): RegistrationController {
  const context = createPassContext(deps, options);
  const { trigger, view, state, reporter } = context;
  const { source, registry, clock, random } = deps;
  const onPass = (pass: PassReport): void => {
    reporter.outcome(pass);
    state.report = pass;
    if (pass.error === undefined) state.hasSucceeded = true;
    else view.distrust();
  };
  const loop = { clock, trigger, random, resyncMs: options.resyncMs, backoff: BACKOFF, onPass };
  return {
    run: async (signal) => {
      registry.watchConnection(() => context.doubt('the connection to the registry ended'), signal);
      await Promise.all([
        source.watch(trigger.wake, signal),
        context.heartbeats.run(signal),
        runReconcileLoop({ ...loop, steps: registrationSteps(context, deps, options) }, signal),
      ]);
      if (state.identity !== undefined && state.last?.standing.kind !== 'passive') {
        await sayLastWords(context, deps, { onExit: options.onExit, identity: state.identity });
      }
    },
    status: () => registrationStatus(state),
    explain: (container) => explainRunning(state, container),
  };
}
