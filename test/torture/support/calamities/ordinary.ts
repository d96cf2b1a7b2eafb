import type { Random } from '../../../support/random.ts';
import { addressOf, type CalamityWorld, type WorldInstance } from './world.ts';

/** What happens to services on any day. */
export interface OrdinaryLife {
  /** The catalog of the beginning. */
  settle(): Promise<void>;
  /** Something or other. Tells what. */
  step(): Promise<string>;
  /** Scales a service to zero; `undefined` where there is none that suits. */
  empty(isQuiet: boolean): Promise<Emptied | undefined>;
}

/** A service of which every instance was deregistered. */
export interface Emptied {
  readonly service: string;
  readonly addresses: readonly string[];
}

const NODES = ['rack-1', 'rack-2', 'rack-3'] as const;
/** On all nodes and never scaled to zero, so that no node has but a few instances. */
const BASES = ['base-1', 'base-2'] as const;
const MIN_SERVICES = 3;

/** @param services beside the two that are everywhere and that of the agent. */
export function createOrdinaryLife(world: CalamityWorld, random: Random, services: number): OrdinaryLife {
  let named = 0;
  const newName = (): string => {
    named += 1;
    return `svc-${named}`;
  };
  const hasCheck = () => random.chance(0.7);
  const changing = () =>
    [...new Set(world.instances().map(({ service }) => service))].filter((name) => /^svc/.test(name));
  const wellOf = (service: string) => world.of(service).filter(({ check }) => check !== 'critical');
  const spread = async (service: string, count: number): Promise<void> => {
    const from = random.below(NODES.length);
    for (let i = 0; i < count; i++) await world.add(service, NODES[(from + i) % NODES.length] as string, hasCheck());
  };

  const add = async (): Promise<string> => {
    const service = random.pick(changing());
    const free = NODES.filter((node) => world.of(service).every((one) => one.node !== node));
    const name = free.length > 0 && random.chance(0.7) ? service : newName();
    const node = name === service ? random.pick(free) : random.pick(NODES);
    await world.add(name, node, hasCheck());
    return `${name} on ${node}`;
  };
  const change = async (
    candidates: readonly WorldInstance[],
    work: (one: WorldInstance) => Promise<void>,
    text: string,
  ): Promise<string> => {
    if (candidates.length === 0) return await add();
    const one = random.pick(candidates);
    await work(one);
    return `${one.id} ${text}`;
  };
  /** Of services that have another that is well. */
  const spare = () => [...changing(), ...BASES].map(wellOf).filter((all) => all.length > 1);

  return {
    settle: async () => {
      for (const base of BASES) await spread(base, NODES.length);
      for (let i = 0; i < services; i++) await spread(newName(), i % 2 === 0 ? 1 : 1 + random.below(NODES.length));
      await world.add('agents-own', undefined, false);
    },
    step: async () => {
      switch (random.below(6)) {
        case 0:
        case 1:
          return await add();
        case 2:
          return await change(
            spare()
              .filter(([one]) => /^svc/.test(one?.service ?? ''))
              .flat(),
            world.remove,
            'leaves',
          );
        case 3: {
          const checked = spare()
            .flat()
            .filter(({ check }) => check !== undefined);
          return await change(checked, (one) => world.turn(one, 'critical'), 'falls ill');
        }
        case 4:
          return await change(
            world.instances().filter(({ check }) => check === 'critical'),
            (one) => world.turn(one, 'passing'),
            'gets well',
          );
        default:
          return await change(
            world.instances().filter(({ node }) => node !== undefined),
            world.move,
            'moves',
          );
      }
    },
    empty: async (isQuiet) => {
      const names = changing().filter((service) => !isQuiet || isGentle(world.of(service), world.instances()));
      if (names.length === 0 || changing().length <= MIN_SERVICES) return undefined;
      const service = random.pick(names);
      const all = world.of(service).toSorted((a, b) => Number(b.check === 'critical') - Number(a.check === 'critical'));
      for (const one of all) await world.remove(one);
      return { service, addresses: all.map(addressOf) };
    },
  };
}

/** Whether each node keeps more than half of what it has, and the catalog more than two thirds. */
function isGentle(going: readonly WorldInstance[], all: readonly WorldInstance[]): boolean {
  const on = (node: string | undefined) => all.filter((one) => one.node === node).length;
  return going.length * 3 < all.length && going.every(({ node }) => on(node) > 2);
}
