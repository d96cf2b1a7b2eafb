import { inTurns } from '../../../../src/adapters/consul/in-turns.ts';
import { until } from '../../../support/until.ts';
import type { CalamityServer } from './servers.ts';
import type { Placed, Witness } from './witness.ts';

/** An instance as it is to be in Consul. */
export interface WorldInstance {
  readonly service: string;
  readonly id: string;
  /** A node that has no agent; `undefined` for the agent that is asked. */
  readonly node: string | undefined;
  readonly address: string;
  readonly port: number;
  /** Without one it is always well. */
  readonly check: 'passing' | 'critical' | undefined;
  readonly touches: number;
}

/** What registrars and operators do to Consul. Each change is tried until Consul obeys, one after another. */
export interface CalamityWorld {
  instances(): readonly WorldInstance[];
  /** How many were removed in all. */
  removals(): number;
  of(service: string): readonly WorldInstance[];
  add(service: string, node: string | undefined, hasCheck: boolean): Promise<void>;
  remove(instance: WorldInstance): Promise<void>;
  turn(instance: WorldInstance, status: 'passing' | 'critical'): Promise<void>;
  /** The same ID with another port. */
  move(instance: WorldInstance): Promise<void>;
  /** What a registrar does that finds its services missing: all of them anew. */
  restore(): Promise<void>;
  /** Changes one instance and its node in what concerns no route: that wakes the queries. */
  touch(instance: WorldInstance): Promise<void>;
  /** Registers so many instances of a service that nobody else has, and deregisters them with their node. */
  churn(count: number): Promise<void>;
  /** Leaves Consul as it was. */
  clear(): Promise<void>;
}

const RETRIED_FOR_MS = 60_000;

/** Says to Consul what is to be so, and to the witness that it is. */
function createRegistrar({ ask }: Pick<CalamityServer, 'ask'>, witness: Witness) {
  const put = async (path: string, body?: unknown): Promise<void> => {
    const attempt = async () => (await ask('PUT', path, body)).status === 200;
    await until(`PUT ${path}`, attempt, RETRIED_FOR_MS);
  };
  return {
    put,
    register: async (instance: WorldInstance): Promise<void> => {
      witness.registering(placedOf(instance));
      await put(...registration(instance));
    },
    deregister: async (instance: WorldInstance): Promise<void> => {
      const { node, id } = instance;
      witness.deregistering(addressOf(instance));
      if (node === undefined) await put(`/agent/service/deregister/${id}`);
      else await put('/catalog/deregister', { Node: node, ServiceID: id });
      witness.deregistered(addressOf(instance));
    },
    churn: async (all: readonly WorldInstance[], node: string): Promise<void> => {
      for (const one of all) witness.registering(placedOf(one));
      await inTurns(all.map((one) => () => put(...registration(one))));
      for (const one of all) witness.deregistering(addressOf(one));
      await put('/catalog/deregister', { Node: node });
      for (const one of all) witness.deregistered(addressOf(one));
    },
  };
}

export function createWorld(server: Pick<CalamityServer, 'ask'>, witness: Witness): CalamityWorld {
  const registrar = createRegistrar(server, witness);
  let instances: readonly WorldInstance[] = [];
  let ports = 2_000;
  let touches = 0;
  let removals = 0;
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = async (work: () => Promise<void>): Promise<void> => {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    await turn;
  };
  const newPort = (): number => {
    ports += 1;
    return ports;
  };
  const without = ({ id }: WorldInstance) => instances.filter((one) => one.id !== id);
  const register = async (instance: WorldInstance): Promise<void> => {
    instances = [...without(instance), instance];
    await registrar.register(instance);
  };

  return {
    instances: () => instances,
    removals: () => removals,
    of: (service) => instances.filter((one) => one.service === service),
    add: async (service, node, hasCheck) => {
      const id = `${service}-${node ?? 'agent'}`;
      const address = node === undefined ? '192.0.2.200' : addressOn(node);
      const check = hasCheck ? ('passing' as const) : undefined;
      const instance = { service, id, node, address, port: newPort(), check, touches: 0 };
      await inTurn(() => register(instance));
    },
    remove: async (instance) => {
      await inTurn(async () => {
        removals += 1;
        instances = without(instance);
        await registrar.deregister(instance);
      });
    },
    turn: async (instance, status) => {
      await inTurn(() => register({ ...instance, check: status }));
    },
    move: async (instance) => {
      await inTurn(async () => {
        witness.deregistering(addressOf(instance));
        await register({ ...instance, port: newPort() });
        witness.deregistered(addressOf(instance));
      });
    },
    restore: async () => {
      for (const instance of instances) {
        await inTurn(async () => {
          const current = instances.find(({ id }) => id === instance.id);
          if (current !== undefined) await register(current);
        });
      }
    },
    touch: async (instance) => {
      await inTurn(async () => {
        touches += 1;
        await register({ ...instance, touches });
      });
    },
    churn: async (count) => {
      const node = 'passing-1';
      removals += count;
      const passing = Array.from({ length: count }, (_, i) => ({
        ...{ service: 'passing-by', id: `passing-by-${i}`, node, check: undefined, touches: 0 },
        ...{ address: addressOn(node), port: newPort() },
      }));
      await inTurn(() => registrar.churn(passing, node));
    },
    clear: async () => {
      const nodes = new Set(instances.map(({ node }) => node).filter((node) => node !== undefined));
      const ofAgent = instances.filter(({ node }) => node === undefined);
      for (const { id } of ofAgent) await registrar.put(`/agent/service/deregister/${id}`);
      for (const node of nodes) await registrar.put('/catalog/deregister', { Node: node });
      instances = [];
    },
  };
}

export function addressOf({ address, port }: WorldInstance): string {
  return `${address}:${port}`;
}

function placedOf(instance: WorldInstance): Placed {
  return { service: instance.service, address: addressOf(instance), isWell: instance.check !== 'critical' };
}

function addressOn(node: string): string {
  return `192.0.2.${10 + Number(/\d+$/.exec(node)?.[0])}`;
}

function registration(one: WorldInstance): [path: string, body: unknown] {
  const { service, id, node, address, port, check, touches } = one;
  const instance = { ID: id, Address: address, Port: port, Meta: { touches: String(touches) } };
  if (node === undefined) return ['/agent/service/register', { ...instance, Name: service }];
  const Check = { CheckID: `service:${id}`, Name: 'its own', ServiceID: id, Status: check };
  const NodeMeta = { touches: String(touches) };
  const Service = { ...instance, Service: service };
  const body = { Node: node, Address: address, NodeMeta, Service, ...(check !== undefined && { Check }) };
  return ['/catalog/register', body];
}
