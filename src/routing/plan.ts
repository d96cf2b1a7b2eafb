import type { RoutingModel } from '../domain/routing.ts';
import type { ConfigSettings } from '../haproxy/config.ts';
import { type LeavingServer, planServers, type RuntimeCommand } from '../haproxy/runtime-plan.ts';
import type { ProxyState, SavedConfig } from './contracts.ts';

/** What a controller wants of the proxy. */
export interface DesiredProxy {
  readonly model: RoutingModel;
  readonly settings: ConfigSettings;
  readonly config: SavedConfig;
}

export type ProxyPlan =
  /** The catalog has not been read yet: whatever runs goes on, and if nothing does the last configuration is started. */
  | { readonly kind: 'wait'; readonly isDown: boolean }
  | { readonly kind: 'start'; readonly desired: DesiredProxy }
  | { readonly kind: 'save'; readonly desired: DesiredProxy }
  | {
      readonly kind: 'change';
      readonly desired: DesiredProxy;
      readonly commands: readonly RuntimeCommand[];
      readonly leaving: readonly LeavingServer[];
      /** Why only a reload will do; `undefined` when none is needed. */
      readonly reloadReason: string | undefined;
    };

/** Runtime commands for what the running HAProxy can change, and a reload only for the rest. */
export function planProxy(desired: DesiredProxy | undefined, observed: ProxyState): ProxyPlan {
  if (desired === undefined) return { kind: 'wait', isDown: observed.kind === 'down' };
  if (observed.kind === 'off') return { kind: 'save', desired };
  if (observed.kind === 'down') return { kind: 'start', desired };
  const { commands, leaving } = planServers(desired.model, observed.servers, observed.backends, desired.settings);
  const reloadReason =
    observed.shapeHash === desired.config.shapeHash ? undefined : reasonOf(desired, observed.backends);
  return { kind: 'change', desired, commands, leaving, reloadReason };
}

function reasonOf({ model }: DesiredProxy, backends: ReadonlySet<string>): string {
  const names = new Set(model.services.map(({ name }) => name));
  const come = [...names].filter((name) => !backends.has(name));
  // Backends with a colon are Portolan's own.
  const gone = [...backends].filter((name) => !names.has(name) && !name.includes(':'));
  const reasons = [
    ...(come.length > 0 ? [`new services: ${listed(come)}`] : []),
    ...(gone.length > 0 ? [`services gone: ${listed(gone)}`] : []),
  ];
  return reasons.length > 0 ? reasons.join('; ') : 'settings or host names have changed';
}

function listed(names: readonly string[]): string {
  return names.length > 5 ? `${names.slice(0, 5).join(', ')} and ${names.length - 5} more` : names.join(', ');
}
