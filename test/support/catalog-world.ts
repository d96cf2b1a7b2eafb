import { createConsulCatalog } from '../../src/adapters/consul/catalog-source.ts';
import { createFakeClock, type FakeClock } from './fake-clock.ts';
import { aHealthEntry } from './health-entries.ts';
import { createRecordingObserver, gist, type RecordingObserver } from './recording-observer.ts';
import { createStubConsul, type StubConsul } from './stub-consul.ts';

/** A reader of the catalog of a Consul that is under control. */
export interface CatalogWorld {
  readonly clock: FakeClock;
  readonly consul: StubConsul;
  readonly observer: RecordingObserver;
  /** Starts to follow. */
  follow(): void;
  /** Lets time pass in small steps: what comes over the network needs none, but its turn. */
  pass(ms: number): Promise<void>;
  /** The gist of the last snapshot. */
  last(): ReturnType<typeof gist> | undefined;
  /** `ID STATUS` of each instance of a service in the last snapshot. */
  instances(service: string): readonly string[];
  /** Ends to follow, and waits for the end. */
  end(): Promise<void>;
}

export async function createCatalogWorld(): Promise<CatalogWorld> {
  const clock = createFakeClock();
  const consul = await createStubConsul();
  const observer = createRecordingObserver();
  const source = createConsulCatalog({ endpoint: consul.endpoint, clock, random: () => 0.999 });
  const ending = new AbortController();
  let running = Promise.resolve();
  return {
    clock,
    consul,
    observer,
    follow: () => {
      running = source.follow(observer, ending.signal);
    },
    pass: async (ms) => {
      for (let passedMs = 0; passedMs < ms; passedMs += 100) await clock.advance(100);
    },
    last: () => {
      const snapshot = observer.snapshots.at(-1);
      return snapshot && gist(snapshot);
    },
    instances: (service) => {
      const all = observer.snapshots.at(-1)?.services.get(service) ?? [];
      return all.map(({ id, status }) => `${id} ${status}`);
    },
    end: async () => {
      ending.abort();
      await running;
    },
  };
}

/** What Consul says of one instance of a service, with its one check. */
export function entry(service: string, id = `${service}-1`, status = 'passing'): unknown {
  const check = { Node: 'node-a', CheckID: `service:${id}`, Status: status, ServiceID: id, ServiceName: service };
  return aHealthEntry({ service, id, checks: [check] });
}
