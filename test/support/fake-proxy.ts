import type { ObservedServer } from '../../src/haproxy/runtime-protocol.ts';
import type { Proxy, SavedConfig } from '../../src/routing/contracts.ts';
import { createHaproxyServers, type HaproxyServers } from './haproxy-servers.ts';

/** A HAProxy in this process, which remembers what was asked of it. */
export interface FakeProxy extends Proxy {
  /** What changed something, in order: `probe …`, `save`, `start`, `reload`, runtime commands. Emptied by reading. */
  takeCalls(): readonly string[];
  /** Lets it run with this configuration, as if started by an earlier Portolan. */
  adopt(config: SavedConfig): void;
  /** It dies. */
  end(): void;
  /** What it runs with, to look at and to change behind everybody's back. */
  servers(): HaproxyServers;
  /** The reply to a command, instead of the usual one; `undefined` for that one. */
  reply: (command: string) => string | undefined;
  /** What a method throws from now on. */
  readonly failures: Map<'observe' | 'probe' | 'start' | 'reload', Error>;
}

interface Running {
  readonly config: SavedConfig;
  readonly backends: ReadonlySet<string>;
  readonly servers: HaproxyServers;
}

export function createFakeProxy(): FakeProxy {
  const calls: string[] = [];
  const failures: FakeProxy['failures'] = new Map();
  const watchers = new Set<() => void>();
  let saved: SavedConfig | undefined;
  let running: Running | undefined;

  const fail = (method: 'observe' | 'probe' | 'start' | 'reload'): void => {
    const error = failures.get(method);
    if (error !== undefined) throw error;
  };
  const load = async (call: 'start' | 'reload', config: SavedConfig): Promise<void> => {
    calls.push(call);
    fail(call);
    saved = config;
    running = loaded(config);
  };

  const proxy: FakeProxy = {
    takeCalls: () => calls.splice(0),
    adopt: (config) => {
      saved = config;
      running = loaded(config);
    },
    end: () => {
      running = undefined;
      for (const onEnd of watchers) onEnd();
    },
    servers: () => {
      if (running === undefined) throw new Error('the fake HAProxy does not run');
      return running.servers;
    },
    reply: () => undefined,
    failures,
    observe: async () => {
      fail('observe');
      if (running === undefined) return { kind: 'down' };
      const { config, backends, servers } = running;
      return { kind: 'up', version: '3.0.11', shapeHash: config.shapeHash, backends, servers: servers.list() };
    },
    execute: async (commands) =>
      commands.map((command) => {
        calls.push(command.text);
        const reply = proxy.reply(command.text) ?? proxy.servers().run(command.text);
        return { command, reply, isDone: command.expected.test(reply) };
      }),
    save: async (config) => {
      if (config.config !== saved?.config || config.hostsMap !== saved.hostsMap) calls.push('save');
      saved = config;
    },
    reload: (config) => load('reload', config),
    start: (config) => load('start', config),
    startFromLast: async () => {
      if (saved === undefined) return false;
      calls.push('start from last');
      fail('start');
      running = loaded(saved);
      return true;
    },
    probe: async (binds) => {
      if (binds.length > 0) calls.push(`probe ${binds.join(' ')}`);
      fail('probe');
    },
    watch: async (onEnd, signal) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      watchers.add(onEnd);
      signal.addEventListener('abort', () => resolve(), { once: true });
      if (!signal.aborted) await promise;
      watchers.delete(onEnd);
    },
    stop: async (graceMs) => {
      calls.push(`stop within ${graceMs} ms`);
      running = undefined;
    },
  };
  return proxy;
}

/** Backends and servers as the text of the configuration has them. */
function loaded(config: SavedConfig): Running {
  const backends = new Set<string>();
  const servers: ObservedServer[] = [];
  let backend = '';
  for (const line of config.config.split('\n')) {
    const [, name] = /^backend (\S+)$/.exec(line) ?? [];
    if (name !== undefined) {
      backend = name;
      backends.add(name);
    }
    const [, server = '', address = '', port, weight, check] =
      /^ {2}server (\S+) (\S+):(\d+) weight (\d+)( check .*)?$/.exec(line) ?? [];
    if (server === '') continue;
    servers.push({
      backend,
      name: server,
      address: address.replace(/^\[(.*)\]$/, '$1'),
      port: Number(port),
      weight: Number(weight),
      state: 'ready',
      isUp: true,
      isChecked: check !== undefined,
    });
  }
  return { config, backends, servers: createHaproxyServers(backends, servers) };
}
