import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ServiceInstance } from '../../../src/domain/catalog.ts';
import { deleteCommand, planServers, shutdownCommand } from '../../../src/haproxy/runtime-plan.ts';
import { desiredRouting, type RenderOptions } from '../../../src/routing/desired.ts';
import { hostileTexts } from '../../support/hostile-texts.ts';
import { aCatalog, aCheckResult, anInstance } from '../../support/instances.ts';

const options: RenderOptions = { routeTag: undefined, checkIntervalMs: 'off', hostsMapPath: '/hosts.map' };
const desired = (instances: readonly ServiceInstance[]) => desiredRouting(aCatalog(instances), ['*:80'], options);

const GOOD = Array.from({ length: 20 }, (_, i) =>
  anInstance({ service: `good-${i}`, id: `good-${i}-1`, address: `10.1.0.${i}`, createIndex: 1 }),
);

/** Texts that mean something to HAProxy, pieces of them put together, and any others. */
const evil = fc.oneof(
  fc.constantFrom(...hostileTexts.map(({ text }) => text)),
  fc.string({ unit: 'binary' }),
  fc
    .array(
      fc.constantFrom(
        ...['\n', '\r', ' ', '"', "'", '\\', '#', ';', '%[', '${', '}', '/', ':', '\0', '\u2028', '\ufeff', '..'],
        ...['backend x', 'server s 192.0.2.66:80', 'global', 'listen', 'weight', '127.0.0.1', 'web', 'a'],
      ),
      { maxLength: 8 },
    )
    .map((parts) => parts.join('')),
);
const address = fc.oneof(
  fc.ipV4(),
  fc.ipV6(),
  evil,
  fc.constantFrom('0.0.0.0', '::', 'fe80::1%eth0', '::ffff:1.2.3.4', '10.0.0.1'),
);
const port = fc.oneof(
  fc.integer({ min: 1, max: 65_535 }),
  fc.integer(),
  fc.double(),
  fc.constantFrom(0, -1, 70_000, 80.5),
);
const weights = fc.record({ passing: fc.double(), warning: fc.oneof(fc.integer(), fc.double()) });
const instances = fc.array(
  fc
    .record({
      service: fc.oneof(evil, fc.constantFrom('web', 'api', 'WEB', 'http', 'w'.repeat(63), 'portolan:unknown-host')),
      id: evil,
      node: evil,
      address,
      port,
      weights,
      tags: fc.array(evil),
      meta: fc.oneof(
        fc.dictionary(evil, evil),
        evil.map((route_panic) => ({ route_panic, 'portolan-owner': 'o' })),
      ),
      checks: fc.array(
        fc.record({ id: evil, output: evil }).map((over) => aCheckResult({ ...over, status: 'critical' })),
      ),
      status: fc.constantFrom('passing', 'warning', 'critical', 'maintenance'),
      createIndex: fc.nat(),
    })
    .map((over) => anInstance(over)),
  { maxLength: 40 },
);

/** Section by section; a header is a line that is not indented. */
function sectionsOf(config: string): ReadonlyMap<string, readonly string[]> {
  const sections = new Map<string, string[]>();
  let current: string[] = [];
  for (const line of config.split('\n')) {
    if (line === '') continue;
    if (line.startsWith('  ')) {
      current.push(line);
      continue;
    }
    expect(sections.has(line)).toBe(false);
    current = [];
    sections.set(line, current);
  }
  return sections;
}

const SERVER = /^ {2}server ([A-Za-z0-9_.:-]{1,120}) ([0-9.]+|\[[0-9A-Fa-f.:]+\]):(\d{1,5}) weight (\d{1,3})$/;
const EMPTY = sectionsOf(desired([]).config.config);

describe('whatever stands in the catalog', () => {
  it('HAProxy gets the sections and servers that are meant, and nothing else', async () => {
    await fc.assert(
      fc.asyncProperty(instances, async (hostile) => {
        const { config, model } = desired([...hostile, ...GOOD]);
        const sections = sectionsOf(config.config);
        const names = model.services.map(({ name }) => name);
        expect([...sections.keys()]).toEqual([...EMPTY.keys(), ...names.map((name) => `backend ${name}`)]);
        for (const [header, lines] of EMPTY) expect(sections.get(header)).toEqual(lines);
        for (const { name, servers } of model.services) {
          expect(name).toMatch(/^[A-Za-z0-9_.-]{1,63}$/);
          const [error, ...lines] = sections.get(`backend ${name}`) ?? [];
          expect(error).toBe(
            `  http-error status 503 content-type text/plain string "portolan: no instance of the service '${name}' can be reached\\n"`,
          );
          const parsed = lines.map((line) => SERVER.exec(line)?.slice(1) ?? line);
          expect(parsed).toEqual(
            servers.map((server) => [
              server.name,
              server.address.includes(':') ? `[${server.address}]` : server.address,
              `${server.port}`,
              `${server.weight}`,
            ]),
          );
          expect(new Set(servers.map((server) => server.name)).size).toBe(servers.length);
        }
        for (const line of config.hostsMap.split('\n').slice(0, -1)) {
          const [host = '', service = '', ...rest] = line.split(' ');
          expect([/^[a-z0-9_.-]+$/.test(host), names.includes(service), rest]).toEqual([true, true, []]);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('the good services stay, exactly as they would be without it', async () => {
    const alone = desired(GOOD).model.services;
    await fc.assert(
      fc.asyncProperty(instances, async (hostile) => {
        const { services } = desired([...hostile, ...GOOD]).model;
        expect(services.filter(({ name }) => name.startsWith('good-'))).toEqual(alone);
      }),
      { numRuns: 200 },
    );
  });

  it('each entry is used or has a reason, on one line and not too long', async () => {
    await fc.assert(
      fc.asyncProperty(instances, async (hostile) => {
        for (const { refusal, instances: judged, warnings = [] } of desired(hostile).services) {
          const reasons = judged.map(({ verdict }) => (verdict.kind === 'in' ? 'in' : verdict.reason));
          for (const reason of [refusal ?? 'routed', ...warnings, ...reasons]) {
            expect(reason.length).toBeGreaterThan(1);
            expect(reason.length).toBeLessThan(1_000);
            expect(reason).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029]/u);
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  it('a runtime command is one line that does one thing to one server', async () => {
    const key = '[A-Za-z0-9_.-]{1,63}/[A-Za-z0-9_.:-]{1,120}';
    const add = new RegExp(`^add server ${key} [0-9A-Fa-f.:[\\]]+:\\d{1,5} weight \\d{1,3}; enable server ${key}$`);
    await fc.assert(
      fc.asyncProperty(instances, async (hostile) => {
        const { model, settings } = desired([...hostile, ...GOOD]);
        const backends = new Set(model.services.map(({ name }) => name));
        const commands = planServers(model, [], backends, settings).commands.map(({ text }) => text);
        expect(commands.filter((text) => !add.test(text))).toEqual([]);
        for (const { name: backend, servers } of model.services) {
          for (const { name } of servers) {
            expect(deleteCommand({ backend, name }).text).toMatch(new RegExp(`^del server ${key}$`));
            expect(shutdownCommand({ backend, name }).text).toMatch(new RegExp(`^shutdown sessions server ${key}$`));
          }
        }
      }),
      { numRuns: 100 },
    );
  });
});
