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

interface Daily {
  readonly world: CalamityWorld;
  readonly random: Random;
  newName(): string;
}

/** @param services beside the two that are everywhere and that of the agent. */
export function createOrdinaryLife(world: CalamityWorld, random: Random, services: number): OrdinaryLife {
  let named = 0;
  const newName = (): string => {
    named += 1;
    return `svc-${named}`;
  };
  const daily: Daily = { world, random, newName };
  const spread = async (service: string, count: number): Promise<void> => {
    const from = random.below(NODES.length);
    const nodes = [...NODES.slice(from), ...NODES.slice(0, from)].slice(0, count);
    for (const node of nodes) await world.add(service, node, hasCheck(random));
  };
  return {
    settle: async () => {
      for (const base of BASES) await spread(base, NODES.length);
      for (let i = 0; i < services; i++) await spread(newName(), i % 2 === 0 ? 1 : 1 + random.below(NODES.length));
      await world.add('agents-own', undefined, false);
    },
    step: async () => await random.pick([add, add, leave, fallIll, getWell, move])(daily),
    empty: async (isQuiet) => {
      const names = changing(world).filter((service) => !isQuiet || isGentle(world.of(service), world.instances()));
      if (names.length === 0 || changing(world).length <= MIN_SERVICES) return undefined;
      const service = random.pick(names);
      const all = world.of(service).toSorted((a, b) => Number(b.check === 'critical') - Number(a.check === 'critical'));
      for (const one of all) await world.remove(one);
      return { service, addresses: all.map(addressOf) };
    },
  };
}

async function add({ world, random, newName }: Daily): Promise<string> {
  const service = random.pick(changing(world));
  const free = NODES.filter((node) => world.of(service).every((one) => one.node !== node));
  const name = free.length > 0 && random.chance(0.7) ? service : newName();
  const node = name === service ? random.pick(free) : random.pick(NODES);
  await world.add(name, node, hasCheck(random));
  return `${name} on ${node}`;
}

async function leave(daily: Daily): Promise<string> {
  const { world } = daily;
  const candidates = spare(world).filter(({ service }) => isChanging(service));
  return await change(daily, candidates, world.remove, 'leaves');
}

async function fallIll(daily: Daily): Promise<string> {
  const { world } = daily;
  const candidates = spare(world).filter(({ check }) => check !== undefined);
  return await change(daily, candidates, (one) => world.turn(one, 'critical'), 'falls ill');
}

async function getWell(daily: Daily): Promise<string> {
  const { world } = daily;
  const candidates = world.instances().filter(({ check }) => check === 'critical');
  return await change(daily, candidates, (one) => world.turn(one, 'passing'), 'gets well');
}

async function move(daily: Daily): Promise<string> {
  const { world } = daily;
  const candidates = world.instances().filter(({ node }) => node !== undefined);
  return await change(daily, candidates, world.move, 'moves');
}

/** Does it to one of them; where there is none, another one is added somewhere. */
async function change(
  daily: Daily,
  candidates: readonly WorldInstance[],
  work: (one: WorldInstance) => Promise<void>,
  text: string,
): Promise<string> {
  if (candidates.length === 0) return await add(daily);
  const one = daily.random.pick(candidates);
  await work(one);
  return `${one.id} ${text}`;
}

function hasCheck(random: Random): boolean {
  return random.chance(0.7);
}

function isChanging(service: string): boolean {
  return service.startsWith('svc');
}

function changing(world: CalamityWorld): readonly string[] {
  return [...new Set(world.instances().map(({ service }) => service))].filter(isChanging);
}

/** The instances that are well, of services that have more than one of these. */
function spare(world: CalamityWorld): readonly WorldInstance[] {
  const wellOf = (service: string) => world.of(service).filter(({ check }) => check !== 'critical');
  return [...changing(world), ...BASES].map(wellOf).flatMap((all) => (all.length > 1 ? all : []));
}

/** Whether each node keeps more than half of what it has, and the catalog more than two thirds. */
function isGentle(going: readonly WorldInstance[], all: readonly WorldInstance[]): boolean {
  const on = (node: string | undefined) => all.filter((one) => one.node === node).length;
  return going.length * 3 < all.length && going.every(({ node }) => on(node) > 2);
}
