import { errorMessage } from '../lib/errors.ts';
import type { PassReport } from '../lib/reconcile-loop.ts';
import type { GuardedCatalog } from './catalog-guard.ts';
import type { ProxyState } from './contracts.ts';
import type { DesiredRouting } from './desired.ts';
import type { ServiceOutcome } from './routing-model.ts';

/** What the controller knows; changed as it goes. */
export interface RoutingState {
  catalog: GuardedCatalog | undefined;
  /** Why the catalog cannot be read at the moment. */
  outage: Error | undefined;
  desired: DesiredRouting | undefined;
  proxy: ProxyState | undefined;
  report: PassReport | undefined;
  reloads: number;
}

/** The routing half for people: what is reachable and how, and why something is not. */
export interface RoutingStatus {
  /** HAProxy serves. Stays true while Consul is away. */
  readonly isReady: boolean;
  /** Why the last pass failed. */
  readonly error?: string;
  /** Why the catalog cannot be read. */
  readonly outage?: string;
  readonly haproxyVersion?: string;
  /** Since Portolan started. */
  readonly reloads: number;
  readonly binds: readonly string[];
  readonly services: readonly RoutedServiceStatus[];
  /** Instances that are missing from a doubtful reading and kept. */
  readonly held: number;
}

export interface RoutedServiceStatus {
  readonly name: string;
  readonly hosts: readonly string[];
  /** How to reach it from this host; missing when it is not routed. */
  readonly url?: string;
  readonly refusal?: string;
  readonly instances: readonly InstanceStatus[];
}

export interface InstanceStatus {
  readonly id: string;
  readonly node: string;
  readonly address: string;
  readonly port: number;
  readonly isIn: boolean;
  /** Why it gets no requests. */
  readonly reason?: string;
}

export function routingStatus({ catalog, outage, desired, proxy, report, reloads }: RoutingState): RoutingStatus {
  const binds = desired?.settings.binds ?? [];
  const isServing = proxy?.kind === 'up' || proxy?.kind === 'off';
  return {
    isReady: isServing && report !== undefined && (report.error === undefined || proxy.kind === 'up'),
    ...(report?.error !== undefined && { error: errorMessage(report.error) }),
    ...(outage !== undefined && { outage: errorMessage(outage) }),
    ...(proxy?.kind === 'up' && { haproxyVersion: proxy.version }),
    reloads,
    binds,
    services: (desired?.services ?? []).map((service) => serviceStatus(service, binds)),
    held: catalog?.held.length ?? 0,
  };
}

function serviceStatus(
  { name, hosts, refusal, instances }: ServiceOutcome,
  binds: readonly string[],
): RoutedServiceStatus {
  // Browsers resolve only this one by themselves, but it may be another service's own name.
  const host = hosts.find((name) => name.endsWith('.localhost')) ?? hosts[0];
  return {
    name,
    hosts,
    ...(refusal === undefined ? { url: `http://${host}${portSuffix(binds)}/` } : { refusal }),
    instances: instances.map(({ instance: { id, node, address, port }, verdict }) => ({
      id,
      node,
      address,
      port,
      isIn: verdict.kind === 'in' && refusal === undefined,
      ...(verdict.kind !== 'in' && { reason: verdict.reason }),
    })),
  };
}

/** The port of the first bind, left out where browsers and curl leave it out. */
function portSuffix([first = ':80']: readonly string[]): string {
  const port = first.slice(first.lastIndexOf(':'));
  return port === ':80' ? '' : port;
}
