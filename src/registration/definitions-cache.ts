import type { ContainerSnapshot } from '../domain/container.ts';
import type { ServiceDefinition } from '../domain/service.ts';
import { fingerprintOf } from './registration.ts';
import { type DefinitionOptions, type PortOutcome, serviceDefinitions } from './service-definitions.ts';
import type { TemplatedTags } from './tags-template.ts';

interface Derived {
  readonly options: DefinitionOptions;
  readonly peer: ContainerSnapshot | undefined;
  readonly tags: TemplatedTags | undefined;
  readonly outcomes: readonly PortOutcome[];
}

/**
 * `serviceDefinitions` with a memory: a container that has not changed is the same object in the next pass, and so are
 * then its definitions, unless its templated tags have changed.
 */
export function createDefinitionsCache(): typeof serviceDefinitions {
  const derived = new WeakMap<ContainerSnapshot, Derived>();
  return (container, options, peer) => {
    const known = derived.get(container);
    const tags = typeof options.tags === 'string' ? undefined : options.tags.tagsOf(container);
    if (known?.options === options && known.peer === peer && known.tags === tags) return known.outcomes;
    const outcomes = serviceDefinitions(container, options, peer);
    derived.set(container, { options, peer, tags, outcomes });
    return outcomes;
  };
}

/** `fingerprintOf` with a memory: making the text of a definition costs more than the rest of a pass. */
export function createFingerprintCache(): typeof fingerprintOf {
  const made = new WeakMap<ServiceDefinition, { readonly hasContainerCheck: boolean; readonly fingerprint: string }>();
  return (service, hasContainerCheck) => {
    const known = made.get(service);
    if (known?.hasContainerCheck === hasContainerCheck) return known.fingerprint;
    const fingerprint = fingerprintOf(service, hasContainerCheck);
    made.set(service, { hasContainerCheck, fingerprint });
    return fingerprint;
  };
}
