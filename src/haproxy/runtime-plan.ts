import type { RoutingModel } from '../domain/routing.ts';
import { type ConfigSettings, serverLine } from './config.ts';
import { legalModel } from './legal-model.ts';
import type { ObservedServer } from './runtime-protocol.ts';

/** A line for HAProxy's runtime socket, and the reply to it that counts as success. */
export interface RuntimeCommand {
  readonly text: string;
  /** Matches the trimmed reply. HAProxy has no status codes: an empty reply is mostly success, a text mostly not. */
  readonly expected: RegExp;
  /** For messages: what it does to which server. */
  readonly purpose: string;
}

/** What brings the servers of a running HAProxy to where they should be, without a reload. */
export interface RuntimePlan {
  readonly commands: readonly RuntimeCommand[];
  /** Servers that leave: out of rotation already or by `commands`, to be deleted once their requests have ended. */
  readonly leaving: readonly LeavingServer[];
}

export interface LeavingServer {
  readonly backend: string;
  readonly name: string;
}

const REGISTERED = /^New server registered\.$/;
const EMPTY = /^$/;
const MOVED = /by 'stats socket command'$/;
const DELETED = /^(Server deleted|No such server)\.$/;

/**
 * The difference between the servers that run and those wanted, for backends that both have. Nothing here touches a
 * server that is as it should be.
 */
export function planServers(
  model: RoutingModel,
  observed: readonly ObservedServer[],
  backends: ReadonlySet<string>,
  settings: ConfigSettings,
): RuntimePlan {
  const { services } = legalModel(model);
  const running = new Map(observed.map((server) => [keyOf(server.backend, server.name), server]));
  const wanted = new Set<string>();
  const commands: RuntimeCommand[] = [];
  for (const { name: backend, servers } of services.filter(({ name }) => backends.has(name))) {
    for (const server of servers) {
      const key = keyOf(backend, server.name);
      wanted.add(key);
      const current = running.get(key);
      if (current === undefined) commands.push(addCommand(key, serverLine(server, settings), settings));
      else commands.push(...changeCommands(key, server, current));
    }
  }
  // Servers of a service that is gone leave as well, ahead of the reload that removes their backend.
  const leaving = observed.filter(({ backend, name }) => backends.has(backend) && !wanted.has(keyOf(backend, name)));
  const removals = leaving
    .filter(({ state }) => state !== 'maint')
    .map(({ backend, name }) => leaveCommand(keyOf(backend, name)));
  return {
    // First what sends requests into the void, then what brings relief.
    commands: [...removals, ...commands],
    leaving: leaving.map(({ backend, name }) => ({ backend, name })),
  };
}

/** Deletes a server that is out of rotation; refused as long as it has requests. */
export function deleteCommand({ backend, name }: LeavingServer): RuntimeCommand {
  return { text: `del server ${keyOf(backend, name)}`, expected: DELETED, purpose: `delete ${name}` };
}

/** Cuts the requests of a server that has had its time. */
export function shutdownCommand({ backend, name }: LeavingServer): RuntimeCommand {
  return {
    text: `shutdown sessions server ${keyOf(backend, name)}`,
    expected: EMPTY,
    purpose: `end the requests of ${name}`,
  };
}

function keyOf(backend: string, server: string): string {
  return `${backend}/${server}`;
}

function addCommand(key: string, line: string, { checkIntervalMs }: ConfigSettings): RuntimeCommand {
  const options = line.slice(line.indexOf(' ') + 1);
  // A new server is in maintenance and its check is off, whatever its options say.
  const enableCheck = checkIntervalMs === undefined ? '' : `; enable health ${key}`;
  const text = `add server ${key} ${options}${enableCheck}; enable server ${key}`;
  return { text, expected: REGISTERED, purpose: `add ${key}` };
}

function changeCommands(
  key: string,
  server: { readonly address: string; readonly port: number; readonly weight: number },
  current: ObservedServer,
): readonly RuntimeCommand[] {
  const commands: RuntimeCommand[] = [];
  if (!isSameAddress(server.address, current.address) || server.port !== current.port) {
    const text = `set server ${key} addr ${server.address} port ${server.port}`;
    commands.push({ text, expected: MOVED, purpose: `move ${key}` });
  }
  if (server.weight !== current.weight) {
    commands.push({ text: `set server ${key} weight ${server.weight}`, expected: EMPTY, purpose: `weigh ${key}` });
  }
  if (current.state !== 'ready') {
    commands.push({ text: `set server ${key} state ready`, expected: EMPTY, purpose: `bring back ${key}` });
  }
  return commands;
}

/** HAProxy prints IPv6 in its shortest form, a catalog has it as somebody wrote it. */
export function isSameAddress(wanted: string, current: string): boolean {
  return wanted === current || (wanted.includes(':') && shortest(wanted) === shortest(current));
}

function shortest(address: string): string | undefined {
  return URL.parse(`http://[${address}]`)?.hostname;
}

function leaveCommand(key: string): RuntimeCommand {
  return { text: `set server ${key} state maint`, expected: EMPTY, purpose: `take out ${key}` };
}
