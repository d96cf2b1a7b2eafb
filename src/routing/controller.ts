import type { CatalogSnapshot } from '../domain/catalog.ts';
import type { Clock } from '../lib/clock.ts';
import { errorFacts, type Log } from '../lib/log.ts';
import { type PassReport, type ReconcileSteps, runReconcileLoop } from '../lib/reconcile-loop.ts';
import { createTrigger } from '../lib/trigger.ts';
import { createApply } from './apply-plan.ts';
import type { BindSource, Proxy, ProxyState } from './contracts.ts';
import { createDesiredCache, type DesiredRouting, desiredRouting, type RenderOptions } from './desired.ts';
import { type HoldSummary, summarizeHeld } from './guard-reporter.ts';
import type { GuardedSource } from './guarded-source.ts';
import { type ProxyPlan, planProxy } from './plan.ts';
import { createRoutingReporter } from './reporter.ts';
import { type RoutingState, type RoutingStatus, routingStatus } from './status.ts';

export interface RoutingControllerOptions extends RenderOptions {
  readonly resyncMs: number;
  /** Whether HAProxy ends together with Portolan; otherwise it goes on serving. */
  readonly stopsProxy: boolean;
}

export interface RoutingDeps {
  readonly source: GuardedSource;
  readonly proxy: Proxy;
  readonly bindSource: BindSource;
  readonly clock: Clock;
  readonly log: Log;
  /** In [0, 1). */
  readonly random: () => number;
}

export interface RoutingController {
  /** Keeps the proxy true to the catalog until aborted. Never rejects. */
  run(signal: AbortSignal): Promise<void>;
  status(): RoutingStatus;
  /** Lets go the instances that are kept though the catalog lacks them, of one service or of all; tells which. */
  release(service?: string): readonly HoldSummary[];
}

interface Observed {
  readonly catalog: RoutingState['catalog'];
  readonly binds: readonly string[];
  readonly proxy: ProxyState;
}

const BACKOFF = { minMs: 250, maxMs: 5_000 };
/** HAProxy gets this long to finish its requests: a container's stop has 10 s in all. */
const STOP_GRACE_MS = 7_000;

/** The routing half: observe the catalog, derive routes, plan, apply. */
export function createRouting(deps: RoutingDeps, options: RoutingControllerOptions): RoutingController {
  const { source, proxy, clock, log, random } = deps;
  const trigger = createTrigger();
  const reporter = createRoutingReporter(log);
  const state: RoutingState = {
    catalog: undefined,
    outage: undefined,
    desired: undefined,
    proxy: undefined,
    report: undefined,
    reloads: 0,
    pendingReload: undefined,
  };

  const onSnapshot = (reading: CatalogSnapshot): void => {
    state.catalog = reading;
    if (state.outage !== undefined && reading.trust === 'confirmed') log.info('the catalog can be read again');
    if (reading.trust === 'confirmed') state.outage = undefined;
    trigger.wake('the catalog changed');
  };
  const onOutage = (error: Error): void => {
    if (state.outage === undefined)
      log.warn('the catalog cannot be read; routing goes on with what is known', errorFacts(error));
    state.outage = error;
  };
  const onPass = (report: PassReport): void => {
    state.report = report;
    reporter.outcome(report);
  };

  return {
    run: async (signal) => {
      const loop = { clock, trigger, random, resyncMs: options.resyncMs, backoff: BACKOFF, onPass };
      await Promise.all([
        source.follow({ onSnapshot, onOutage }, signal),
        proxy.watch(() => trigger.wake('HAProxy ended'), signal),
        runReconcileLoop({ ...loop, steps: routingSteps(state, deps, options, reporter) }, signal),
      ]);
      if (options.stopsProxy) await proxy.stop(STOP_GRACE_MS);
    },
    status: () => routingStatus(state, source.held()),
    release: (service) => summarizeHeld(source.release(service)),
  };
}

function routingSteps(
  state: RoutingState,
  { proxy, bindSource, clock, log }: RoutingDeps,
  options: RoutingControllerOptions,
  reporter: ReturnType<typeof createRoutingReporter>,
): ReconcileSteps<Observed, DesiredRouting | undefined, ProxyPlan> {
  const cache = createDesiredCache();
  let binds: readonly string[] = [];
  const onReload = (): void => {
    state.reloads += 1;
  };
  const onPending = (because: string | undefined): void => {
    state.pendingReload = because;
  };
  const apply = createApply({ proxy, clock, log, onReload, onPending });
  return {
    observe: async ({ resync }, signal) => {
      if (resync) binds = bindSource.binds();
      try {
        state.proxy = await proxy.observe(signal);
      } catch (error) {
        state.proxy = undefined;
        throw error;
      }
      return { catalog: state.catalog, binds, proxy: state.proxy };
    },
    derive: ({ catalog, binds: current }) => {
      if (catalog === undefined) return undefined;
      state.desired = desiredRouting(catalog, current, options, cache);
      reporter.desired(state.desired);
      return state.desired;
    },
    plan: ({ proxy: observed }, desired) => planProxy(desired, observed),
    apply,
  };
}
