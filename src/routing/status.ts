import type { CatalogSnapshot, ServiceInstance } from '../domain/catalog.ts';
import { isSameAddress } from '../haproxy/runtime-plan.ts';
import { errorMessage } from '../lib/errors.ts';
import type { PassReport } from '../lib/reconcile-loop.ts';
import { cut } from '../lib/untrusted-text.ts';
import type { ProxyState } from './contracts.ts';
import type { DesiredRouting } from './desired.ts';
import { HOLD_REASONS, type HoldSummary, summarizeHeld } from './guard-reporter.ts';
import type { HeldInstance, HoldCause } from './held-catalog.ts';
import { type InstanceVerdict, isUsed } from './instance-rules.ts';
import type { JudgedInstance } from './panic.ts';
import type { ServiceOutcome } from './routing-model.ts';

/** What the controller knows; changed as it goes. */
export interface RoutingState {
  catalog: CatalogSnapshot | undefined;
  /** Why the catalog cannot be read at the moment. */
  outage: Error | undefined;
  desired: DesiredRouting | undefined;
  proxy: ProxyState | undefined;
  report: PassReport | undefined;
  reloads: number;
  pendingReload: string | undefined;
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
  /** Why a reload is wanted that has not happened yet: there is calm to wait for, and time between two. */
  readonly pendingReload?: string;
  readonly binds: readonly string[];
  readonly services: readonly RoutedServiceStatus[];
  /** For how many seconds whoever told the catalog has not heard of a leader; or how old the saved catalog is. */
  readonly staleS?: number;
  /** Instances that the catalog lacks and that are kept all the same. */
  readonly held: number;
  /** Why, and of which services. */
  readonly holds: readonly HoldSummary[];
}

export interface RoutedServiceStatus {
  readonly name: string;
  readonly hosts: readonly string[];
  /** How to reach it from this host; missing when it is not routed, or not yet. */
  readonly url?: string;
  /** Why it is not routed. */
  readonly refusal?: string;
  /** What is wrong with its settings, and what happens instead. */
  readonly warnings?: readonly string[];
  readonly instances: readonly InstanceStatus[];
}

export interface InstanceStatus {
  readonly id: string;
  readonly node: string;
  readonly address: string;
  readonly port: number;
  readonly isIn: boolean;
  /** Why it gets no requests; or why it does all the same, which begins with `panic`. */
  readonly reason?: string;
  /** Why it is kept though the catalog lacks it. */
  readonly kept?: string;
}

/** Names of others can be megabytes long. */
const MAX_TEXT = 8_192;

export function routingStatus(state: RoutingState, held: readonly HeldInstance[] = []): RoutingStatus {
  const { catalog, outage, desired, proxy, report, reloads, pendingReload } = state;
  const causes = new Map(held.map(({ instance, cause }) => [instance, cause]));
  const binds = desired?.settings.binds ?? [];
  const isServing = proxy?.kind === 'up' || proxy?.kind === 'off';
  return {
    isReady: isServing && report !== undefined && (report.error === undefined || proxy.kind === 'up'),
    ...(report?.error !== undefined && { error: errorMessage(report.error) }),
    ...(outage !== undefined && { outage: errorMessage(outage) }),
    ...(proxy?.kind === 'up' && { haproxyVersion: proxy.version }),
    reloads,
    ...(pendingReload !== undefined && { pendingReload }),
    binds,
    services: (desired?.services ?? []).map((service) => serviceStatus(service, state, causes)),
    ...(catalog !== undefined && catalog.staleMs > 0 && { staleS: Math.ceil(catalog.staleMs / 1_000) }),
    held: held.length,
    holds: summarizeHeld(held),
  };
}

function serviceStatus(
  service: ServiceOutcome,
  { desired, proxy }: RoutingState,
  causes: ReadonlyMap<ServiceInstance, HoldCause>,
): RoutedServiceStatus {
  const { name, hosts, refusal, warnings, instances } = service;
  // Browsers resolve only this one by themselves, but it may be another service's own name.
  const host = hosts.find((candidate) => candidate.endsWith('.localhost')) ?? hosts[0];
  const isServed = proxy?.kind !== 'up' || proxy.backends.has(name);
  const url = `http://${host}${portSuffix(desired?.settings.binds ?? [])}/`;
  return {
    name: cut(name, MAX_TEXT),
    hosts,
    ...(refusal !== undefined && { refusal }),
    ...(refusal === undefined && (isServed ? { url } : { refusal: 'HAProxy has it with the next reload' })),
    ...(warnings !== undefined && { warnings }),
    instances: instances.map((judged) => ({
      ...instanceStatus(judged, service, proxy),
      ...keptOf(judged, causes),
    })),
  };
}

function instanceStatus(
  { instance: { id, node, address, port }, verdict }: JudgedInstance,
  { name, refusal }: ServiceOutcome,
  proxy: ProxyState | undefined,
): InstanceStatus {
  const place = { id: cut(id, MAX_TEXT), node: cut(node, MAX_TEXT), address: cut(address, MAX_TEXT), port };
  if (!isUsed(verdict)) return { ...place, isIn: false, ...reasonOf(verdict) };
  if (refusal !== undefined) return { ...place, isIn: false };
  const servers = proxy?.kind === 'up' ? proxy.servers : [];
  // One that leaves the same place, out of rotation, says nothing of this one.
  const server = servers.find(
    (one) => one.backend === name && one.state === 'ready' && one.port === port && isSameAddress(address, one.address),
  );
  const isDown = server?.isChecked && !server.isUp;
  if (isDown) return { ...place, isIn: false, reason: downReason(verdict) };
  return { ...place, isIn: true, ...reasonOf(verdict) };
}

function keptOf(
  { instance }: JudgedInstance,
  causes: ReadonlyMap<ServiceInstance, HoldCause>,
): Pick<InstanceStatus, 'kept'> {
  const cause = causes.get(instance);
  return cause === undefined ? {} : { kept: HOLD_REASONS[cause] };
}

/** In panic there is more to tell than that HAProxy cannot reach it either. */
function downReason(verdict: InstanceVerdict): string {
  const fails = "HAProxy's own test of it fails";
  return verdict.kind === 'panic' ? `${verdict.reason}; ${fails}` : fails;
}

function reasonOf(verdict: InstanceVerdict): Pick<InstanceStatus, 'reason'> {
  return verdict.kind === 'in' ? {} : { reason: verdict.reason };
}

/** The port of the first bind, left out where browsers and curl leave it out. */
function portSuffix([first = ':80']: readonly string[]): string {
  const port = first.slice(first.lastIndexOf(':'));
  return port === ':80' ? '' : port;
}
