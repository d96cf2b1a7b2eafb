import type { ObservedServer } from '../../src/haproxy/runtime-protocol.ts';

/**
 * The servers of a running HAProxy, as far as runtime commands change them.
 * Replies as measured on HAProxy 2.6 and 3.0.
 */
export interface HaproxyServers {
  /** Carries out a line of commands, and gives the replies, trimmed. */
  run(line: string): string;
  list(): readonly ObservedServer[];
  /** From now on a server has requests that do not end, or has none again. */
  setBusy(key: string, isBusy: boolean): void;
}

interface Entry {
  server: ObservedServer;
  readonly hasCheck: boolean;
}

const KEY = '([A-Za-z0-9_.:-]+)/([A-Za-z0-9_.:-]+)';
const COMMAND = new RegExp(
  `^(add server|enable health|enable server|set server|shutdown sessions server|del server) ${KEY}(?: (.+))?$`,
);
const LINE = /^(\S+):(\d+) weight (\d+)( check inter \d+ms rise 2 fall 3)?$/;
const UNKNOWN_SERVER = 'No such server.';

export function createHaproxyServers(
  backends: ReadonlySet<string>,
  servers: readonly ObservedServer[],
): HaproxyServers {
  const entries = new Map(
    servers.map((server): [string, Entry] => [keyOf(server), { server, hasCheck: server.isChecked }]),
  );
  const busy = new Set<string>();

  const add = (backend: string, name: string, options: string): string => {
    const [, address, port, weight, check] = LINE.exec(options) ?? [];
    if (address === undefined) return `unknown keyword in '${options}'.`;
    if (!backends.has(backend)) return 'No such backend.';
    const key = `${backend}/${name}`;
    if (entries.has(key)) return 'Already exists a server with the same name in backend.';
    const server = {
      backend,
      name,
      address: address.replace(/^\[(.*)\]$/, '$1'),
      port: Number(port),
      weight: Number(weight),
      state: 'maint',
      isUp: false,
      isChecked: false,
    } as const;
    entries.set(key, { server, hasCheck: check !== undefined });
    return 'New server registered.';
  };

  const one = (command: string): string => {
    const [, verb, backend = '', name = '', rest = ''] = COMMAND.exec(command) ?? [];
    if (verb === 'add server') return add(backend, name, rest);
    const key = `${backend}/${name}`;
    const entry = entries.get(key);
    if (entry === undefined) return verb === undefined ? `Unknown command: '${command}'` : UNKNOWN_SERVER;
    if (verb === 'set server') return set(entry, rest);
    if (verb === 'enable server') return set(entry, 'state ready');
    if (verb === 'enable health') return enableHealth(entry);
    if (verb === 'del server') {
      if (entry.server.state !== 'maint') return 'Only servers in maintenance mode can be deleted.';
      if (busy.has(key)) return 'Server still has connections attached to it, cannot remove it.';
      entries.delete(key);
      return 'Server deleted.';
    }
    busy.delete(key);
    return '';
  };

  return {
    run: (line) =>
      line
        .split(';')
        .map((command) => one(command.trim()))
        .join('\n')
        .trim(),
    list: () => [...entries.values()].map(({ server }) => server),
    setBusy: (key, isBusy) => {
      if (isBusy) busy.add(key);
      else busy.delete(key);
    },
  };
}

function set(entry: Entry, change: string): string {
  const { server } = entry;
  const [, weight] = /^weight (\d+)$/.exec(change) ?? [];
  if (weight !== undefined) {
    if (Number(weight) > 256) return 'Absolute weight can only be between 0 and 256 inclusive.';
    entry.server = { ...server, weight: Number(weight) };
    return '';
  }
  const [, state] = /^state (ready|drain|maint)$/.exec(change) ?? [];
  if (state === 'ready' || state === 'drain' || state === 'maint') {
    entry.server = { ...server, state, isUp: state !== 'maint' };
    return '';
  }
  const [, address, port] = /^addr (\S+) port (\d+)$/.exec(change) ?? [];
  if (address === undefined) return `unknown change '${change}'`;
  entry.server = { ...server, address, port: Number(port) };
  return `IP changed from '${server.address}' to '${address}', port changed from '${server.port}' to '${port}' by 'stats socket command'`;
}

function enableHealth(entry: Entry): string {
  if (!entry.hasCheck) return 'Health check was not configured on this server, cannot enable.';
  entry.server = { ...entry.server, isChecked: true };
  return '';
}

function keyOf({ backend, name }: ObservedServer): string {
  return `${backend}/${name}`;
}
