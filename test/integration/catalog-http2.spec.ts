import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer as createTlsServer, type Server } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createConsulCatalog } from '../../src/adapters/consul/catalog-source.ts';
import type { ConsulEndpoint } from '../../src/adapters/consul/endpoint.ts';
import { consulSettings } from '../../src/config/consul-environment.ts';
import type { CatalogSnapshot, ServiceInstance } from '../../src/domain/catalog.ts';
import { createAuthority } from '../support/certificates.ts';
import { connectionsTo } from '../support/connections-to.ts';
import { type ConsulServer, startConsulServer } from '../support/consul-server.ts';
import { createHurriedClock } from '../support/hurried-clock.ts';
import { until } from '../support/until.ts';

const SERVICES = 600;
/** Of 10 s of doubt after an outage and what follows. */
const MENDED_WITHIN_MS = 40_000;

const clock = createHurriedClock(3);
const ours = createAuthority('Ours');
const theirs = createAuthority('Theirs');
let folder: string;
let consul: ConsulServer;
let stop: () => Promise<void> = async () => undefined;

/** The folder is the same in the container. */
const write = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text, { mode: 0o644 });
  return join(folder, name);
};

const serve = ({ cert, key }: { readonly cert: string; readonly key: string }): void => {
  write('server.pem', cert);
  write('server-key.pem', key);
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'portolan-http2-'));
  serve(ours.issue());
  chmodSync(folder, 0o777);
  consul = await startConsulServer({
    folder,
    config: `
      ca_file = "${write('agent-ca.pem', ours.cert)}"
      cert_file = "${join(folder, 'server.pem')}"
      key_file = "${join(folder, 'server-key.pem')}"`,
  });
  const names = Array.from({ length: SERVICES }, (_, i) => `service-${i}`);
  for (let i = 0; i < SERVICES; i += 20) {
    await Promise.all(names.slice(i, i + 20).map((name) => register(name)));
  }
});
afterEach(async () => await stop());
afterAll(async () => {
  await consul?.stop();
  rmSync(folder, { recursive: true, force: true });
});

interface Traits {
  readonly id?: string;
  readonly port?: number;
  readonly meta?: Readonly<Record<string, string>>;
  readonly tags?: readonly string[];
  /** `undefined`: without a check, or its check is not sent again. */
  readonly status?: string;
}

async function register(service: string, { id = `${service}-1`, port = 80, meta, tags, status }: Traits = {}) {
  const { status: code, answer } = await consul.ask('PUT', '/catalog/register', {
    ...{ Node: 'node-a', Address: '192.0.2.1', SkipNodeUpdate: true },
    Service: { ID: id, Service: service, Port: port, Meta: meta ?? {}, Tags: tags ?? [] },
    ...(status !== undefined && { Check: { CheckID: `check-${id}`, Name: 'check', ServiceID: id, Status: status } }),
  });
  if (code !== 200) throw new Error(`${code} ${String(answer)}`);
}

/** The endpoint as the environment of a user has it. */
function endpoint(over: Readonly<Record<string, string>> = {}, port = consul.httpsPort): ConsulEndpoint {
  const { isTls: _, ...access } = consulSettings({ CONSUL_CACERT: write('ca.pem', ours.cert), ...over });
  return { name: 'consul-tls://agent', place: { kind: 'tcp', host: '127.0.0.1', port, isTls: true }, ...access };
}

interface Followed {
  last(): CatalogSnapshot | undefined;
  instances(service: string): readonly ServiceInstance[];
  readonly outages: readonly Error[];
}

function follow(at: ConsulEndpoint = endpoint()): Followed {
  let last: CatalogSnapshot | undefined;
  const outages: Error[] = [];
  const ending = new AbortController();
  const observer = {
    onSnapshot: (snapshot: CatalogSnapshot) => {
      last = snapshot;
    },
    onOutage: (error: Error) => {
      outages.push(error);
    },
  };
  const source = createConsulCatalog({ endpoint: at, clock, random: Math.random });
  const following = source.follow(observer, ending.signal);
  stop = async () => {
    ending.abort();
    await following;
  };
  return { last: () => last, instances: (service) => last?.services.get(service) ?? [], outages };
}

const whole = async (followed: Followed, count = SERVICES): Promise<void> => {
  await until('all services are known', () => (followed.last()?.services.size ?? 0) >= count);
};

/** Resolves with the milliseconds until it is so. */
async function seen(what: string, isSo: () => boolean): Promise<number> {
  const startMs = performance.now();
  await until(what, isSo, 5_000);
  return performance.now() - startMs;
}

describe('the catalog of an agent that speaks HTTP/2', () => {
  it('shows each kind of change at once, over few connections', async () => {
    const followed = follow();
    await whole(followed);
    // Between the first read and the query that waits there may be a tenth of a second.
    await until('all are waited for', () => connectionsTo(consul.httpsPort, process.pid) >= 3);
    const first = (service: string): ServiceInstance | undefined => followed.instances(service)[0];
    const times: Record<string, number> = {};
    await register('service-1', { port: 81 });
    times['port'] = await seen('a port', () => first('service-1')?.port === 81);
    await register('service-2', { meta: { a: 'b' } });
    times['meta'] = await seen('a meta', () => first('service-2')?.meta['a'] === 'b');
    await register('service-3', { id: 'another' });
    times['instance'] = await seen(
      'an instance with the same tags',
      () => followed.instances('service-3').length === 2,
    );
    await register('service-4', { status: 'critical' });
    times['status'] = await seen('a status', () => first('service-4')?.status === 'critical');
    await register('service-5', { tags: ['new'] });
    times['tag'] = await seen('a tag', () => first('service-5')?.tags[0] === 'new');
    await register('fresh');
    times['service'] = await seen('a service', () => followed.instances('fresh').length === 1);
    await consul.ask('PUT', '/catalog/register', { Node: 'node-a', Address: '192.0.2.9' });
    times['node'] = await seen('the address of a node', () => first('service-599')?.nodeAddress === '192.0.2.9');
    await consul.ask('PUT', '/catalog/deregister', { Node: 'node-a', ServiceID: 'fresh-1' });
    times['gone'] = await seen('the end of a service', () => followed.last()?.services.has('fresh') === false);
    for (const [kind, ms] of Object.entries(times)) expect(ms, kind).toBeLessThan(1_000);
    expect(connectionsTo(consul.httpsPort, process.pid)).toBeLessThanOrEqual(4);
    expect(followed.outages).toEqual([]);
  });

  it('is followed on after the agent was started again', async () => {
    const followed = follow();
    await whole(followed);
    const restartedMs = clock.monotonicMs();
    await consul.restart('kept');
    const isConfirmed = (): boolean => (followed.last()?.confirmedMs ?? 0) > restartedMs;
    await until('all of it was read for sure', isConfirmed, MENDED_WITHIN_MS);
    expect(followed.last()?.services.size).toBeGreaterThanOrEqual(SERVICES);
    // Hundreds of queries were cut off.
    expect(followed.outages.length).toBeLessThan(SERVICES);
    await register('service-7', { port: 87 });
    await until('a change after that', () => followed.instances('service-7')[0]?.port === 87);
  });

  it('notices that the agent is stopped, and goes on when it is not', async () => {
    const followed = follow();
    await whole(followed);
    await consul.pause();
    try {
      await until('it is noticed', () => followed.outages.length > 0, 25_000);
    } finally {
      await consul.unpause();
    }
    await register('service-8', { port: 88 });
    await until('a change after that', () => followed.instances('service-8')[0]?.port === 88, MENDED_WITHIN_MS);
  });

  it('is refused where we do not know its authority, and read once we do', async () => {
    const path = write('changing-ca.pem', theirs.cert);
    const followed = follow(endpoint({ CONSUL_CACERT: path }));
    await until('it is refused', () => followed.outages.length > 0);
    expect(followed.outages[0]).toMatchObject({
      code: 'CONSUL_UNREACHABLE',
      hint: "Set CONSUL_CACERT to the certificate of the authority that signed the agent's.",
    });
    write('changing-ca.pem', ours.cert);
    await whole(followed);
  });

  it('is refused with a certificate that has expired, and read with the next', async () => {
    serve(ours.issue({ days: [-2, -1] }));
    await consul.restart('kept');
    const followed = follow();
    await until('it is refused', () => followed.outages.length > 0);
    expect(followed.outages[0]).toMatchObject({ hint: "The agent's certificate has expired." });
    serve(ours.issue());
    await consul.restart('kept');
    await whole(followed);
  });
});

describe('the catalog behind a proxy that speaks HTTP/1.1 only', () => {
  let proxy: Server;
  afterEach(() => proxy.close());

  it('is followed as without TLS', async () => {
    const { cert, key } = ours.issue();
    proxy = createTlsServer({ cert, key, ALPNProtocols: ['http/1.1'] }, (client) => {
      const agent = connect(consul.port, '127.0.0.1');
      client.pipe(agent).pipe(client);
      client.on('error', () => agent.destroy()).on('close', () => agent.destroy());
      agent.on('error', () => client.destroy()).on('close', () => client.destroy());
    });
    const { promise, resolve } = Promise.withResolvers<void>();
    proxy.listen(0, '127.0.0.1', resolve);
    await promise;
    const { port } = proxy.address() as AddressInfo;
    const followed = follow(endpoint({}, port));
    await whole(followed);
    await register('service-9', { port: 89 });
    await until('a change', () => followed.instances('service-9')[0]?.port === 89);
    expect(connectionsTo(port, process.pid)).toBeLessThanOrEqual(11);
    expect(followed.outages).toEqual([]);
  });
});
