// Times the pure parts of both halves and of templates at the size of a large host, beside a floor: turning the same data into JSON and
// back, which whatever reads and writes it must do at least. Machines are noisy, so compare within one run.
import { Bench } from 'tinybench';
import { parseInspect } from '../src/adapters/docker/inspect-schema.ts';
import { planServers } from '../src/haproxy/runtime-plan.ts';
import { parseServersState } from '../src/haproxy/runtime-protocol.ts';
import { createDefinitionsCache, createFingerprintCache } from '../src/registration/definitions-cache.ts';
import { desiredRegistrations } from '../src/registration/desired.ts';
import { planRegistration } from '../src/registration/plan.ts';
import { beginGuard, guardCatalog } from '../src/routing/catalog-guard.ts';
import { createDesiredCache, desiredRouting } from '../src/routing/desired.ts';
import { aCatalog, anInspectAnswer, asRegistered, asServersState, REGISTRATION, ROUTING } from './data.ts';
import { templateSuite } from './templates.ts';

const CONTAINERS = 1_000;
const SERVICES = 1_000;
const INSTANCES = 3;

const answers = Array.from({ length: CONTAINERS }, (_, i) => anInspectAnswer(i));
const containers = answers.map((answer) => parseInspect(answer).snapshot);
const { registrations } = desiredRegistrations(containers, REGISTRATION);
const registry = asRegistered(registrations);
const memory = { define: createDefinitionsCache(), fingerprint: createFingerprintCache() };
const planContext = {
  owner: REGISTRATION.owner,
  isRemovable: () => true,
  isAdopted: () => false,
  isContested: () => false,
  mayRenew: () => true,
  isTtlGiven: false,
  kept: new Map(),
};

const catalog = aCatalog(SERVICES, INSTANCES);
const guarded = beginGuard(catalog);
const empty = { ...catalog, services: new Map(), names: new Map() };
const moment = { nowMs: 0, lastOutageMs: 0, believesSingles: false };
const binds = ['127.0.0.1:80'];
const cache = createDesiredCache();

const desired = desiredRouting(catalog, binds, ROUTING);
const stateText = asServersState(desired.model);
const servers = parseServersState(stateText);
const backends = new Set(desired.model.services.map(({ name }) => name));

/** The catalog with one service that is another object than before. */
function oneChanged(): typeof catalog {
  const [[name, instances] = ['', []]] = catalog.services;
  return { ...catalog, services: new Map(catalog.services).set(name, [...instances]) };
}

const suites: readonly (readonly [title: string, bench: Bench])[] = [
  [
    `registration, ${CONTAINERS} containers`,
    new Bench({ time: 1_000 })
      .add('floor: the same containers to JSON and back', () => JSON.parse(JSON.stringify(containers)))
      .add("read Docker's answers", () => answers.map((answer) => parseInspect(answer)))
      .add('derive definitions', () => desiredRegistrations(containers, REGISTRATION))
      .add('derive them again', () => desiredRegistrations(containers, REGISTRATION, memory))
      .add('plan when nothing changed', () => planRegistration(registrations, registry, planContext)),
  ],
  [
    `routing, ${SERVICES} services x ${INSTANCES}`,
    new Bench({ time: 1_000 })
      .add('floor: the same catalog to JSON and back', () => JSON.parse(JSON.stringify([...catalog.services])))
      .add('guard a reading without news', () => guardCatalog(guarded, { ...catalog }, moment))
      .add('guard a reading that lacks everything', () => guardCatalog(guarded, empty, moment))
      .add('derive and render', () => desiredRouting(catalog, binds, ROUTING))
      .add('derive and render again, one service changed', () => desiredRouting(oneChanged(), binds, ROUTING, cache))
      .add("read HAProxy's servers", () => parseServersState(stateText))
      .add('plan when nothing changed', () => planServers(desired.model, servers, backends, desired.settings)),
  ],
  templateSuite(SERVICES, INSTANCES),
];

/** Prints a line for each. */
export async function hotPaths(): Promise<void> {
  for (const [title, bench] of suites) {
    await bench.run();
    console.log(`\n${title}`);
    for (const { name, result } of bench.tasks) {
      const latency = 'latency' in result ? result.latency : undefined;
      const [p50, p99] = [latency?.p50 ?? Number.NaN, latency?.p99 ?? Number.NaN].map((ms) =>
        ms.toFixed(2).padStart(8),
      );
      console.log(`  ${name.padEnd(46)} ${p50} ms p50 ${p99} ms p99`);
    }
  }
}
