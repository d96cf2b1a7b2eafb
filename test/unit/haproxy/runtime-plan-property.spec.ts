import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RoutingModel } from '../../../src/domain/routing.ts';
import type { ConfigSettings } from '../../../src/haproxy/config.ts';
import { deleteCommand, planServers, type RuntimeCommand } from '../../../src/haproxy/runtime-plan.ts';
import type { ObservedServer } from '../../../src/haproxy/runtime-protocol.ts';
import { createHaproxyServers, type HaproxyServers } from '../../support/haproxy-servers.ts';

const NAMES = ['web', 'api', 'orders'];
const SERVERS = ['a', 'b', 'node-a:web.1:80'];

const endpoint = {
  name: fc.constantFrom(...SERVERS),
  address: fc.constantFrom('10.0.0.1', '10.0.0.2', '2001:db8::1'),
  port: fc.constantFrom(1, 80, 65_535),
  weight: fc.integer({ min: 0, max: 256 }),
};
const service = fc.record({
  name: fc.constantFrom(...NAMES),
  hosts: fc.constant([]),
  servers: fc.uniqueArray(fc.record(endpoint), { selector: ({ name }) => name }),
});
const models = fc.uniqueArray(service, { selector: ({ name }) => name }).map((services) => ({ services }));
const situations = fc.boolean().chain((isChecked) =>
  fc.record({
    model: models,
    backends: fc.subarray([...NAMES, 'gone']),
    observed: fc.uniqueArray(
      fc.record({
        ...endpoint,
        backend: fc.constantFrom(...NAMES, 'gone'),
        state: fc.constantFrom('ready', 'drain', 'maint'),
        isUp: fc.boolean(),
        isChecked: fc.constant(isChecked),
      }),
      { selector: ({ backend, name }) => `${backend}/${name}` },
    ),
    checkIntervalMs: fc.constant(isChecked ? 2_000 : undefined),
  }),
);

/** Servers live in backends: what is generated without one is not there. */
function runningOf(observed: readonly ObservedServer[], backends: ReadonlySet<string>): readonly ObservedServer[] {
  return observed.filter(({ backend }) => backends.has(backend));
}

function run(haproxy: HaproxyServers, commands: readonly RuntimeCommand[]): readonly string[] {
  return commands.flatMap(({ text, expected }) => {
    const reply = haproxy.run(text);
    return expected.test(reply) ? [] : [`${text}: ${reply}`];
  });
}

/** By what it does; whether a server is up is for its check to say. */
function facts(servers: readonly Omit<ObservedServer, 'isUp'>[]) {
  return new Map(
    servers.map(({ backend, name, address, port, weight, state, isChecked }) => [
      `${backend}/${name}`,
      { address, port, weight, state, isChecked },
    ]),
  );
}

function wantedServers({ services }: RoutingModel, backends: ReadonlySet<string>, { checkIntervalMs }: ConfigSettings) {
  return services
    .filter(({ name }) => backends.has(name))
    .flatMap(({ name: backend, servers }) =>
      servers.map((server) => ({
        ...server,
        backend,
        state: 'ready' as const,
        isChecked: checkIntervalMs !== undefined,
      })),
    );
}

describe('planServers', () => {
  it('leads from any servers to the wanted ones, and then has nothing left to do', async () => {
    await fc.assert(
      fc.asyncProperty(situations, async ({ model, backends: names, observed, checkIntervalMs }) => {
        const settings = { binds: [], checkIntervalMs, hostsMapPath: '/run/portolan/hosts.map' };
        const backends = new Set(names);
        const haproxy = createHaproxyServers(backends, runningOf(observed, backends));

        const { commands, leaving } = planServers(model, haproxy.list(), backends, settings);
        expect(run(haproxy, commands)).toEqual([]);
        expect(run(haproxy, leaving.map(deleteCommand))).toEqual([]);

        expect(facts(haproxy.list())).toEqual(facts(wantedServers(model, backends, settings)));
        expect(planServers(model, haproxy.list(), backends, settings)).toEqual({ commands: [], leaving: [] });
      }),
      { numRuns: 300 },
    );
  });

  it('never touches a server that is as it should be', async () => {
    await fc.assert(
      fc.asyncProperty(situations, async ({ model, backends: names, observed, checkIntervalMs }) => {
        const settings = { binds: [], checkIntervalMs, hostsMapPath: '/run/portolan/hosts.map' };
        const backends = new Set(names);
        const good = facts(wantedServers(model, backends, settings));
        const running = runningOf(observed, backends);
        const isGood = (key: string) => JSON.stringify(facts(running).get(key)) === JSON.stringify(good.get(key));
        const untouched = [...good.keys()].filter(isGood);

        const { commands } = planServers(model, running, backends, settings);
        const touched = untouched.filter((key) => commands.some(({ text }) => ` ${text} `.includes(` ${key} `)));
        expect(touched).toEqual([]);
      }),
    );
  });
});
