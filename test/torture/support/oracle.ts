import type { ContainerInspectInfo } from 'dockerode';
import type { AgentCheck, AgentService, AgentState } from './agent-state.ts';

/** Who registers, as the command line of the daemon says. */
export interface OracleOptions {
  readonly hostname: string;
  readonly owner: string;
  readonly hostAddress: string;
  readonly adminPort: number;
}

type Labels = Readonly<Record<string, string>>;

/**
 * What an agent must hold when these are the containers, said again in as few words as the simple containers of the
 * schedules allow, and without a line of Portolan's own code: a mistake there must not be repeated here.
 */
export function expectedState(containers: readonly ContainerInspectInfo[], options: OracleOptions): AgentState {
  const services: Record<string, AgentService> = {};
  const checks: Record<string, AgentCheck> = {};
  const add = (
    id: string,
    service: Omit<AgentService, 'address'>,
    check: Pick<AgentCheck, 'status' | 'word'>,
  ): void => {
    services[id] = {
      ...service,
      address: options.hostAddress,
      meta: { ...service.meta, 'portolan-owner': options.owner },
    };
    checks[`${id}:container`] = { serviceId: id, ...check };
  };
  const self = { name: 'portolan', port: options.adminPort, tags: [], meta: {} };
  add(`portolan:${options.hostname}`, self, { status: 'passing', word: 'running' });
  for (const container of containers.filter(({ State }) => State.Running)) {
    const labels = serviceLabels(container);
    if (labels['IGNORE'] !== undefined) continue;
    const ports = publishedPorts(container);
    for (const { key, port, protocol, hostPort } of ports) {
      const name = labels[`${port}_NAME`] ?? `${labels['NAME'] ?? 'busybox'}${ports.length > 1 ? `-${port}` : ''}`;
      const tags = (labels[`${port}_TAGS`] ?? labels['TAGS'] ?? '').split(',').filter((tag) => tag !== '');
      const udp = protocol === 'udp' ? ['udp'] : [];
      const id = labels['ID'] ?? [options.hostname, container.Name.slice(1), port, ...udp].join(':');
      if (key in services) throw new Error(`two ports want ${key}`);
      add(id, { name, port: hostPort, tags: [...tags, ...udp], meta: userMeta(labels) }, verdict(container));
    }
  }
  return { services: sorted(services), checks: sorted(checks) };
}

/** `SERVICE_8080_NAME=x` as `8080_NAME`, from the labels and the environment. */
function serviceLabels({ Config }: ContainerInspectInfo): Labels {
  const env = Config.Env.map((line): [string, string] => [line.split('=', 1)[0] ?? '', line.replace(/^[^=]*=/, '')]);
  const all = [...env, ...Object.entries(Config.Labels)].filter(([key]) => key.startsWith('SERVICE_'));
  return Object.fromEntries(all.map(([key, value]) => [key.slice('SERVICE_'.length), value]));
}

function publishedPorts({ NetworkSettings }: ContainerInspectInfo) {
  return Object.entries(NetworkSettings.Ports).flatMap(([key, bindings]) => {
    const [port = '', protocol = ''] = key.split('/');
    // Null where a port is exposed and not published, whatever the type says.
    const first = (bindings as typeof bindings | null)?.[0];
    return first === undefined ? [] : [{ key, port, protocol, hostPort: Number(first.HostPort) }];
  });
}

function userMeta(labels: Labels): Readonly<Record<string, string>> {
  const own = Object.entries(labels).filter(([key]) => !/^(\d+_)?(NAME|TAGS|ID|IGNORE)$/.test(key));
  return Object.fromEntries(own.map(([key, value]) => [key.toLowerCase(), value]));
}

function verdict({ State }: ContainerInspectInfo): Pick<AgentCheck, 'status' | 'word'> {
  if (State.Paused) return { status: 'critical', word: 'paused' };
  const health = State.Health?.Status ?? 'none';
  const isWell = health === 'healthy' || health === 'none';
  return isWell ? { status: 'passing', word: 'running' } : { status: 'critical', word: health };
}

function sorted<T>(values: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(values).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
