import { createMemoryCatalog } from '../../src/adapters/memory/registry.ts';
import type { ServiceRegistry } from '../../src/registration/contracts.ts';

/** The registry in memory, which also remembers each call as one line of text and fails when told to. */
export interface RecordingRegistry extends ServiceRegistry {
  /** The calls since the last time, in the order in which they began. */
  takeCalls(): readonly string[];
  /** From now on calls that begin with `prefix` fail with `error`, or without `error` no longer do. */
  fail(prefix: string, error?: Error): void;
  /** From now on calls that begin with `prefix` wait until the returned function is called. */
  hold(prefix: string): () => void;
  /** It starts anew and knows nothing, and its connections end. */
  forgetEverything(): Promise<void>;
  /** The connection of `report` ends. */
  loseConnection(): void;
}

export function createRecordingRegistry(registry = createMemoryCatalog('node-a').registry): RecordingRegistry {
  let calls: string[] = [];
  const failures = new Map<string, Error>();
  const gates = new Map<string, Promise<void>>();
  const listeners = new Set<() => void>();
  const startingWith = <T>(call: string, values: ReadonlyMap<string, T>): T | undefined =>
    [...values].find(([prefix]) => call.startsWith(prefix))?.[1];
  const pass = async (call: string): Promise<void> => {
    calls.push(call);
    await startingWith(call, gates);
    const failure = startingWith(call, failures);
    if (failure !== undefined) throw failure;
  };
  return {
    takeCalls: () => {
      const taken = calls;
      calls = [];
      return taken;
    },
    fail: (prefix, error) => {
      if (error === undefined) failures.delete(prefix);
      else failures.set(prefix, error);
    },
    hold: (prefix) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      gates.set(prefix, promise);
      return () => {
        gates.delete(prefix);
        resolve();
      };
    },
    forgetEverything: async () => {
      const { signal } = new AbortController();
      for (const id of (await registry.services(signal)).keys()) await registry.deregister(id, signal);
    },
    loseConnection: () => {
      for (const listener of listeners) listener();
    },
    ...recordedCalls(registry, pass),
    watchConnection: (onLost, signal) => {
      listeners.add(onLost);
      signal.addEventListener('abort', () => listeners.delete(onLost), { once: true });
    },
  };
}

function recordedCalls(
  registry: ServiceRegistry,
  pass: (call: string) => Promise<void>,
): Omit<ServiceRegistry, 'watchConnection'> {
  return {
    services: async (signal) => {
      await pass('services');
      return await registry.services(signal);
    },
    checks: async (signal) => {
      await pass('checks');
      return await registry.checks(signal);
    },
    register: async (registration, signal) => {
      await pass(`register ${registration.service.id}`);
      await registry.register(registration, signal);
    },
    deregister: async (serviceId, signal) => {
      await pass(`deregister ${serviceId}`);
      await registry.deregister(serviceId, signal);
    },
    report: async (checkId, verdict, signal) => {
      await pass(`report ${checkId} ${verdict.status} ${verdict.output}`);
      return await registry.report(checkId, verdict, signal);
    },
    advertisedAddress: async (signal) => {
      await pass('advertisedAddress');
      return await registry.advertisedAddress(signal);
    },
  };
}
