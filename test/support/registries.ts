import { GenericContainer, Wait } from 'testcontainers';
import { createConsulCatalog } from '../../src/adapters/consul/catalog-source.ts';
import type { ConsulEndpoint } from '../../src/adapters/consul/endpoint.ts';
import { createConsulRegistry } from '../../src/adapters/consul/service-registry.ts';
import { createMemoryCatalog } from '../../src/adapters/memory/registry.ts';
import type { CatalogSource } from '../../src/domain/catalog.ts';
import { systemClock } from '../../src/lib/clock.ts';
import type { ServiceRegistry } from '../../src/registration/contracts.ts';
import { CONSUL_IMAGE } from './docker.ts';
import { TEST_LABEL } from './global-setup.ts';

export interface TestRegistry {
  readonly registry: ServiceRegistry;
  readonly source: CatalogSource;
  stop(): Promise<void>;
}

/** The two registries that keep one contract, each empty but for what it says of itself. */
export const REGISTRIES: readonly (readonly [name: string, start: () => Promise<TestRegistry>])[] = [
  ['memory', async () => ({ ...createMemoryCatalog('node-a'), stop: async () => undefined })],
  ['Consul', startConsulRegistry],
];

async function startConsulRegistry(): Promise<TestRegistry> {
  const container = await new GenericContainer(CONSUL_IMAGE)
    .withCommand(['agent', '-dev', '-client=0.0.0.0'])
    .withExposedPorts(8500)
    .withLabels({ [TEST_LABEL]: '' })
    .withWaitStrategy(
      Wait.forHttp('/v1/health/service/consul?passing', 8500).forResponsePredicate((body) =>
        body.includes('serfHealth'),
      ),
    )
    .start();
  const port = container.getMappedPort(8500);
  const endpoint: ConsulEndpoint = {
    name: `consul://127.0.0.1:${port}`,
    place: { kind: 'tcp', host: '127.0.0.1', port, isTls: false },
    token: () => undefined,
    tls: () => ({ verify: true }),
  };
  return {
    registry: createConsulRegistry(endpoint, systemClock),
    source: createConsulCatalog({ endpoint, clock: systemClock, random: Math.random }),
    stop: async () => {
      await container.stop();
    },
  };
}
