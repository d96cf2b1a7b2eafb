// What the made-up Docker answers of its containers.
import { anInspectAnswer } from './data.ts';

export interface FakeContainer {
  readonly index: number;
  readonly id: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly inspect: Inspected;
  isRunning: boolean;
}

/** The parts of an answer of `inspect` that others are made from. */
interface Inspected {
  readonly Id: string;
  readonly Name: string;
  readonly Config: { readonly Image: string; readonly Labels: Readonly<Record<string, string>> };
  readonly NetworkSettings: {
    readonly Ports: Readonly<Record<string, readonly { readonly HostIp: string; readonly HostPort: string }[]>>;
    readonly Networks: Readonly<Record<string, unknown>>;
  };
}

export function aContainer(index: number): FakeContainer {
  const inspect = anInspectAnswer(index) as Inspected;
  const { Id: id, Name, Config } = inspect;
  return { index, id, name: Name.slice(1), labels: Config.Labels, inspect, isRunning: true };
}

/** As `GET /containers/{id}/json` gives it. */
export function inspected({ inspect, isRunning }: FakeContainer): unknown {
  if (isRunning) return inspect;
  const { NetworkSettings } = inspect;
  const State = { Status: 'exited', Running: false, ExitCode: 0, StartedAt: '2026-01-02T03:04:06Z', Pid: 0 };
  return { ...inspect, State, NetworkSettings: { ...NetworkSettings, Ports: {} } };
}

/** As `GET /containers/json` gives it. */
export function listed({ id, name, labels, inspect, isRunning }: FakeContainer): unknown {
  const { Config, NetworkSettings } = inspect;
  const ports = Object.entries(NetworkSettings.Ports).flatMap(([port, bindings]) =>
    bindings.map(({ HostIp, HostPort }) => ({
      IP: HostIp,
      PrivatePort: Number.parseInt(port, 10),
      PublicPort: Number(HostPort),
      Type: port.slice(port.indexOf('/') + 1),
    })),
  );
  return {
    Id: id,
    Names: [`/${name}`],
    Image: Config.Image,
    Created: 1_767_323_045,
    Ports: isRunning ? ports : [],
    Labels: labels,
    State: isRunning ? 'running' : 'exited',
    Status: isRunning ? 'Up 5 minutes' : 'Exited (0) 1 second ago',
    HostConfig: { NetworkMode: 'default' },
    NetworkSettings: { Networks: NetworkSettings.Networks },
  };
}

export interface FakeEvent {
  readonly Type: 'container' | 'network';
  readonly Action: string;
  readonly Actor: { readonly ID: string; readonly Attributes: Readonly<Record<string, string>> };
  readonly [field: string]: unknown;
}

/** An event as engines before Docker 29 tell it, with the action in both of its places. */
export function anEvent(
  { id, name, labels }: FakeContainer,
  Type: FakeEvent['Type'],
  Action: string,
  attributes: Readonly<Record<string, string>> = {},
): FakeEvent {
  const ms = Date.now();
  const time = { scope: 'local', time: Math.floor(ms / 1_000), timeNano: ms * 1e6 };
  if (Type === 'network') {
    return { Type, Action, Actor: { ID: 'f'.repeat(64), Attributes: { container: id, name: 'bridge' } }, ...time };
  }
  return {
    Type,
    Action,
    status: Action,
    id,
    Actor: { ID: id, Attributes: { ...labels, name, ...attributes } },
    ...time,
  };
}
