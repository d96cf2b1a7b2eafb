import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ConsulEndpoint } from '../../src/adapters/consul/endpoint.ts';
import { createConsulRegistry } from '../../src/adapters/consul/service-registry.ts';
import type { Clock } from '../../src/lib/clock.ts';
import { createRegistration, type RegistrationController } from '../../src/registration/controller.ts';
import type { CatalogEntry } from '../support/consul.ts';
import { type ConsulServer, startConsulServer } from '../support/consul-server.ts';
import { aContainer, dnsTcp, http } from '../support/containers.ts';
import { createFakeContainerSource, type FakeContainerSource } from '../support/fake-container-source.ts';
import { type FaultProxy, type Faults, startFaultProxy } from '../support/fault-proxy.ts';
import { createHurriedClock } from '../support/hurried-clock.ts';
import { createRecordingLog, type RecordingLog } from '../support/recording-log.ts';
import { IDENTITY, OPTIONS } from '../support/registration-world.ts';
import { aRegistration, RUNNING } from '../support/registrations.ts';
import { until } from '../support/until.ts';

const { signal } = new AbortController();
const WEB = 'node-a:web.1:80';
const DNS = 'node-a:web.1:53';
const API = 'node-a:api:80';
const web = aContainer();
const api = aContainer({ id: 'api', name: 'api', createdMs: 2_000 });
const REGISTER = '/v1/agent/service/register';
/** What checks say stands in the catalog at once. */
const CONFIG = 'check_update_interval = "0s"\nacl {\nenabled = true\ndefault_policy = "deny"\n}';
const RIGHTS =
  'service_prefix "" { policy = "write" } node_prefix "" { policy = "read" } agent_prefix "" { policy = "read" }';

let consul: ConsulServer;
let root: string;
/** What the registrar sends. */
let token: string;
let proxy: FaultProxy;
let stopAll: (() => Promise<void>)[];

beforeAll(async () => {
  consul = await startConsulServer({ config: CONFIG });
  await bootstrap();
});

afterAll(async () => {
  await consul?.stop();
});

beforeEach(async () => {
  proxy = await startFaultProxy({ target: { port: consul.port } });
  token = root;
  stopAll = [];
});

afterEach(async () => {
  await proxy.clear();
  for (const stop of stopAll) await stop();
  for (const id of Object.keys(await agentServices())) await ask('PUT', `/agent/service/deregister/${id}`);
  await proxy.close();
});

async function bootstrap(): Promise<void> {
  root = await until('the first token', async () => {
    const { status, answer } = await consul.ask('PUT', '/acl/bootstrap');
    return status === 200 && (answer as { SecretID: string }).SecretID;
  });
}

const ask = async (method: string, path: string, body?: unknown) => (await consul.ask(method, path, body, root)).answer;
const agentServices = async () => (await ask('GET', '/agent/services')) as Record<string, unknown>;
const registered = async () => Object.keys(await agentServices()).toSorted();
const become = async (...ids: readonly string[]) =>
  await until(`the services ${ids.join()}`, async () => (await registered()).join() === ids.toSorted().join());
const count = (line: string) => proxy.requests.filter((request) => request.startsWith(line)).length;

/** Consul behind the proxy. */
function endpoint(): ConsulEndpoint {
  const place = { kind: 'tcp', host: '127.0.0.1', port: proxy.port, isTls: false } as const;
  return { ...consul.endpoint, name: 'consul://proxy', place, token: () => token };
}

interface Registrar {
  readonly source: FakeContainerSource;
  readonly log: RecordingLog;
  readonly controller: RegistrationController;
  warnings(): readonly string[];
}

/** The registration half, with a Docker that runs what it is told; ended after the test. */
function startRegistrar(clock: Clock, over: Partial<typeof OPTIONS> = {}): Registrar {
  const source = createFakeContainerSource(clock);
  const log = createRecordingLog();
  const registry = createConsulRegistry(endpoint(), clock, log);
  const deps = { source, registry, clock, log, random: Math.random, instance: 'us', identity: async () => IDENTITY };
  const controller = createRegistration(deps, { ...OPTIONS, ...over });
  const ending = new AbortController();
  const running = controller.run(ending.signal);
  stopAll.push(async () => {
    ending.abort();
    await running;
  });
  const warnings = () => log.lines.filter(({ level }) => level === 'warn').map(({ message }) => message);
  return { source, log, controller, warnings };
}

describe('the registrar and a Consul that fails', () => {
  it('F12: one of several ports that fails to register is tried again, and the others are not', async () => {
    const { source, log, controller } = startRegistrar(createHurriedClock(1));
    await proxy.setFaults({
      rule: ({ path, body }, { count: requests }) =>
        path.startsWith(REGISTER) && body.includes(DNS) && requests < 12
          ? { status: 500, body: 'disk full' }
          : undefined,
    });
    source.run(aContainer({ ports: [http, dnsTcp] }));
    await become(WEB);
    await until('the failure is said', () =>
      log.lines.some(({ facts }) => facts['id'] === DNS && facts['code'] === 'CONSUL_REFUSED'),
    );
    await become(WEB, DNS);
    await until('all is said', () => controller.status().error === undefined);
    const of = (id: string, message: string) =>
      log.lines.filter(({ facts, message: said }) => facts['id'] === id && said === message).length;
    expect(of(WEB, 'registered')).toBe(1);
    expect(of(WEB, 'cannot register a service; trying again')).toBe(0);
    expect(of(DNS, 'registered')).toBe(1);
    expect(of(DNS, 'cannot register a service; trying again')).toBeGreaterThan(0);
  });

  it('F17: a deregistration that fails once is made again', async () => {
    const { source, warnings } = startRegistrar(createHurriedClock(1));
    source.run(web, api);
    await become(WEB, API);
    let failures = 0;
    await proxy.setFaults({
      rule: ({ path }) => {
        if (!path.includes('/deregister/') || failures > 0) return undefined;
        failures += 1;
        return { status: 500, body: 'no' };
      },
    });
    source.run(api);
    await become(API);
    expect(failures).toBe(1);
    expect(warnings()).toEqual(['cannot deregister a service; trying again', 'registration fails; trying again']);
    expect(count('PUT /v1/agent/service/deregister/')).toBe(2);
  });

  it.each<{ kind: string; faults: Faults; isObeyed?: boolean }>([
    { kind: '403', faults: { rule: () => ({ status: 403, body: 'Permission denied' }) } },
    { kind: '429', faults: { rule: () => ({ status: 429, body: 'slow down' }) } },
    { kind: '500', faults: { rule: () => ({ status: 500, body: 'No cluster leader' }) } },
    { kind: '503', faults: { rule: () => ({ status: 503, body: '<html>away</html>' }) } },
    { kind: 'a reset', faults: { connections: 'reset' } },
    { kind: 'a refusal', faults: { connections: 'refuse' } },
    { kind: 'an answer that breaks off', faults: { truncateAfterBytes: 20 }, isObeyed: true },
  ])(
    'F18: a registration that fails by $kind is tried again, more and more slowly, until it is made',
    async ({ faults, isObeyed = false }) => {
      const clock = createHurriedClock(4);
      const { source, controller } = startRegistrar(clock);
      source.run(api);
      await become(API);
      await proxy.setFaults(faults);
      const before = proxy.requests.length;
      const sinceMs = clock.monotonicMs();
      source.run(api, web);
      await until('it fails', () => controller.status().error !== undefined);
      await until('it has failed for five seconds', () => clock.monotonicMs() - sinceMs > 5_000);
      // Two reads a pass: 250, 500, 1000, 1000 ms or half of it between them, and heartbeats beside.
      expect(proxy.requests.length - before).toBeLessThan(40);
      expect(await registered()).toEqual(isObeyed ? [API, WEB] : [API]);
      await proxy.clear();
      await become(API, WEB);
      await until('it works again', () => controller.status().error === undefined);
    },
  );

  it('F18: a registration whose answer is lost has been made, and is not made again', async () => {
    const { source, controller, warnings } = startRegistrar(createHurriedClock(10));
    await proxy.setFaults({ rule: ({ path }) => (path.startsWith(REGISTER) ? 'lose-answer' : undefined) });
    source.run(web);
    await until('the call is given up', () => warnings().includes('cannot register a service; trying again'));
    await until(
      'it is seen',
      () => controller.status().error === undefined && controller.status().services.length === 1,
    );
    expect(count(`PUT ${REGISTER}`)).toBe(1);
    expect(await registered()).toEqual([WEB]);
  });

  it('F18: whatever fails by chance, in the end all is as it should be', async () => {
    const { source } = startRegistrar(createHurriedClock(10));
    const fates = [
      { status: 500 },
      { status: 403 },
      { status: 429 },
      'close',
      'reset',
      'lose-request',
      'lose-answer',
    ] as const;
    await proxy.setFaults({
      sliceBytes: 200,
      rule: (_, { chance }) => fates.find(() => chance(0.06)),
    });
    const containers = Array.from({ length: 8 }, (_, i) => aContainer({ id: `c${i}`, name: `c${i}`, createdMs: i }));
    for (let first = 0; first < 8; first++) {
      source.run(...containers.slice(first));
      const requests = proxy.requests.length;
      await until('something was asked', () => proxy.requests.length > requests + 2);
    }
    source.run(...containers.slice(2, 5));
    await proxy.clear();
    await become('node-a:c2:80', 'node-a:c3:80', 'node-a:c4:80');
  });
});

describe('the registrar and a Consul that forgets', () => {
  it('F22: an agent that lost its state is told everything within five seconds', async () => {
    const { source } = startRegistrar(createHurriedClock(1), { resyncMs: Number.POSITIVE_INFINITY });
    source.run(web, api);
    await become(WEB, API);
    await consul.restart('lost');
    await bootstrap();
    token = root;
    const lostMs = performance.now();
    await become(WEB, API);
    expect(performance.now() - lostMs).toBeLessThan(5_000);
  });

  it('F22: an agent that lost one service behind a connection that stands is noticed by the next heartbeat', async () => {
    const { source, log } = startRegistrar(createHurriedClock(10), { resyncMs: Number.POSITIVE_INFINITY });
    source.run(web, api);
    await become(WEB, API);
    await until('a heartbeat', () => count('PUT /v1/agent/check/update/') > 0);
    const reads = count('GET /v1/agent/services');
    await ask('PUT', `/agent/service/deregister/${WEB}`);
    await become(WEB, API);
    expect(count('GET /v1/agent/services')).toBe(reads + 1);
    expect(count(`PUT ${REGISTER}`)).toBe(3);
    expect(log.messages()).not.toContain('heartbeats fail; trying again');
  });

  it('F23: what is as it should be is never sent again', async () => {
    const { source } = startRegistrar(createHurriedClock(60));
    source.run(web, api);
    await become(WEB, API);
    const catalog = async () => (await ask('GET', '/health/service/web')) as readonly CatalogEntry[];
    const said = (entries: readonly CatalogEntry[]) => JSON.stringify(entries).split('"Output":"running"').length - 1;
    const before = await until('both heartbeats in the catalog', async () => {
      const entries = await catalog();
      return said(entries) === 2 && entries;
    });
    const [reads, beats] = [count('GET /v1/agent/services'), count('PUT /v1/agent/check/update/')];
    await until('six resyncs', () => count('GET /v1/agent/services') >= reads + 6);
    expect(count('PUT /v1/agent/check/update/')).toBeGreaterThan(beats + 6);
    expect(count(`PUT ${REGISTER}`)).toBe(2);
    expect(count('PUT /v1/agent/service/deregister/')).toBe(0);
    // With the index of each change.
    expect(await catalog()).toEqual(before);
  });
});

describe('the registrar and a Consul that no longer lets it in', () => {
  it('F26: a token that is deleted costs nothing that is registered, and the next one counts at once', async () => {
    const create = async (name: string) => {
      await ask('PUT', '/acl/policy', { Name: name, Rules: RIGHTS });
      return (await ask('PUT', '/acl/token', { Policies: [{ Name: name }] })) as {
        SecretID: string;
        AccessorID: string;
      };
    };
    const first = await create(`first-${proxy.port}`);
    token = first.SecretID;
    const { source, controller, warnings } = startRegistrar(createHurriedClock(10));
    source.run(web, api);
    await become(WEB, API);
    await ask('DELETE', `/acl/token/${first.AccessorID}`);
    source.run(api);
    const error = await until('the refusal', () => controller.status().error);
    expect(error).toMatch(/Consul at consul:\/\/proxy answered 403 to (GET|PUT) .*ACL not found$/);
    expect(await registered()).toEqual([API, WEB].toSorted());
    expect(warnings()).toContain('registration fails; trying again');

    token = (await create(`second-${proxy.port}`)).SecretID;
    await become(API);
    await until('it works again', () => controller.status().error === undefined);
  });

  it('F26: a token that is lost, so that Consul shows nothing, costs nothing that is registered', async () => {
    const { source, controller } = startRegistrar(createHurriedClock(10));
    source.run(web, api);
    await become(WEB, API);
    token = '';
    source.run(api);
    await until('the refusal', () => controller.status().error?.includes('answered 403'));
    expect(await registered()).toEqual([API, WEB].toSorted());
    token = root;
    await become(API);
  });
});

describe('the calls of the registrar', () => {
  const registration = aRegistration();
  const json = { 'content-type': 'application/json' };
  const page = { status: 200, body: '<html>', headers: { 'content-type': 'text/html' } };

  it.each<{ kind: string; faults: Faults; code: string; refuses?: Record<string, unknown> }>([
    {
      kind: '403',
      faults: { rule: () => ({ status: 403, body: 'Permission denied' }) },
      code: 'CONSUL_REFUSED',
      refuses: { status: 403 },
    },
    {
      kind: '429',
      faults: { rule: () => ({ status: 429, body: 'x' }) },
      code: 'CONSUL_REFUSED',
      refuses: { status: 429 },
    },
    {
      kind: '500',
      faults: { rule: () => ({ status: 500, body: 'x' }) },
      code: 'CONSUL_REFUSED',
      refuses: { status: 500 },
    },
    {
      kind: '503',
      faults: { rule: () => ({ status: 503, body: '' }) },
      code: 'CONSUL_REFUSED',
      refuses: { status: 503 },
    },
    { kind: 'a redirect', faults: { rule: () => ({ status: 301 }) }, code: 'CONSUL_REFUSED', refuses: { status: 301 } },
    { kind: 'an answer after 30 s', faults: { latencyMs: 3_000 }, code: 'CONSUL_UNREACHABLE' },
    { kind: 'silence', faults: { connections: 'silence' }, code: 'CONSUL_UNREACHABLE' },
    { kind: 'a refused connection', faults: { connections: 'refuse' }, code: 'CONSUL_UNREACHABLE' },
    { kind: 'a closed connection', faults: { connections: 'close' }, code: 'CONSUL_UNREACHABLE' },
    { kind: 'a reset', faults: { connections: 'reset' }, code: 'CONSUL_UNREACHABLE' },
    { kind: 'an answer that breaks off', faults: { truncateAfterBytes: 30 }, code: 'CONSUL_UNREACHABLE' },
    {
      kind: 'half of a JSON text',
      faults: { rule: () => ({ status: 200, body: '{"a":', headers: json }) },
      code: 'RESPONSE_INVALID',
    },
    { kind: 'a web page', faults: { rule: () => page }, code: 'RESPONSE_INVALID' },
  ])('F28: end with $code on $kind, and work again after it', async ({ faults, code, refuses = {} }) => {
    const registry = createConsulRegistry(endpoint(), createHurriedClock(10));
    const { id } = registration.service;
    const calls = [
      () => registry.services(signal),
      () => registry.checks(signal),
      () => registry.advertisedAddress(signal),
      () => registry.register(registration, signal),
      () => registry.deregister(id, signal),
      () => registry.report(`${id}:container`, RUNNING, signal),
    ];
    await registry.register(registration, signal);
    await registry.report(`${id}:container`, RUNNING, signal);
    await proxy.setFaults(faults);
    const outcomes = await Promise.allSettled(calls.map((call) => call()));
    expect(outcomes).toMatchObject(calls.map(() => ({ status: 'rejected', reason: { code, ...refuses } })));
    await proxy.clear();
    for (const call of calls) await call();
  });

  it('F28: take an answer in the smallest pieces', async () => {
    const registry = createConsulRegistry(endpoint(), createHurriedClock(1));
    await proxy.setFaults({ sliceBytes: 1 });
    await registry.register(registration, signal);
    expect([...(await registry.services(signal)).keys()]).toEqual([registration.service.id]);
    expect(await registry.advertisedAddress(signal)).toBe('127.0.0.1');
  });
});

describe('the registrar and a Consul that falls silent', () => {
  it('F32: half-open connections are noticed by the deadline, and the work goes on over new ones', async () => {
    const clock = createHurriedClock(20);
    const { source, controller } = startRegistrar(clock);
    source.run(api);
    await become(API);
    await until('a heartbeat', () => count('PUT /v1/agent/check/update/') > 0);
    await proxy.setFaults({ connections: 'silence' });
    const sinceMs = clock.monotonicMs();
    source.run(api, web);
    const error = await until('it is noticed', () => controller.status().error);
    // The deadline of a call, and no more than a moment of this machine's.
    expect(clock.monotonicMs() - sinceMs).toBeLessThan(10_000 + 20 * 1_000);
    expect(error).toContain('nothing within 10000 ms');
    expect(await registered()).toEqual([API]);
    await proxy.clear();
    await become(API, WEB);
    await until('it works again', () => controller.status().error === undefined);
  });
});
