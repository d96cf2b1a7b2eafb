import type { DockerClient, Inspection } from '../../src/adapters/docker/client.ts';
import type { InspectedContainer } from '../../src/adapters/docker/inspect-schema.ts';
import type { ContainerSnapshot } from '../../src/domain/container.ts';
import { aContainer } from './containers.ts';

/** A Docker engine of which a spec says what it holds and tells. */
export interface FakeDockerClient extends DockerClient {
  /** The engine's containers from now on. No event tells of it. */
  hold(...containers: readonly InspectedContainer[]): void;
  /** Writes to the open streams of events. */
  write(chunk: string): void;
  /** Ends the open streams; with `error` by that. */
  endStreams(error?: Error): void;
  /** From now on calls that begin with `prefix` (`list`, `list web`, `inspect web`, `events`) fail, or without `error` no longer do. */
  fail(prefix: string, error?: Error): void;
  /** From now on this is what inspecting the container gives, or without `inspection` no longer. */
  spoil(id: string, inspection?: Inspection): void;
  /** From now on calls that begin with `prefix` wait until the returned function is called. */
  pause(prefix: string): () => void;
  /** The calls since the last time. */
  takeCalls(): readonly string[];
}

type Item = { readonly chunk: string } | { readonly error: Error | undefined };

interface EventQueue {
  push(item: Item): void;
  read(signal: AbortSignal): AsyncGenerator<string>;
}

/** A container as the engine holds it, named like its ID. */
export function held(id: string, over: Partial<ContainerSnapshot> = {}): InspectedContainer {
  const { stopping: _, ...snapshot } = aContainer({ id, name: id, ...over });
  return { snapshot, stopSignal: undefined, stopTimeoutMs: undefined };
}

/** The line by which the engine tells of it, 5 s after 1970. */
export function eventLine(action: string, id: string, attributes: Readonly<Record<string, string>> = {}): string {
  const event = { Type: 'container', Action: action, Actor: { ID: id, Attributes: attributes }, time: 5 };
  return `${JSON.stringify(event)}\n`;
}

/** The states of which Docker lists the containers unless it is asked for all. */
const LISTED: ReadonlySet<string> = new Set(['running', 'paused', 'restarting']);

export function createFakeDockerClient(): FakeDockerClient {
  let containers = new Map<string, InspectedContainer>();
  const calls: string[] = [];
  const failures = new Map<string, Error>();
  const gates = new Map<string, Promise<void>>();
  const spoilt = new Map<string, Inspection>();
  const streams = new Set<EventQueue>();
  const startingWith = <T>(call: string, values: ReadonlyMap<string, T>): T | undefined =>
    [...values].find(([prefix]) => call.startsWith(prefix))?.[1];
  const pass = async (call: string): Promise<void> => {
    calls.push(call);
    await startingWith(call, gates);
    const failure = startingWith(call, failures);
    if (failure !== undefined) throw failure;
  };
  const pushAll = (item: Item): void => {
    for (const stream of streams) stream.push(item);
  };
  return {
    hold: (...held) => {
      containers = new Map(held.map((container) => [container.snapshot.id, container]));
    },
    write: (chunk) => pushAll({ chunk }),
    endStreams: (error) => pushAll({ error }),
    fail: (prefix, error) => {
      if (error === undefined) failures.delete(prefix);
      else failures.set(prefix, error);
    },
    spoil: (id, inspection) => {
      if (inspection === undefined) spoilt.delete(id);
      else spoilt.set(id, inspection);
    },
    pause: (prefix) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      gates.set(prefix, promise);
      return () => {
        gates.delete(prefix);
        resolve();
      };
    },
    takeCalls: () => calls.splice(0),
    info: async () => {
      await pass('info');
      return { id: 'engine-1', name: 'docker-host' };
    },
    ping: async () => {
      await pass('ping');
    },
    list: async ({ all, ids }) => {
      await pass(['list', ...(all ? ['all'] : []), ...(ids ?? [])].join(' '));
      return [...containers.values()]
        .map(({ snapshot }) => snapshot)
        .filter(({ id, state }) => (ids?.includes(id) ?? true) && (all || LISTED.has(state)))
        .map(({ id, name, state, health, exitCode }) => {
          const fingerprint = [name, state, health, exitCode].join(' ');
          return { id, name, state, fingerprint };
        });
    },
    inspect: async (id) => {
      await pass(`inspect ${id}`);
      const container = containers.get(id);
      return spoilt.get(id) ?? (container === undefined ? { kind: 'gone' } : { kind: 'found', container });
    },
    events: async (signal) => {
      await pass('events');
      const queue = createEventQueue();
      streams.add(queue);
      signal.addEventListener('abort', () => queue.push({ error: new Error('aborted') }), { once: true });
      return queue.read(signal);
    },
  };
}

function createEventQueue(): EventQueue {
  const items: Item[] = [];
  let filled = Promise.withResolvers<void>();
  return {
    push: (item) => {
      items.push(item);
      filled.resolve();
    },
    read: async function* read(signal) {
      for (;;) {
        await filled.promise;
        filled = Promise.withResolvers();
        for (let item = items.shift(); item !== undefined; item = items.shift()) {
          signal.throwIfAborted();
          if ('chunk' in item) yield item.chunk;
          else if (item.error === undefined) return;
          else throw item.error;
        }
      }
    },
  };
}
