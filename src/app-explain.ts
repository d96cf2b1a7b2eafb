import { hostname } from 'node:os';
import { parseInspectOutput } from './adapters/docker/inspect-output.ts';
import { readHostNetwork } from './adapters/process/host-network.ts';
import type { Configuration } from './config/load.ts';
import type { ContainerSnapshot } from './domain/container.ts';
import type { DocumentAnswer } from './registration/contracts.ts';
import { desiredRegistrations } from './registration/desired.ts';
import { type Explanation as ContainersExplanation, explainContainers } from './registration/explain.ts';
import { findContainer } from './registration/find-container.ts';
import { hostAddress, localHostAddress } from './registration/host-address.ts';
import { selfService } from './registration/self-service.ts';
import { createTagsTemplate, isTagsTemplate } from './registration/tags-template.ts';

/** What `portolan explain` shows, and `GET /api/v1/explain` gives. */
export type Explanation = ContainersExplanation;

export interface ExplainInput {
  readonly configuration: Configuration;
  /** What `docker inspect` printed. */
  readonly text: string;
  /** The containers to explain, by name or ID; all when empty. The others are there as neighbors. */
  readonly wanted: readonly string[];
}

export type InspectOutcome =
  | { readonly kind: 'explained'; readonly explanation: Explanation }
  /** The text is not what `docker inspect` prints. */
  | { readonly kind: 'unreadable'; readonly reason: string }
  | { readonly kind: 'unknown'; readonly reason: string; readonly nearest: readonly string[] };

/** Explains what would become of inspected containers. Asks neither Docker nor a registry. */
export function explainInspected({ configuration, text, wanted }: ExplainInput): InspectOutcome {
  const { tags } = configuration.options;
  const isTemplate = isTagsTemplate(tags);
  const output = parseInspectOutput(text, { keepsAnswer: isTemplate });
  if (output.kind === 'unreadable') return output;
  const { containers } = output;
  const chosen: ContainerSnapshot[] = [];
  for (const name of wanted) {
    const found = findContainer(containers, name);
    if (found.kind === 'unknown') return found;
    chosen.push(found.container);
  }
  const host = hostOf(configuration);
  const { options, registry, ...pace } = configuration;
  const isLocalRegistry = registry.kind === 'memory';
  const port = options.admin === 'off' || isLocalRegistry ? undefined : options.admin.port;
  const self = selfService({ ...host, hostAddress: host.hostAddress, port, claim: undefined });
  const desired = desiredRegistrations(
    containers,
    {
      ...{ ...options, ...host, ...pace },
      tags: isTemplate ? createTagsTemplate(tags, unasked) : tags,
      hostAddress: host.hostAddress,
      isLocalRegistry,
      owner: options.owner ?? '',
    },
    self && { self: { service: self, verdict: { status: 'passing', output: 'running' } } },
  );
  const explained = explainContainers(wanted.length === 0 ? containers : chosen, desired);
  return { kind: 'explained', explanation: { ...host, containers: explained } };
}

/** What is known of a document where nobody is asked. */
function unasked(): DocumentAnswer {
  return { kind: 'failed', reason: 'not asked for here; the daemon asks' };
}

/** Who we would be. The daemon also asks Docker for its name and the agent for its address, which nobody does here. */
function hostOf({ options, registry }: Configuration): Omit<Explanation, 'containers'> & {
  readonly hostAddress?: string;
} {
  const name =
    options.hostname === undefined
      ? { hostname: hostname(), hostnameRule: "this machine's name" }
      : { hostname: options.hostname, hostnameRule: '--hostname' };
  if (options.hostAddress !== undefined) {
    return { ...name, hostAddress: options.hostAddress, hostAddressRule: '--host-address' };
  }
  const network = readHostNetwork();
  const outcome = registry.kind === 'memory' ? localHostAddress(network) : hostAddress(undefined, network);
  return outcome.kind === 'found'
    ? { ...name, hostAddress: outcome.address, hostAddressRule: outcome.rule }
    : { ...name, hostAddressRule: outcome.reason };
}
