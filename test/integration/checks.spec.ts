import * as fc from 'fast-check';
import { GenericContainer, type StartedTestContainer, Wait } from 'testcontainers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createConsulRegistry } from '../../src/adapters/consul/service-registry.ts';
import { systemClock } from '../../src/lib/clock.ts';
import type { RegisteredCheck, ServiceRegistry } from '../../src/registration/contracts.ts';
import { serviceRegistration } from '../../src/registration/registration.ts';
import { checkLabels } from '../support/check-labels.ts';
import { aCheckTarget, checksOf, checksOfJson } from '../support/checks.ts';
import { CONSUL_IMAGE } from '../support/docker.ts';
import { TEST_LABEL } from '../support/global-setup.ts';
import { aService } from '../support/services.ts';
import { until } from '../support/until.ts';

const { signal } = new AbortController();
const SOCKET = '/var/run/docker.sock';
let consul: StartedTestContainer;
let registry: ServiceRegistry;

beforeAll(async () => {
  consul = await new GenericContainer(CONSUL_IMAGE)
    .withCommand(['agent', '-dev', '-client=0.0.0.0', '-enable-script-checks'])
    .withBindMounts([{ source: SOCKET, target: SOCKET }])
    .withExposedPorts(8500)
    .withLabels({ [TEST_LABEL]: '' })
    .withWaitStrategy(Wait.forHttp('/v1/status/leader', 8500).forResponsePredicate((body) => body.includes(':8300')))
    .start();
  const port = consul.getMappedPort(8500);
  registry = createConsulRegistry(
    {
      name: `consul://127.0.0.1:${port}`,
      place: { kind: 'tcp', host: '127.0.0.1', port, isTls: false },
      token: () => undefined,
      tls: () => ({ verify: true }),
    },
    systemClock,
  );
});

afterAll(async () => {
  await consul.stop();
});

/** Registers the agent's own port as a service, in whose container commands run. */
async function register({ checks }: Pick<ReturnType<typeof checksOf>, 'checks'>): Promise<void> {
  const service = aService({ id: 'agent', checks, address: '127.0.0.1', port: 8500 });
  const running = { status: 'passing', output: 'running' } as const;
  await registry.register(serviceRegistration(service, running, { owner: 'us', ttlMs: 0 }), signal);
}

const ownTarget = () => {
  const { origin } = aCheckTarget();
  return { serviceId: 'agent', address: '127.0.0.1', port: 8500, origin: { ...origin, containerId: consul.getId() } };
};

describe('a real agent', () => {
  const checks = [
    { ID: 'http', HTTP: '/v1/agent/self?x=a b', Header: { Host: 'shop' }, status: 'passing', output: /200 OK/ },
    {
      ID: 'post',
      HTTP: '/v1/catalog/register',
      Method: 'put',
      Body: '{"Node":1}',
      status: 'critical',
      output: /400 Bad/,
    },
    { ID: 'https', HTTPS: '/', TLSSkipVerify: true, status: 'critical', output: /HTTP response to HTTPS client/ },
    { ID: 'tcp', TCP: true, status: 'passing', output: /^TCP connect 127\.0\.0\.1:8500: Success$/ },
    { ID: 'grpc', GRPC: 'my.Service', GRPCUseTLS: true, status: 'critical', output: /tls/ },
    { ID: 'script', Script: 'echo "$SERVICE_IP $SERVICE_PORT"', status: 'passing', output: /^127\.0\.0\.1 8500\n$/ },
    { ID: 'args', Args: ['/bin/echo', '$SERVICE_IP'], status: 'passing', output: /^127\.0\.0\.1\n$/ },
    { ID: 'docker', Docker: 'echo "inside $0"; exit 1', status: 'warning', output: /^inside \/bin\/sh\n$/ },
    { ID: 'exec', DockerContainerID: 'self', Args: ['/bin/echo', 'a b'], status: 'passing', output: /^a b\n$/ },
  ] as const;

  it('runs every kind of check', async () => {
    const entries = checks.map(({ status: _status, output: _output, ...entry }) => ({ ...entry, Interval: '1s' }));
    const desired = checksOfJson(entries, ownTarget());
    expect(desired).toMatchObject({ checks: checks.map(({ ID: id }) => ({ id })), warnings: [] });
    await register(desired);
    for (const { ID, status, output } of checks) {
      const check = await until(`a result of ${ID}`, () => resultOf(ID));
      expect(check).toMatchObject({ id: ID, serviceId: 'agent', status, output: expect.stringMatching(output) });
    }
  });

  async function resultOf(id: string): Promise<RegisteredCheck | undefined> {
    const check = (await registry.checks(signal)).get(id);
    return check?.output === '' ? undefined : check;
  }

  it('takes the checks of any labels', async () => {
    // What is generated must not run.
    const target = { ...ownTarget(), enableScriptChecks: false };
    const samples = fc.sample(checkLabels, { numRuns: 200, seed: 7 }).map((labels) => checksOf(labels, target));
    expect(samples.flatMap((sample) => sample.checks).length).toBeGreaterThan(50);
    for (const sample of samples) await register(sample);
    await registry.deregister('agent', signal);
  });
});
