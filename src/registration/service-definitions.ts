import type { ContainerPort, ContainerSnapshot } from '../domain/container.ts';
import type { ServiceDefinition } from '../domain/service.ts';
import { checkDefinitions } from './check-definitions.ts';
import { checkSources, containerCheckSources } from './check-sources.ts';
import type { CheckTarget } from './check-target.ts';
import { containerNetwork, type NetworkOutcome } from './container-network.ts';
import { isSwitchedOn, type Metadata, settingOf, type Warning } from './metadata.ts';
import { type PortSettings, portSettings } from './port-settings.ts';
import { type AddressOptions, serviceAddress } from './service-address.ts';
import { createServiceIds, type ServiceIds } from './service-id.ts';
import { serviceName } from './service-name.ts';
import { type FieldSource, type Sourced, sourceOf } from './sourced.ts';
import { tagsOfFlag } from './tags.ts';
import type { TagsTemplate } from './tags-template.ts';
import { createWarningFilter } from './warning-filter.ts';

export interface DefinitionOptions extends AddressOptions {
  /** First part of every service ID. Two hosts must never share it. */
  readonly hostname: string;
  /** `--explicit`: only ports that a label or variable names. */
  readonly explicit: boolean;
  /** `--tags`: added to every service, as a comma list or a template that makes one. */
  readonly tags: string | TagsTemplate;
  /** `--enable-script-checks`: labels may make the agent run programs. */
  readonly enableScriptChecks: boolean;
}

/**
 * What one port gave. Pure code never logs: the controller logs warnings and reasons. A warning stands at the first of
 * the ports that it concerns.
 */
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
    settingsOf: portSettings(container, tagsOfFlag(container, options.tags)),
    isGroup: ports.filter(isOffered).length > 1,
    ids: createServiceIds(container, options.hostname),
  };
  const unsaid = createWarningFilter();
  return ports.map((port) => {
    const { outcome, warnings } = definePort(container, port, context);
    return { ...outcome, port, warnings: warnings.flatMap(unsaid) };
  });
}

/** What the ports of a container share. */
interface PortContext {
  readonly options: DefinitionOptions;
  readonly network: NetworkOutcome;
  readonly settingsOf: (port: ContainerPort) => PortSettings;
  /** Several ports are offered, so that the image's name alone would not tell them apart. */
  readonly isGroup: boolean;
  readonly ids: ServiceIds;
}

interface Defined {
  readonly outcome:
    | Pick<PortOutcome & { readonly kind: 'defined' }, 'kind' | 'service' | 'sources'>
    | Pick<PortOutcome & { readonly kind: 'skipped' }, 'kind' | 'reason'>;
  readonly warnings: readonly (readonly Warning[])[];
}

function definePort(container: ContainerSnapshot, port: ContainerPort, context: PortContext): Defined {
  const { options, network, isGroup, ids } = context;
  const settings = context.settingsOf(port);
  const { metadata, warnings } = settings;
  const skipped = (reason: string, more: readonly Warning[] = []): Defined => ({
    outcome: { kind: 'skipped', reason },
    warnings: [warnings, more],
  });
  if (isSwitchedOn(metadata, 'ignore')) return skipped(`is ignored by ${metadata.get('ignore')?.label}`);
  if (options.explicit && settingOf(metadata, 'name') === undefined)
    return skipped('has no name, which --explicit asks for');
  if (network.kind === 'unconnected') return skipped(network.reason);
  const place = serviceAddress({ container, port, network, metadata, options });
  if (place.kind === 'none') return skipped(place.reason, place.warnings);

  const { id, warnings: idWarnings } = ids.next(port, metadata);
  const name = serviceName(container, port, { metadata, isGroup });
  const decided = { name, id, address: place.address, port: place.port };
  const described = describe(container, port, { settings, options, decided });
  return {
    outcome: { kind: 'defined', service: described.service, sources: described.sources },
    warnings: [warnings, place.warnings, idWarnings, described.checkWarnings, settings.parts().warnings],
  };
}

interface Description {
  readonly settings: PortSettings;
  readonly options: DefinitionOptions;
  readonly decided: {
    readonly name: Sourced<string>;
    readonly id: Sourced<string>;
    readonly address: Sourced<string>;
    readonly port: Sourced<number>;
  };
}

/** Puts the definition of a service together, of which it is known what it is called and where it is reached. */
function describe(
  container: ContainerSnapshot,
  { port, protocol }: ContainerPort,
  { settings: { metadata, parts }, options, decided }: Description,
) {
  const { name, id, address, port: reached } = decided;
  const origin = { containerId: container.id, containerName: container.name, port, protocol };
  const target: CheckTarget = {
    serviceId: id.value,
    serviceName: name.value,
    address: address.value,
    port: reached.value,
    origin,
    enableScriptChecks: options.enableScriptChecks,
  };
  const { checks, warnings: checkWarnings } = checkDefinitions(metadata, target);
  const { fields, containerCheck, tagSources, extraSources } = parts();
  const service: ServiceDefinition = {
    id: id.value,
    name: name.value,
    address: address.value,
    port: reached.value,
    ...fields,
    checks,
    containerCheck,
    origin,
  };
  const sources = (): readonly FieldSource[] => [
    ...Object.entries(decided).map(([field, { value, from }]) => ({ field, value: String(value), from })),
    ...tagSources,
    ...metaSources(fields.meta, metadata),
    ...extraSources,
    ...checkSources(metadata, target),
    ...containerCheckSources(metadata),
  ];
  return { service, sources, checkWarnings };
}

function metaSources(meta: ServiceDefinition['meta'], metadata: Metadata): readonly FieldSource[] {
  const settings = new Map(metadata);
  return Object.entries(meta).flatMap(([key, value]) => {
    const setting = settings.get(key);
    return setting === undefined ? [] : [{ field: `meta.${key}`, value, from: sourceOf(setting) }];
  });
}
