/** A container of the simulated engine. What is left out is as of a web server with one published port. */
export interface SimulatedOptions {
  readonly name?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly env?: readonly string[];
}

export type SimulatedHealth = 'starting' | 'healthy' | 'unhealthy';

/** What an engine knows of containers, without any container behind it. Each change gives the events that tell of it. */
export interface SimulatedContainers {
  create(options: SimulatedOptions): string;
  /** Starts it, or starts it again, each time at another port. */
  start(id: string): readonly string[];
  kill(id: string, signal: string): readonly string[];
  remove(id: string): readonly string[];
  rename(id: string, name: string): readonly string[];
  pause(id: string): readonly string[];
  unpause(id: string): readonly string[];
  setHealth(id: string, health: SimulatedHealth): readonly string[];
  ids(): readonly string[];
  has(id: string): boolean;
  isRunning(id: string): boolean;
  /** Docker's answer to `GET /containers/{id}/json`. */
  inspect(id: string): unknown;
  /** Docker's answer to `GET /containers/json`. */
  list(wish: { readonly all: boolean; readonly ids: readonly string[] | undefined }): readonly unknown[];
}

interface Simulated {
  readonly id: string;
  readonly options: SimulatedOptions;
  readonly createdMs: number;
  name: string;
  state: 'created' | 'running' | 'paused' | 'exited';
  health: SimulatedHealth | undefined;
  startedMs: number;
  exitCode: number;
  hostPort: number;
}

export function createSimulatedContainers(): SimulatedContainers {
  const containers = new Map<string, Simulated>();
  let lastMs = 1_800_000_000_000;
  let lastPort = 32_767;
  let created = 0;
  // As on a real engine no two things happen at the same time.
  const now = (): number => {
    lastMs += 1;
    return lastMs;
  };
  const get = (id: string): Simulated => {
    const container = containers.get(id);
    if (container === undefined) throw new Error(`no such container: ${id}`);
    return container;
  };
  const event = (id: string, action: string, attributes: object = {}): string => {
    const { name, options } = get(id);
    const actor = { ID: id, Attributes: { ...options.labels, name, image: 'team/web:1', ...attributes } };
    return lineOf({ Type: 'container', Action: action, Actor: actor }, now());
  };
  const networkEvent = (id: string, action: string): string =>
    lineOf({ Type: 'network', Action: action, Actor: { ID: 'bridge', Attributes: { container: id } } }, now());
  const change = (id: string, over: Partial<Simulated>, action: string): readonly string[] => {
    Object.assign(get(id), over);
    return [event(id, action)];
  };
  return {
    create: (options) => {
      created += 1;
      const id = created.toString(16).padStart(12, '0').padEnd(64, '0');
      const name = options.name ?? `web-${created}`;
      const fresh = { state: 'created', health: undefined, startedMs: 0, exitCode: 0, hostPort: 0 } as const;
      containers.set(id, { id, options, createdMs: now(), name, ...fresh });
      return id;
    },
    start: (id) => {
      lastPort = lastPort >= 60_999 ? 32_768 : lastPort + 1;
      const connected = networkEvent(id, 'connect');
      Object.assign(get(id), {
        state: 'running',
        startedMs: now(),
        hostPort: lastPort,
        exitCode: 0,
        health: undefined,
      });
      return [connected, event(id, 'start')];
    },
    kill: (id, signal) => {
      const killed = event(id, 'kill', { signal });
      const died = event(id, 'die', { exitCode: '137' });
      Object.assign(get(id), { state: 'exited', exitCode: 137 });
      return [killed, died, networkEvent(id, 'disconnect')];
    },
    remove: (id) => {
      const destroyed = event(id, 'destroy');
      containers.delete(id);
      return [destroyed];
    },
    rename: (id, name) => change(id, { name }, 'rename'),
    pause: (id) => change(id, { state: 'paused' }, 'pause'),
    unpause: (id) => change(id, { state: 'running' }, 'unpause'),
    setHealth: (id, health) => change(id, { health }, `health_status: ${health}`),
    ids: () => [...containers.keys()],
    has: (id) => containers.has(id),
    isRunning: (id) => isAlive(get(id)),
    inspect: (id) => inspectBody(get(id)),
    list: ({ all, ids }) =>
      (ids ?? [...containers.keys()])
        .flatMap((id) => containers.get(id) ?? [])
        .filter((container) => all || isAlive(container))
        .map(listBody),
  };
}

function isAlive({ state }: Simulated): boolean {
  return state === 'running' || state === 'paused';
}

function lineOf(event: object, timeMs: number): string {
  return `${JSON.stringify({ ...event, time: Math.floor(timeMs / 1_000), timeNano: timeMs * 1e6 })}\n`;
}

/** A published port is gone from both answers when the container has ended. */
function portsOf({
  hostPort,
  ...container
}: Simulated): readonly { readonly HostIp: string; readonly HostPort: string }[] {
  return isAlive({ hostPort, ...container }) ? [{ HostIp: '0.0.0.0', HostPort: String(hostPort) }] : [];
}

function addressOf(container: Simulated): string {
  const { hostPort } = container;
  return isAlive(container) ? `172.17.${hostPort >> 8}.${hostPort & 0xff}` : '';
}

function inspectBody(container: Simulated): unknown {
  const { id, name, options, createdMs, state, health, startedMs, exitCode } = container;
  const published = portsOf(container);
  return {
    Id: id,
    Name: `/${name}`,
    Created: timeText(createdMs),
    RestartCount: 0,
    State: {
      Status: state,
      Running: isAlive(container),
      Paused: state === 'paused',
      StartedAt: timeText(startedMs),
      ExitCode: exitCode,
      ...(health !== undefined && { Health: { Status: health } }),
    },
    Config: {
      Image: 'team/web:1',
      Env: options.env ?? [],
      Labels: options.labels ?? {},
      ExposedPorts: { '80/tcp': {} },
    },
    HostConfig: { NetworkMode: 'default' },
    NetworkSettings: {
      Ports: { '80/tcp': published.length > 0 ? published : null },
      Networks: { bridge: { IPAddress: addressOf(container) } },
    },
  };
}

function listBody(container: Simulated): unknown {
  const { id, name, options, state, health, exitCode } = container;
  const ports = portsOf(container).map(({ HostPort }) => ({
    PrivatePort: 80,
    PublicPort: Number(HostPort),
    Type: 'tcp',
  }));
  const up = health === undefined ? 'Up 5 minutes' : `Up 5 minutes (${health})`;
  return {
    Id: id,
    Names: [`/${name}`],
    Image: 'team/web:1',
    Labels: options.labels ?? {},
    State: state,
    Status: isAlive(container) ? up : `Exited (${exitCode}) 5 minutes ago`,
    Ports: ports,
    NetworkSettings: { Networks: { bridge: { IPAddress: addressOf(container) } } },
  };
}

function timeText(ms: number): string {
  return ms === 0 ? '0001-01-01T00:00:00Z' : new Date(ms).toISOString();
}
