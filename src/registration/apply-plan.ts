import { errorMessage, PortolanError } from '../lib/errors.ts';
import { errorFacts, type Log } from '../lib/log.ts';
import type { ServiceRegistry } from './contracts.ts';
import type { Heartbeats } from './heartbeats.ts';
import type { PlannedRegistration, PlannedRemoval, RegistrationPlan } from './plan.ts';
import type { RegistryView } from './registry-view.ts';

export interface ApplyTools {
  readonly registry: Pick<ServiceRegistry, 'register' | 'deregister'>;
  readonly view: RegistryView;
  readonly heartbeats: Pick<Heartbeats, 'tell'>;
  readonly log: Log;
  /** The registry takes no checks that run programs, so services must be registered without them. */
  readonly onScriptsRefused: () => void;
}

/**
 * Carries out a plan: all of it at once, each part on its own. The registry bounds how many calls run together.
 *
 * Throws `APPLY_INCOMPLETE` when parts failed, after all others are done.
 */
export async function applyPlan(plan: RegistrationPlan, tools: ApplyTools, signal: AbortSignal): Promise<void> {
  const results = await Promise.allSettled([
    // First what takes containers out of rotation: these requests are failing now.
    ...plan.report.map(async ({ checkId, verdict }) => {
      await tools.heartbeats.tell(checkId, verdict, signal);
      tools.view.reported(checkId, verdict);
      tools.log.info('container check changed', { check: checkId, status: verdict.status, output: verdict.output });
    }),
    ...plan.deregister.map((removal) => deregister(removal, tools, signal)),
    ...plan.register.map((registration) => register(registration, tools, signal)),
  ]);
  const failures = results.filter((result) => result.status === 'rejected').map(({ reason }) => reason as unknown);
  if (failures.length === 0) return;
  tools.view.distrust();
  const [first] = failures;
  const hint = first instanceof PortolanError ? first.hint : undefined;
  throw new PortolanError(
    'APPLY_INCOMPLETE',
    `${failures.length} of ${results.length} changes failed, the first with: ${errorMessage(first)}`,
    { cause: first, ...(hint !== undefined && { hint }) },
  );
}

async function register(planned: PlannedRegistration, tools: ApplyTools, signal: AbortSignal): Promise<void> {
  const { registration, reason, isReplacement } = planned;
  const { service, containerCheck } = registration;
  const facts = { service: service.name, id: service.id, address: service.address, port: service.port };
  try {
    await tools.registry.register(registration, signal);
    tools.view.registered(registration);
    // A replaced check keeps its old status, and a new one has a status but no output.
    if (containerCheck !== undefined && (isReplacement || containerCheck.verdict.status !== 'passing')) {
      await tools.heartbeats.tell(containerCheck.id, containerCheck.verdict, signal);
    }
  } catch (error) {
    if (error instanceof PortolanError && error.code === 'SCRIPT_CHECKS_REFUSED') tools.onScriptsRefused();
    if (!signal.aborted) tools.log.warn('cannot register a service; trying again', { ...facts, ...errorFacts(error) });
    throw error;
  }
  tools.log.info('registered', { ...facts, because: reason });
}

async function deregister(
  { serviceId, reason }: PlannedRemoval,
  tools: ApplyTools,
  signal: AbortSignal,
): Promise<void> {
  try {
    await tools.registry.deregister(serviceId, signal);
    tools.view.deregistered(serviceId);
  } catch (error) {
    if (!signal.aborted) {
      tools.log.warn('cannot deregister a service; trying again', { id: serviceId, ...errorFacts(error) });
    }
    throw error;
  }
  tools.log.info('deregistered', { id: serviceId, because: reason });
}
