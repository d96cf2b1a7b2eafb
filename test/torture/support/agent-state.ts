import { ask } from '../../support/http.ts';

/** What an agent holds, as far as a run of a test is concerned; plain values, to be compared whole. */
export interface AgentState {
  readonly services: Readonly<Record<string, AgentService>>;
  readonly checks: Readonly<Record<string, AgentCheck>>;
}

export interface AgentService {
  readonly name: string;
  readonly address: string;
  readonly port: number;
  readonly tags: readonly string[];
  /** Without the fingerprint, which is Portolan's own affair. */
  readonly meta: Readonly<Record<string, string>>;
}

export interface AgentCheck {
  readonly serviceId: string;
  readonly status: string;
  /** The first word of the output, or nothing: a check that was registered as passing says none before its first beat. */
  readonly word: string;
}

interface RawService {
  readonly ID: string;
  readonly Service: string;
  readonly Address: string;
  readonly Port: number;
  readonly Tags: readonly string[] | null;
  readonly Meta: Readonly<Record<string, string>> | null;
}

interface RawCheck {
  readonly CheckID: string;
  readonly ServiceID: string;
  readonly Status: string;
  readonly Output: string;
}

/** Services and checks of the agent at a port of this host whose service `isOfInterest` by its ID. Throws Node's errors. */
export async function readAgent(port: number, isOfInterest: (serviceId: string) => boolean): Promise<AgentState> {
  const get = async <T>(path: string): Promise<Readonly<Record<string, T>>> => {
    const { status, text } = await ask({ port, path });
    if (status !== 200) throw new Error(`${path} answers ${status}: ${text}`);
    return JSON.parse(text) as Readonly<Record<string, T>>;
  };
  const services = Object.values(await get<RawService>('/v1/agent/services')).filter(({ ID }) => isOfInterest(ID));
  const checks = Object.values(await get<RawCheck>('/v1/agent/checks')).filter(({ ServiceID }) =>
    isOfInterest(ServiceID),
  );
  return {
    services: byId(services.map((service) => [service.ID, agentService(service)])),
    checks: byId(checks.map((check) => [check.CheckID, agentCheck(check)])),
  };
}

function agentService({ Service, Address, Port, Tags, Meta }: RawService): AgentService {
  const { 'portolan-hash': _hash, ...meta } = Meta ?? {};
  return { name: Service, address: Address, port: Port, tags: Tags ?? [], meta };
}

function agentCheck({ ServiceID, Status, Output }: RawCheck): AgentCheck {
  const [word = ''] = Output.split(/[:\s]/, 1);
  return { serviceId: ServiceID, status: Status, word: word === '' && Status === 'passing' ? 'running' : word };
}

function byId<T>(entries: readonly (readonly [string, T])[]): Readonly<Record<string, T>> {
  return Object.fromEntries([...entries].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
