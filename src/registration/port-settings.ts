import type { ContainerPort, ContainerSnapshot, Protocol } from '../domain/container.ts';
import type { ContainerCheckMode, ServiceDefinition } from '../domain/service.ts';
import { containerCheckMode } from './check-definitions.ts';
import { metaPairs } from './meta-pairs.ts';
import { type Metadata, metadataForPort, type Warning } from './metadata.ts';
import { serviceExtras } from './service-fields.ts';
import { containerSettings } from './settings.ts';
import type { FieldSource } from './sourced.ts';
import { type FlagTags, serviceTags } from './tags.ts';

/** What the settings of a container say of the service of a port. */
export interface PortSettings {
  readonly metadata: Metadata;
  readonly warnings: readonly Warning[];
  /** Asked for only when the port has a service; always the same object. */
  readonly parts: () => SettledParts;
}

/** The parts of a service that settings decide alone. */
export interface SettledParts {
  readonly fields: Pick<ServiceDefinition, 'tags' | 'meta' | 'enableTagOverride' | 'weights' | 'namespace'>;
  readonly containerCheck: ContainerCheckMode;
  readonly tagSources: readonly FieldSource[];
  readonly extraSources: readonly FieldSource[];
  readonly warnings: readonly Warning[];
}

/**
 * Reads the settings of a container for its ports. Those without settings of their own share what is found, since
 * images expose ranges of ten thousand ports, and nobody wants to read the same warning of each.
 *
 * @param ofFlag what `--tags` gives it.
 */
export function portSettings(container: ContainerSnapshot, ofFlag: FlagTags): (port: ContainerPort) => PortSettings {
  const settings = containerSettings(container);
  const shared = new Map<Protocol, PortSettings>();
  const read = (port: ContainerPort): PortSettings => {
    const { metadata, warnings } = metadataForPort(container, port, settings);
    let parts: SettledParts | undefined;
    return {
      metadata,
      warnings,
      parts: () => {
        parts ??= settledParts(metadata, port.protocol, ofFlag);
        return parts;
      },
    };
  };
  return (port) => {
    if (settings.byPort.has(String(port.port))) return read(port);
    const known = shared.get(port.protocol) ?? read(port);
    shared.set(port.protocol, known);
    return known;
  };
}

function settledParts(metadata: Metadata, protocol: Protocol, ofFlag: FlagTags): SettledParts {
  const tags = serviceTags(metadata, protocol, ofFlag);
  const extras = serviceExtras(metadata);
  const { mode, warnings: modeWarnings } = containerCheckMode(metadata);
  const { meta, warnings: metaWarnings } = metaPairs(metadata);
  return {
    fields: { tags: tags.parts.flatMap(({ value }) => value), ...extras.fields, meta },
    containerCheck: mode,
    tagSources: tags.parts.map(({ value, from }) => ({ field: 'tags', value: value.join(','), from })),
    extraSources: extras.sources,
    warnings: [...tags.warnings, ...extras.warnings, ...modeWarnings, ...metaWarnings],
  };
}
