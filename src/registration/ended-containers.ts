import type { ContainerSnapshot } from '../domain/container.ts';
import type { CheckVerdict } from './contracts.ts';
import { type DefinitionOptions, serviceDefinitions } from './service-definitions.ts';

/** A service that stays as it is: its container has ended, or waits. */
export interface KeptService {
  readonly containerName: string;
  readonly verdict: CheckVerdict;
}

/**
 * The services of containers that ended by a failure, by ID (`--deregister on-success`).
 * They go when the container is removed, and are registered anew when it is started again.
 *
 * Source: registrator 6bfadbc, `bridge/bridge.go: shouldRemove`. Differs: nothing is forgotten, not even over a restart
 * of ours; 255 is a failure, where registrator took its bit for that of a signal.
 */
export function keptServices(
  containers: readonly ContainerSnapshot[],
  options: DefinitionOptions,
): ReadonlyMap<string, KeptService> {
  const kept = new Map<string, KeptService>();
  for (const container of containers.filter(hasFailed)) {
    const verdict: CheckVerdict = { status: 'critical', output: `exited: with code ${container.exitCode}` };
    for (const id of formerServiceIds(container, options)) kept.set(id, { containerName: container.name, verdict });
  }
  return kept;
}

/** The highest number of a signal; a program that ends by one has the exit code 128 + its number. */
const MAX_SIGNAL = 64;

/** One that its restart policy will start again has failed too. */
function hasFailed({ state, exitCode = 0 }: ContainerSnapshot): boolean {
  const hasEnded = state === 'exited' || state === 'dead' || state === 'restarting';
  const isBySignal = exitCode > 128 && exitCode <= 128 + MAX_SIGNAL;
  return hasEnded && exitCode !== 0 && !isBySignal;
}

/** What a container offered before it ended: Docker no longer tells where its ports were published, but which. */
function formerServiceIds(container: ContainerSnapshot, options: DefinitionOptions): readonly string[] {
  const anywhere = { hostIp: '127.0.0.1', hostPort: 1 };
  const ports = container.ports.map((port) => ({ ...port, bindings: [anywhere] }));
  const published = { ...container, ports };
  return serviceDefinitions(published, { ...options, internal: false, tags: '' }).flatMap((outcome) =>
    outcome.kind === 'defined' ? [outcome.service.id] : [],
  );
}
