import type { ContainerPort, ContainerSnapshot } from '../domain/container.ts';
import type { ServiceDefinition } from '../domain/service.ts';
import { type CheckTarget, checkDefinitions, containerCheckMode } from './check-definitions.ts';
import { checkSources, containerCheckSources } from './check-sources.ts';
import { containerNetwork, type NetworkOutcome } from './container-network.ts';
import { metaPairs } from './meta-pairs.ts';
import { isSwitchedOn, type Metadata, metadataForPort, settingOf, type Warning } from './metadata.ts';
import { type AddressOptions, serviceAddress } from './service-address.ts';
import { serviceExtras } from './service-fields.ts';
import { createServiceIds, type ServiceIds } from './service-id.ts';
import { serviceName } from './service-name.ts';
import { type ContainerSettings, containerSettings } from './settings.ts';
import { type FieldSource, type Sourced, sourceOf } from './sourced.ts';
import { serviceTags } from './tags.ts';

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
  | {
      readonly kind: 'defined';
      readonly service: ServiceDefinition;
      /** Where the value of each field comes from; made when somebody asks. */
      readonly sources: () => readonly FieldSource[];
    }
  | { readonly kind: 'skipped'; readonly reason: string }
);

/**
 * Derives the services that one container offers: one outcome per port, in the order of the ports.
 *
 * @param peer the container whose network this one shares (`--network container:X`), if it is known.
 * Never throws: a bad label costs itself, not its service; a bad port not the others.
 * Source: registrator 6bfadbc, `bridge/bridge.go: add, newService`.
 * Differs: the order is fixed (Go's map order was random), and a SERVICE_ID is given to one port only.
 */
export function serviceDefinitions(
  container: ContainerSnapshot,
  options: DefinitionOptions,
  peer?: ContainerSnapshot,
): readonly PortOutcome[] {
  const { ports } = container;
  const network = containerNetwork(container, peer);
  const isOffered = (port: ContainerPort) =>
    options.internal || (network.kind === 'connected' && network.bindingsOf(port).length > 0);
  const context = {
    options,
    network,
    settings: containerSettings(container),
    isGroup: ports.filter(isOffered).length > 1,
    ids: createServiceIds(container, options.hostname),
  };
  return ports.map((port) => definePort(container, port, context));
}

/** What the ports of a container share. */
interface PortContext {
  readonly options: DefinitionOptions;
  readonly network: NetworkOutcome;
  readonly settings: ContainerSettings;
  /** Several ports are offered, so that the image's name alone would not tell them apart. */
  readonly isGroup: boolean;
  readonly ids: ServiceIds;
}

function definePort(container: ContainerSnapshot, port: ContainerPort, context: PortContext): PortOutcome {
  const { options, network, settings } = context;
  const { metadata, warnings } = metadataForPort(container, port, settings);
  const skipped = (reason: string, more: readonly Warning[] = []): PortOutcome => ({
    kind: 'skipped',
    port,
    reason,
    warnings: [...warnings, ...more],
  });
  if (isSwitchedOn(metadata, 'ignore')) return skipped(`is ignored by ${metadata.get('ignore')?.label}`);
  if (options.explicit && settingOf(metadata, 'name') === undefined)
    return skipped('has no name, which --explicit asks for');
  if (network.kind === 'unconnected') return skipped(network.reason);
  const place = serviceAddress({ container, port, network, metadata, options });
  if (place.kind === 'none') return skipped(place.reason, place.warnings);

  const { id, warnings: idWarnings } = context.ids.next(port, metadata);
  const name = serviceName(container, port, { metadata, isGroup: context.isGroup });
  const parts = { name, id, address: place.address, port: place.port };
  const { service, sources, warnings: more } = describe(container, port, { metadata, options, parts });
  return {
    kind: 'defined',
    port,
    service,
    sources,
    warnings: [...warnings, ...place.warnings, ...idWarnings, ...more],
  };
}

interface Described {
  readonly metadata: Metadata;
  readonly options: DefinitionOptions;
  readonly parts: {
    readonly name: Sourced<string>;
    readonly id: Sourced<string>;
    readonly address: Sourced<string>;
    readonly port: Sourced<number>;
  };
}

/** Puts the definition of a service together, of which it is known what it is called and where it is reached. */
function describe(container: ContainerSnapshot, port: ContainerPort, { metadata, options, parts }: Described) {
  const { id, name, address, port: reached } = parts;
  const origin = { containerId: container.id, containerName: container.name, port: port.port, protocol: port.protocol };
  const target: CheckTarget = {
    serviceId: id.value,
    serviceName: name.value,
    address: address.value,
    port: reached.value,
    origin,
    enableScriptChecks: options.enableScriptChecks,
  };
  const tags = serviceTags(metadata, port.protocol, options.tags);
  const { checks, warnings: checkWarnings } = checkDefinitions(metadata, target);
  const { mode, warnings: modeWarnings } = containerCheckMode(metadata);
  const { meta, warnings: metaWarnings } = metaPairs(metadata);
  const extras = serviceExtras(metadata);
  const service: ServiceDefinition = {
    id: id.value,
    name: name.value,
    address: address.value,
    port: reached.value,
    tags: tags.parts.flatMap(({ value }) => value),
    ...extras.fields,
    meta,
    checks,
    containerCheck: mode,
    origin,
  };
  const sources = (): readonly FieldSource[] => [
    ...Object.entries(parts).map(([field, { value, from }]) => ({ field, value: String(value), from })),
    ...tags.parts.map(({ value, from }) => ({ field: 'tags', value: value.join(','), from })),
    ...metaSources(meta, metadata),
    ...extras.sources,
    ...checkSources(metadata, target),
    ...containerCheckSources(metadata),
  ];
  const warnings = [...tags.warnings, ...extras.warnings, ...checkWarnings, ...modeWarnings, ...metaWarnings];
  return { service, sources, warnings };
}

function metaSources(meta: ServiceDefinition['meta'], metadata: Metadata): readonly FieldSource[] {
  return Object.entries(meta).flatMap(([key, value]) => {
    const setting = metadata.get(key);
    return setting === undefined ? [] : [{ field: `meta.${key}`, value, from: sourceOf(setting) }];
  });
}
