import { describe, expect, it } from 'vitest';
import type { ServiceInstance } from '../../../src/domain/catalog.ts';
import { planServers } from '../../../src/haproxy/runtime-plan.ts';
import { desiredRouting, type RenderOptions } from '../../../src/routing/desired.ts';
import { harmless, misnamed, unusable } from '../../support/hostile-catalog.ts';
import { aCatalog, anInstance } from '../../support/instances.ts';

const options: RenderOptions = {
  routeTag: undefined,
  checkIntervalMs: 'off',
  hostsMapPath: '/run/portolan/hosts.map',
};
const binds = ['127.0.0.1:80', '172.17.0.1:80'];

function desired(instances: readonly ServiceInstance[], over: Partial<RenderOptions> = {}) {
  return desiredRouting(aCatalog(instances), binds, { ...options, ...over });
}

/** What is sent to a HAProxy that has the backends, and no servers yet. */
function commands(instances: readonly ServiceInstance[]): readonly string[] {
  const { model, settings } = desired(instances);
  const backends = new Set(model.services.map(({ name }) => name));
  return planServers(model, [], backends, settings).commands.map(({ text }) => text);
}

describe('desiredRouting', () => {
  it('derives the model, the settings and the files from a catalog', async () => {
    const { model, settings, services, config } = desired(harmless);
    expect(
      model.services.map(({ name, servers }) => ({ name, servers: servers.map((server) => server.name) })),
    ).toEqual([
      { name: 'api', servers: ['node-a:api-1'] },
      { name: 'web', servers: ['node-a:web-1', 'node-b:web-1'] },
    ]);
    expect(settings).toEqual({ binds, checkIntervalMs: undefined, hostsMapPath: '/run/portolan/hosts.map' });
    expect(services.map(({ name, refusal }) => ({ name, refusal }))).toEqual([
      { name: 'api', refusal: undefined },
      { name: 'web', refusal: undefined },
    ]);
    expect(config.hostsMap).toBe(
      'api api\napi.localhost api\napi.service.consul api\nweb web\nweb.localhost web\nweb.service.consul web\n',
    );
    await expect(config.config).toMatchFileSnapshot('../../golden/haproxy/harmless-catalog.cfg');
  });

  it('has the same fingerprint for the same shape, and another for another', () => {
    const { shapeHash } = desired(harmless).config;
    expect(shapeHash).toMatch(/^[0-9a-f]{16}$/);
    expect(desired(harmless.slice(0, 2)).config.shapeHash).toBe(shapeHash);
    expect(desired(harmless.slice(1)).config.shapeHash).not.toBe(shapeHash);
  });

  it.each([
    { instances: 1, checkIntervalMs: 'auto', expected: 2_000 },
    { instances: 400, checkIntervalMs: 'auto', expected: 2_000 },
    { instances: 401, checkIntervalMs: 'auto', expected: 3_000 },
    { instances: 2_000, checkIntervalMs: 'auto', expected: 10_000 },
    { instances: 2_000, checkIntervalMs: 500, expected: 500 },
    { instances: 2_000, checkIntervalMs: 'off', expected: undefined },
  ] as const)('tests $instances instances, told $checkIntervalMs, every $expected ms', (row) => {
    const instances = Array.from({ length: row.instances }, (_, i) => anInstance({ id: `web-${i}` }));
    expect(desired(instances, { checkIntervalMs: row.checkIntervalMs }).settings.checkIntervalMs).toBe(row.expected);
  });

  it('counts only the instances that are tested', () => {
    const instances = Array.from({ length: 500 }, (_, i) => anInstance({ id: `web-${i}`, status: 'maintenance' }));
    expect(desired(instances, { checkIntervalMs: 'auto' }).settings.checkIntervalMs).toBe(2_000);
  });
});

describe('a hostile catalog', () => {
  it('leaves no trace of what cannot be used in files, fingerprint and commands', () => {
    expect(desired([...unusable, ...harmless]).config).toEqual(desired(harmless).config);
    expect(commands([...unusable, ...harmless])).toEqual(commands(harmless));
  });

  it('is refused with a reason for each entry', () => {
    const { services } = desired([...unusable, ...harmless]);
    const judged = services.flatMap(({ refusal, instances }) =>
      instances.map(({ instance, verdict }) => ({
        id: instance.id,
        isRefused: refusal !== undefined || verdict.kind !== 'in',
      })),
    );
    expect(judged.filter(({ id, isRefused }) => id.startsWith('evil') !== isRefused)).toEqual([]);
    expect(judged).toHaveLength(unusable.length + harmless.length);
  });

  it('has instances of bad names at good addresses under clean names', async () => {
    const { config } = desired([...misnamed, ...harmless]);
    await expect(config.config).toMatchFileSnapshot('../../golden/haproxy/misnamed-instances.cfg');
    expect({ ...config, config: '' }).toEqual({ ...desired(harmless).config, config: '' });
  });

  it('has commands of the same texts as the lines of the file', () => {
    const all = [...misnamed, ...unusable, ...harmless];
    expect(commands(all)).toEqual(
      serverLines(all).map(
        ({ backend, name, text }) => `add server ${backend}/${text}; enable server ${backend}/${name}`,
      ),
    );
    expect(commands(all)).toHaveLength(misnamed.length + harmless.length);
  });
});

function serverLines(instances: readonly ServiceInstance[]) {
  return desired(instances)
    .config.config.split('\nbackend ')
    .flatMap((section) => {
      const [backend, ...lines] = section.split('\n');
      const texts = lines.filter((line) => line.startsWith('  server ')).map((line) => line.slice('  server '.length));
      return texts.map((text) => ({ backend, name: text.split(' ', 1)[0], text }));
    });
}
