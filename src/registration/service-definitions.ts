import type { ContainerPort, ContainerSnapshot } from '../domain/container.ts';
import type { ServiceDefinition } from '../domain/service.ts';
import { checkDefinitions, containerCheckMode } from './check-definitions.ts';
import { metaPairs } from './meta-pairs.ts';
import { isSwitchedOn, type Metadata, metadataForPort, settingOf, type Warning } from './metadata.ts';
import { type AddressOptions, effectiveBindings, serviceAddress } from './service-address.ts';
import { defaultServiceName } from './service-name.ts';
import { splitTags } from './tags.ts';

export interface DefinitionOptions extends AddressOptions {
  /** First part of every service ID. Two hosts must never share it. */
  readonly hostname: string;
  /** `--explicit`: only ports that a label or variable names. */
  readonly explicit: boolean;
  /** `--tags`: added to every service, as a comma list. */
  readonly tags: string;
  /** `--enable-script-checks`: labels may make the agent run programs. */
  readonly enableScriptChecks: boolean;
}

/** What one port gave. Pure code never logs: the controller logs warnings and reasons. */
export type PortOutcome = { readonly port: ContainerPort; readonly warnings: readonly Warning[] } & (
  | { readonly kind: 'defined'; readonly service: ServiceDefinition }
  | { readonly kind: 'skipped'; readonly reason: string }
);

/**
 * Derives the services that one container offers: one outcome per port, in the order of the ports.
 *
 * @param _peer the container whose network this one shares (`--network container:X`), if it is known.
 * Never throws: a bad label costs itself, not its service; a bad port not the others.
 * Source: registrator 6bfadbc, `bridge/bridge.go: add, newService`.
 * Differs: the order is fixed (Go's map order was random), and a SERVICE_ID is given to one port only.
 */
export function serviceDefinitions(
  container: ContainerSnapshot,
  options: DefinitionOptions,
  _peer?: ContainerSnapshot,
): readonly PortOutcome[] {
  const offered = container.ports.filter((port) => options.internal || effectiveBindings(container, port).length > 0);
  const taken = new Set<string>();
  return container.ports.map((port) => {
    const outcome = definePort(container, port, { options, isGroup: offered.length > 1, taken });
    if (outcome.kind === 'defined') taken.add(outcome.service.id);
    return outcome;
  });
}

interface PortContext {
  readonly options: DefinitionOptions;
  /** Several ports are offered, so that the image's name alone would not tell them apart. */
  readonly isGroup: boolean;
  /** IDs of the ports before. */
  readonly taken: ReadonlySet<string>;
}

function definePort(container: ContainerSnapshot, port: ContainerPort, context: PortContext): PortOutcome {
  const { options } = context;
  const { metadata, warnings } = metadataForPort(container, port);
  const skipped = (reason: string): PortOutcome => ({ kind: 'skipped', port, reason, warnings });
  if (container.networkMode === 'none') return skipped('is in no network');
  if (isSwitchedOn(metadata, 'ignore')) return skipped(`is ignored by ${metadata.get('ignore')?.label}`);
  if (options.explicit && settingOf(metadata, 'name') === undefined)
    return skipped('has no name, which --explicit asks for');
  const place = serviceAddress(container, port, options);
  if (place.kind === 'none') return skipped(place.reason);

  const id = serviceId(container, port, { metadata, ...context });
  const name = serviceName(container, port, { metadata, ...context });
  const origin = { containerId: container.id, containerName: container.name, port: port.port, protocol: port.protocol };
  const target = {
    serviceId: id.value,
    serviceName: name,
    address: place.address,
    port: place.port,
    origin,
    enableScriptChecks: options.enableScriptChecks,
  };
  const { checks, warnings: checkWarnings } = checkDefinitions(metadata, target);
  const { mode, warnings: modeWarnings } = containerCheckMode(metadata);
  const { meta, warnings: metaWarnings } = metaPairs(metadata);
  const service: ServiceDefinition = {
    id: id.value,
    name,
    address: place.address,
    port: place.port,
    tags: [...splitTags(settingOf(metadata, 'tags') ?? ''), ...splitTags(options.tags), ...protocolTag(port)],
    meta,
    checks,
    containerCheck: mode,
    origin,
  };
  const allWarnings = [...warnings, ...id.warnings, ...checkWarnings, ...modeWarnings, ...metaWarnings];
  return { kind: 'defined', port, service, warnings: allWarnings };
}

type Naming = PortContext & { readonly metadata: Metadata };

function serviceId(
  container: ContainerSnapshot,
  port: ContainerPort,
  { metadata, options, taken }: Naming,
): { readonly value: string; readonly warnings: readonly Warning[] } {
  const defaultId = (of: ContainerPort) => [options.hostname, container.name, of.port, ...protocolTag(of)].join(':');
  const byDefault = defaultId(port);
  const chosen = settingOf(metadata, 'id');
  if (chosen === undefined) return { value: byDefault, warnings: [] };
  // Consul cleans paths, so an ID with such parts could never be removed again.
  const problem = taken.has(chosen)
    ? `is the ID of a lower port already; ${byDefault} is used instead`
    : container.ports.some((other) => other !== port && defaultId(other) === chosen)
      ? `is the ID of another port; ${byDefault} is used instead`
      : /(^|\/)\.{0,2}(\/|$)/.test(chosen)
        ? `cannot be part of a URL path; ${byDefault} is used instead`
        : undefined;
  if (problem === undefined) return { value: chosen, warnings: [] };
  return { value: byDefault, warnings: [{ label: metadata.get('id')?.label ?? 'SERVICE_ID', value: chosen, problem }] };
}

function serviceName(container: ContainerSnapshot, port: ContainerPort, { metadata, isGroup }: Naming): string {
  const name = settingOf(metadata, 'name') ?? defaultServiceName(container);
  // Also when that name is empty: whoever writes a key for one port knows that there are several.
  const isNamedForPort = metadata.get('name')?.isPortSpecific === true;
  return isGroup && !isNamedForPort ? `${name}-${port.port}` : name;
}

function protocolTag({ protocol }: ContainerPort): readonly string[] {
  return protocol === 'tcp' ? [] : [protocol];
}
