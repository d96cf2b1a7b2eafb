import type { ContainerPort, ContainerSnapshot } from '../domain/container.ts';
import { type Metadata, settingOf, type Warning } from './metadata.ts';
import { type Sourced, sourceOf } from './sourced.ts';
import { protocolMark } from './tags.ts';

/** Gives each port of one container the ID of its service, no ID twice; to be asked in the order of the ports. */
export interface ServiceIds {
  next(
    port: ContainerPort,
    metadata: Metadata,
  ): { readonly id: Sourced<string>; readonly warnings: readonly Warning[] };
}

/**
 * The ID is what `SERVICE_ID` says, else `<hostname>:<container>:<port>`, with `:udp` or `:sctp`.
 *
 * Source: registrator 6bfadbc, `bridge/bridge.go: newService`.
 * Differs: of several ports with one SERVICE_ID the first keeps it, and SCTP is marked like UDP.
 */
export function createServiceIds({ name, ports }: ContainerSnapshot, hostname: string): ServiceIds {
  const defaultId = ({ port, protocol }: ContainerPort) => [hostname, name, port, ...protocolMark(protocol)].join(':');
  const taken = new Set<string>();
  let defaults: ReadonlySet<string> | undefined;
  const problemOf = (chosen: string, byDefault: string): string | undefined => {
    if (taken.has(chosen)) return 'is the ID of a lower port already';
    // Only for those who choose IDs, and once for all ports.
    defaults ??= new Set(ports.map(defaultId));
    if (chosen !== byDefault && defaults.has(chosen)) return 'is the ID of another port';
    if (chosen.endsWith(':container')) return 'ends like the ID of a container check';
    return isPathPart(chosen) ? undefined : 'cannot be part of a URL path';
  };
  return {
    next: (port, metadata) => {
      const byDefault = defaultId(port);
      const setting = metadata.get('id');
      const chosen = settingOf(metadata, 'id');
      const problem = chosen === undefined ? undefined : problemOf(chosen, byDefault);
      const warnings =
        setting === undefined || problem === undefined
          ? []
          : [{ label: setting.label, value: setting.value, problem: `${problem}; ${byDefault} is used instead` }];
      const id =
        setting === undefined || chosen === undefined || problem !== undefined
          ? { value: byDefault, from: 'default: host, container and port' }
          : { value: chosen, from: sourceOf(setting) };
      taken.add(id.value);
      return { id, warnings };
    },
  };
}

/**
 * Whether Consul finds a service of this ID again when it is to be removed: it cleans paths, and refuses those with a
 * character that Go does not print (1.8.7, measured). It registers such IDs all the same.
 */
function isPathPart(id: string): boolean {
  return !/(^|\/)\.{0,2}(\/|$)/.test(id) && /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]+$/u.test(id);
}
