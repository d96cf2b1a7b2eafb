import * as z from 'zod';
import type {
  ContainerHealth,
  ContainerPort,
  ContainerSnapshot,
  ContainerState,
  PortBinding,
  Protocol,
} from '../../domain/container.ts';
import { parseTimestampMs } from '../../lib/timestamps.ts';
import { keptLabels, keptVariables } from './settings-kept.ts';

const STATES = ['created', 'running', 'paused', 'restarting', 'removing', 'exited', 'dead'] as const;
/** Those of a container whose last run is over. */
const HAS_ENDED: ReadonlySet<string> = new Set<ContainerState>(['restarting', 'exited', 'dead']);
const PROTOCOLS: ReadonlySet<string> = new Set<Protocol>(['tcp', 'udp', 'sctp']);

/** The fields that Portolan uses of Docker's answer, and no others: engines differ in the rest. */
const inspectSchema = z.object({
  Id: z.string().min(1),
  Name: z.string(),
  Created: z.string().default(''),
  RestartCount: z.number().default(0),
  State: z.object({
    Status: z.enum(STATES).optional().catch(undefined),
    Running: z.boolean().default(false),
    Paused: z.boolean().default(false),
    StartedAt: z.string().default(''),
    ExitCode: z.number().default(0),
    Health: z.object({ Status: z.string() }).nullish(),
  }),
  Config: z.object({
    Image: z.string().default(''),
    Env: z.array(z.string()).nullish(),
    Labels: z.record(z.string(), z.string()).nullish(),
    ExposedPorts: z.record(z.string(), z.unknown()).nullish(),
    StopSignal: z.string().nullish(),
    StopTimeout: z.number().nullish(),
  }),
  HostConfig: z.object({ NetworkMode: z.string().default('default') }),
  NetworkSettings: z.object({
    Ports: z
      .record(z.string(), z.array(z.object({ HostIp: z.string().default(''), HostPort: z.string() })).nullable())
      .nullish(),
    Networks: z.record(z.string(), z.object({ IPAddress: z.string().default('') })).nullish(),
  }),
});

/** A snapshot and what only this adapter needs to know of the container. */
export interface InspectedContainer {
  readonly snapshot: Omit<ContainerSnapshot, 'stopping'>;
  /** The signal that asks it to end: a name or a number, or `undefined` for TERM. */
  readonly stopSignal: string | undefined;
  readonly stopTimeoutMs: number | undefined;
}

/**
 * Reads what Docker says of a container.
 *
 * @param keepsAnswer the snapshot has the whole answer too.
 * Throws a `ZodError` when the answer is not that of a Docker engine.
 */
export function parseInspect(answer: unknown, { keepsAnswer = false } = {}): InspectedContainer {
  const { Id, Name, Created, RestartCount, State, Config, HostConfig, NetworkSettings } = inspectSchema.parse(answer);
  const state = State.Status ?? (State.Paused ? 'paused' : State.Running ? 'running' : 'exited');
  const snapshot = {
    id: Id,
    name: Name.replace(/^\//, ''),
    image: Config.Image,
    createdMs: parseTimestampMs(Created),
    startedMs: parseTimestampMs(State.StartedAt),
    restartCount: RestartCount,
    state,
    ...(HAS_ENDED.has(state) && { exitCode: State.ExitCode }),
    health: healthOf(State.Health?.Status),
    labels: keptLabels(Config.Labels ?? {}),
    env: keptVariables(Config.Env ?? []),
    ports: containerPorts(Object.keys(Config.ExposedPorts ?? {}), NetworkSettings.Ports ?? {}),
    networkMode: HostConfig.NetworkMode,
    networks: Object.entries(NetworkSettings.Networks ?? {})
      .map(([name, { IPAddress }]) => ({ name, ipAddress: IPAddress }))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    ...(keepsAnswer && { inspected: answer as Readonly<Record<string, unknown>> }),
  };
  return {
    snapshot,
    stopSignal: Config.StopSignal || undefined,
    stopTimeoutMs: stopTimeoutMs(Config.StopTimeout),
  };
}

/** Docker takes any negative number for waiting without end. */
function stopTimeoutMs(seconds: number | null | undefined): number | undefined {
  if (typeof seconds !== 'number') return undefined;
  return seconds < 0 ? Number.POSITIVE_INFINITY : seconds * 1_000;
}

function healthOf(status: string | undefined): ContainerHealth {
  return status === 'starting' || status === 'healthy' || status === 'unhealthy' ? status : 'none';
}

function containerPorts(
  exposed: readonly string[],
  published: Readonly<Record<string, readonly { readonly HostIp: string; readonly HostPort: string }[] | null>>,
): readonly ContainerPort[] {
  // Images of some builders expose `80`, which Docker publishes as `80/tcp`: one port.
  const ports = new Map<string, ContainerPort>();
  for (const key of new Set([...exposed, ...Object.keys(published)])) {
    const match = /^(\d{1,5})(?:\/(\w+))?$/.exec(key);
    const port = Number(match?.[1]);
    const protocol = match?.[2] ?? 'tcp';
    if (match === null || port < 1 || port > 65_535 || !isProtocol(protocol)) continue;
    const known = ports.get(`${port}/${protocol}`)?.bindings ?? [];
    const bindings = [...known, ...(published[key] ?? []).map(toBinding)];
    ports.set(`${port}/${protocol}`, { port, protocol, bindings });
  }
  return [...ports.values()].toSorted((a, b) => a.port - b.port || (a.protocol < b.protocol ? -1 : 1));
}

function isProtocol(text: string): text is Protocol {
  return PROTOCOLS.has(text);
}

function toBinding({ HostIp, HostPort }: { readonly HostIp: string; readonly HostPort: string }): PortBinding {
  return { hostIp: HostIp, hostPort: /^\d{1,5}$/.test(HostPort) ? Number(HostPort) : 0 };
}
