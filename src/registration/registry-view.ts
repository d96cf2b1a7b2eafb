import type {
  CheckVerdict,
  RegisteredCheck,
  RegisteredService,
  RegistryState,
  ServiceRegistration,
  ServiceRegistry,
} from './contracts.ts';
import { isSameService } from './difference.ts';
import { checkIds, registeredService } from './registration.ts';

/** What the registry holds, as last read and as changed by ourselves since. */
export interface RegistryView {
  /** The state, read again where it is doubtful or `resync` asks for it. Throws what the registry throws. */
  read(cause: { readonly resync: boolean }, signal: AbortSignal): Promise<ReadState>;
  /** The state without reading: what was read last, with our own changes since. */
  state(): RegistryState;
  /** From here on the state is doubtful: something failed, or the agent may have started anew. */
  distrust(): void;
  registered(registration: ServiceRegistration): void;
  deregistered(serviceId: string): void;
  reported(checkId: string, verdict: CheckVerdict): void;
}

export interface ReadState extends RegistryState {
  /** Services that were read just now and are not as we had left them, by ID: somebody else has changed them. */
  readonly surprises: ReadonlySet<string>;
}

/**
 * Services are read at every resync. Checks only when the state is doubtful and at every tenth resync: heartbeats tell
 * soon enough when a check is gone.
 */
const RESYNCS_PER_CHECK_READ = 10;

export function createRegistryView(registry: ServiceRegistry): RegistryView {
  let services = new Map<string, RegisteredService>();
  let checks = new Map<string, RegisteredCheck>();
  // A doubt that is raised while a read is on its way outlives that read.
  let doubts = 1;
  let settledDoubts = 0;
  let resyncs = 0;

  const read = async ({ resync }: { readonly resync: boolean }, signal: AbortSignal): Promise<ReadState> => {
    let surprises: ReadonlySet<string> = new Set();
    const isDoubtful = settledDoubts !== doubts;
    if (resync || isDoubtful) {
      const wantsChecks = isDoubtful || resyncs % RESYNCS_PER_CHECK_READ === 0;
      const settling = doubts;
      resyncs += 1;
      const [freshServices, freshChecks] = await Promise.all([
        registry.services(signal),
        wantsChecks ? registry.checks(signal) : undefined,
      ]);
      surprises = changedBetween(services, freshServices);
      services = new Map(freshServices);
      if (freshChecks !== undefined) checks = new Map(freshChecks);
      settledDoubts = settling;
    }
    return { services, checks, surprises };
  };

  return {
    read,
    state: () => ({ services, checks }),
    distrust: () => {
      doubts += 1;
    },
    registered: (registration) => {
      const { service, containerCheck } = registration;
      const { id } = service;
      services.set(service.id, registeredService(registration));
      for (const checkId of checkIds(registration)) {
        if (!checks.has(checkId))
          checks.set(checkId, { id: checkId, serviceId: id, status: 'critical', output: '', notes: '' });
      }
      if (containerCheck !== undefined) {
        const { verdict, notes } = containerCheck;
        checks.set(containerCheck.id, { id: containerCheck.id, serviceId: id, ...verdict, notes });
      }
    },
    deregistered: (serviceId) => {
      services.delete(serviceId);
      for (const [id, check] of checks) if (check.serviceId === serviceId) checks.delete(id);
    },
    reported: (checkId, verdict) => {
      const known = checks.get(checkId);
      if (known !== undefined) checks.set(checkId, { ...known, ...verdict });
    },
  };
}

function changedBetween(
  before: ReadonlyMap<string, RegisteredService>,
  now: ReadonlyMap<string, RegisteredService>,
): ReadonlySet<string> {
  const both = [...before].filter(([id, service]) => isOther(service, now.get(id)));
  return new Set(both.map(([id]) => id));
}

function isOther(before: RegisteredService, now: RegisteredService | undefined): boolean {
  return now !== undefined && !isSameService(before, now);
}
