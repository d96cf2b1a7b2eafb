import type { CatalogSnapshot, ServiceInstance } from '../../src/domain/catalog.ts';
import type { SavedConfig } from '../../src/routing/contracts.ts';
import { createRouting, type RoutingController } from '../../src/routing/controller.ts';
import { desiredRouting } from '../../src/routing/desired.ts';
import { createGuardedSource } from '../../src/routing/guarded-source.ts';
import { createFakeClock, type FakeClock } from './fake-clock.ts';
import { createFakeProxy, type FakeProxy } from './fake-proxy.ts';
import { createHandDrivenCatalog, type HandDrivenCatalog } from './hand-driven-catalog.ts';
import { aCatalog, anInstance } from './instances.ts';
import { createRecordingLog, type RecordingLog } from './recording-log.ts';

/** The routing half, with everything around it under control. */
export interface RoutingWorld {
  readonly clock: FakeClock;
  readonly proxy: FakeProxy;
  readonly catalog: HandDrivenCatalog;
  readonly log: RecordingLog;
  readonly routing: RoutingController;
  /** Where it is to listen. */
  binds: readonly string[];
  /** Starts it; resolves when its first pass is over. */
  run(): Promise<void>;
  /** Ends it, and waits for its end. */
  stop(): Promise<void>;
  /** Lets the catalog tell these instances; resolves when what follows at once is over. */
  publish(instances: readonly ServiceInstance[], trust?: CatalogSnapshot['trust']): Promise<void>;
  /** Starts it with a HAProxy that serves these instances, so that nothing is left to do. */
  serve(...instances: readonly ServiceInstance[]): Promise<void>;
  /** How often it reloads in this time. */
  reloadsWithin(ms: number): Promise<number>;
  /** What HAProxy is to have for these instances. */
  configOf(instances: readonly ServiceInstance[]): SavedConfig;
}

const RENDER = { routeTag: undefined, checkIntervalMs: 'off', hostsMapPath: '/run/portolan/hosts.map' } as const;

export function createRoutingWorld({ stopsProxy = false } = {}): RoutingWorld {
  const clock = createFakeClock();
  const proxy = createFakeProxy();
  const catalog = createHandDrivenCatalog();
  const log = createRecordingLog();
  const bindSource = { binds: () => world.binds };
  const source = createGuardedSource({ source: catalog, clock, log, believesSingles: false });
  const deps = { source, proxy, bindSource, clock, log, random: () => 0.999 };
  const routing = createRouting(deps, { ...RENDER, resyncMs: 30_000, stopsProxy });
  const ending = new AbortController();
  let running = Promise.resolve();

  const world: RoutingWorld = {
    clock,
    proxy,
    catalog,
    log,
    routing,
    binds: ['127.0.0.1:80'],
    run: async () => {
      running = routing.run(ending.signal);
      await clock.advance(0);
    },
    stop: async () => {
      ending.abort();
      await running;
    },
    publish: async (instances, trust) => {
      // What is confirmed is so for good: the guard has specs of its own.
      catalog.publish(aCatalog(instances, trust === 'doubtful' ? trust : { confirmedMs: Number.POSITIVE_INFINITY }));
      await clock.advance(0);
    },
    serve: async (...instances) => {
      proxy.adopt(world.configOf(instances));
      await world.run();
      await world.publish(instances);
      proxy.takeCalls();
    },
    reloadsWithin: async (ms) => {
      await clock.advance(ms);
      return proxy.takeCalls().filter((call) => call === 'reload').length;
    },
    configOf: (instances) => desiredRouting(aCatalog(instances), world.binds, RENDER).config,
  };
  return world;
}

/** Two instances of the service `web`. */
export const web = anInstance();
export const web2 = anInstance({ id: 'web-2', address: '10.0.0.2' });

/** One instance each of so many further services. */
export function furtherServices(count: number): readonly ServiceInstance[] {
  return Array.from({ length: count }, (_, i) => anInstance({ service: `s${i}`, id: `s${i}-1` }));
}
