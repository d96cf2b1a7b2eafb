import type { RoutingModel } from '../domain/routing.ts';
import { type ConfigSettings, renderConfig } from '../haproxy/config.ts';
import { createPrintCache, type PrintCache } from '../haproxy/print-cache.ts';
import { sha256 } from '../lib/hash.ts';
import type { DesiredProxy } from './plan.ts';
import { createRoutingCache, type RoutingCache } from './routing-cache.ts';
import { type RoutableCatalog, type RoutingOptions, routingModel, type ServiceOutcome } from './routing-model.ts';

export interface RenderOptions extends RoutingOptions {
  /** HAProxy's own test of each instance: `auto` keeps all of them together below 200 a second. */
  readonly checkIntervalMs: number | 'auto' | 'off';
  /** Absolute path of the map from host names to backends. */
  readonly hostsMapPath: string;
}

export interface DesiredRouting extends DesiredProxy {
  /** Every service of the catalog, routed or not, and why. */
  readonly services: readonly ServiceOutcome[];
}

const MIN_CHECK_INTERVAL_S = 2;
const MAX_CHECKS_PER_SECOND = 200;

/** What is remembered between calls with the same options. */
export interface DesiredCache {
  readonly routing: RoutingCache;
  readonly print: PrintCache;
}

export function createDesiredCache(): DesiredCache {
  return { routing: createRoutingCache(), print: createPrintCache() };
}

/** What the proxy should be like, from what the catalog holds. */
export function desiredRouting(
  catalog: RoutableCatalog,
  binds: readonly string[],
  options: RenderOptions,
  cache: DesiredCache = createDesiredCache(),
): DesiredRouting {
  const { model, services } = routingModel(catalog, options, cache.routing);
  const checkIntervalMs = checkInterval(options.checkIntervalMs, model);
  const settings: ConfigSettings = { binds, checkIntervalMs, hostsMapPath: options.hostsMapPath };
  const rendered = renderConfig(model, settings, cache.print);
  return { model, settings, services, config: { ...rendered, shapeHash: sha256(rendered.shape).slice(0, 16) } };
}

function checkInterval(wanted: RenderOptions['checkIntervalMs'], { services }: RoutingModel): number | undefined {
  if (wanted === 'off') return undefined;
  if (wanted !== 'auto') return wanted;
  const instances = services.reduce((sum, { servers }) => sum + servers.length, 0);
  return 1_000 * Math.max(MIN_CHECK_INTERVAL_S, Math.ceil(instances / MAX_CHECKS_PER_SECOND));
}
