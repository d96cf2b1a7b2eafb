import type { Clock } from '../lib/clock.ts';
import { PortolanError } from '../lib/errors.ts';
import type { Log } from '../lib/log.ts';
import type { CommandResult, Proxy } from './contracts.ts';
import { createLeavers } from './leavers.ts';
import type { DesiredProxy, ProxyPlan } from './plan.ts';
import { createReloadGate } from './reload-gate.ts';

export interface ApplyDeps {
  readonly proxy: Proxy;
  readonly clock: Clock;
  readonly log: Log;
  readonly onReload: () => void;
  /** Told with each start and change why a reload is still wanted, or that none is. */
  readonly onPending: (because: string | undefined) => void;
}

/** Servers that still have requests are looked at again after this long. */
const LEAVING_AGAIN_MS = 500;

/** Carries out plans; resolves to when the next pass is wanted. Throws what the proxy throws. */
export function createApply(deps: ApplyDeps): (plan: ProxyPlan, signal: AbortSignal) => Promise<number | undefined> {
  const { proxy, log, onPending } = deps;
  const changes = createChanges(deps);
  return async (plan, signal) => {
    switch (plan.kind) {
      case 'wait':
        if (!plan.isDown || !(await proxy.startFromLast(signal))) return undefined;
        log.info('HAProxy started with the last configuration');
        return 0;
      case 'save':
        await proxy.save(plan.desired.config);
        return undefined;
      case 'start':
        // Nothing runs that could reload.
        onPending(undefined);
        requireBinds(plan.desired);
        await proxy.probe(plan.desired.settings.binds, signal);
        await proxy.start(plan.desired.config, signal);
        changes.started(plan.desired);
        log.info('HAProxy started', {
          binds: plan.desired.settings.binds,
          services: plan.desired.model.services.length,
        });
        // A further pass looks whether it is as it should be.
        return 0;
      case 'change':
        return await changes.apply(plan, signal);
    }
  };
}

type ChangePlan = Extract<ProxyPlan, { readonly kind: 'change' }>;

function createChanges({ proxy, clock, log, onReload, onPending }: ApplyDeps) {
  const gate = createReloadGate(clock);
  const leavers = createLeavers(clock);
  let binds: readonly string[] | undefined;
  let failed: { readonly shapeHash: string; readonly error: unknown } | undefined;

  const reload = async (desired: DesiredProxy, because: string, signal: AbortSignal): Promise<void> => {
    requireBinds(desired);
    // The addresses that we serve already are taken by ourselves.
    const added = desired.settings.binds.filter((bind) => binds !== undefined && !binds.includes(bind));
    await proxy.probe(added, signal);
    const startMs = clock.monotonicMs();
    gate.tried();
    await proxy.reload(desired.config, signal);
    ({ binds } = desired.settings);
    onReload();
    onPending(undefined);
    log.info('HAProxy reloaded', { because, durationMs: Math.round(clock.monotonicMs() - startMs) });
  };

  const apply = async (plan: ChangePlan, signal: AbortSignal): Promise<number | undefined> => {
    const results = await proxy.execute(plan.commands, signal);
    for (const { command, isDone } of results) if (isDone) log.info('HAProxy changed', { change: command.purpose });
    const refused = results.filter(({ isDone }) => !isDone);
    const deletions = await proxy.execute(leavers.commands(plan.leaving), signal);
    const again = deletions.some(({ isDone }) => !isDone) ? LEAVING_AGAIN_MS : undefined;

    const because = refused.length > 0 ? 'HAProxy refused a command' : plan.reloadReason;
    onPending(because);
    if (because === undefined) {
      gate.unwanted();
      failed = undefined;
      await proxy.save(plan.desired.config);
      return again;
    }
    const { shapeHash } = plan.desired.config;
    const waitMs = gate.waitMs(shapeHash);
    // As long as the next try has to wait, the last one counts, or the delays would never grow.
    if (waitMs > 0 && failed?.shapeHash === shapeHash) throw failed.error;
    if (waitMs > 0) return Math.min(waitMs, again ?? waitMs);
    try {
      await reload(plan.desired, because, signal);
      // A further pass: the reload may have brought servers to where the commands did not, or it may not.
      if (refused.length > 0) throw refusal(refused);
    } catch (error) {
      failed = { shapeHash, error };
      throw error;
    }
    return 0;
  };

  return {
    apply,
    started: ({ settings }: DesiredProxy): void => {
      ({ binds } = settings);
    },
  };
}

/** Without one HAProxy would not start, and say less clearly why. */
function requireBinds({ settings }: DesiredProxy): void {
  if (settings.binds.length > 0) return;
  throw new PortolanError('BIND_REFUSED', 'there is no address to listen on: no interface of this host matches', {
    hint: 'Name an interface that has an address, or an address, by --http-bind.',
  });
}

function refusal(refused: readonly CommandResult[]): PortolanError {
  const [first] = refused;
  const example = `${first?.command.text}: ${first?.reply}`;
  return new PortolanError(
    'APPLY_INCOMPLETE',
    `HAProxy refused ${refused.length} commands, the first with: ${example}`,
  );
}
