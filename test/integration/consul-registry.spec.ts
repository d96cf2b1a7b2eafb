import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ConsulEndpoint } from '../../src/adapters/consul/endpoint.ts';
import { createConsulRegistry } from '../../src/adapters/consul/service-registry.ts';
import { consulSettings } from '../../src/config/consul-environment.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { createAuthority } from '../support/certificates.ts';
import { type ConsulServer, startConsulServer } from '../support/consul-server.ts';
import { createHurriedClock } from '../support/hurried-clock.ts';
import { aRegistration, RUNNING } from '../support/registrations.ts';

const { signal } = new AbortController();
const registration = aRegistration();
const { id } = registration.service;
const checkId = `${id}:container`;

const ours = createAuthority('Ours');
const theirs = createAuthority('Theirs');
const agentName = 'server.dc1.consul';
const server = ours.issue({ names: [agentName, '127.0.0.1'] });

let folder: string;
let consul: ConsulServer;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'portolan-consul-'));
  // The agent may run as a user of its own.
  chmodSync(folder, 0o777);
  consul = await startConsulServer({
    folder,
    files: { '/tls/ca.pem': ours.cert, '/tls/cert.pem': server.cert, '/tls/key.pem': server.key },
    config: `
      addresses { http = "127.0.0.1 unix://${folder}/consul.sock" }
      unix_sockets { mode = "777" }
      ca_file = "/tls/ca.pem"
      cert_file = "/tls/cert.pem"
      key_file = "/tls/key.pem"
      verify_incoming_https = true`,
  });
});

afterAll(async () => {
  await consul?.stop();
  rmSync(folder, { recursive: true, force: true });
});

afterEach(async () => {
  await consul.ask('PUT', `/agent/service/deregister/${id}`);
});

/** Everything that a registrar does with an agent. */
async function useAll(endpoint: ConsulEndpoint): Promise<void> {
  const registry = createConsulRegistry(endpoint, systemClock);
  await registry.register(registration, signal);
  expect(await registry.report(checkId, RUNNING, signal)).toBe('reported');
  expect((await registry.services(signal)).get(id)).toMatchObject({ name: 'web', port: 32_080 });
  expect((await registry.checks(signal)).get(checkId)).toMatchObject({ status: 'passing', output: 'running' });
  expect(await registry.advertisedAddress(signal)).toBe('127.0.0.1');
  await registry.deregister(id, signal);
  expect((await registry.services(signal)).has(id)).toBe(false);
}

describe('a Consul at a socket of the file system', () => {
  it('is used like any other', async () => {
    const path = join(folder, 'consul.sock');
    await useAll({ ...consul.endpoint, name: `consul-unix://${path}`, place: { kind: 'unix', path } });
  });
});

describe('a Consul that demands certificates', () => {
  const write = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };

  /** The endpoint as the environment of a user has it. */
  function secureEndpoint(
    files: { ca?: string; cert?: string; key?: string },
    more: Record<string, string> = {},
  ): ConsulEndpoint {
    const environment = {
      ...(files.ca && { CONSUL_CACERT: write('ca.pem', files.ca) }),
      ...(files.cert && { CONSUL_CLIENT_CERT: write('cert.pem', files.cert) }),
      ...(files.key && { CONSUL_CLIENT_KEY: write('key.pem', files.key) }),
      ...more,
    };
    const { isTls: _, ...access } = consulSettings(environment);
    const place = { kind: 'tcp', host: '127.0.0.1', port: consul.httpsPort, isTls: true } as const;
    return { name: `consul-tls://127.0.0.1:${consul.httpsPort}`, place, ...access };
  }
  const services = async (endpoint: ConsulEndpoint) =>
    await createConsulRegistry(endpoint, systemClock).services(signal);

  it('is used with the right ones', async () => {
    await useAll(secureEndpoint({ ca: ours.cert, ...ours.issue() }));
    await useAll(secureEndpoint({ ca: ours.cert, ...ours.issue() }, { CONSUL_TLS_SERVER_NAME: agentName }));
  });

  const client = ours.issue();
  it.each([
    {
      rule: 'whose authority we do not know',
      files: { ca: theirs.cert, ...client },
      more: {},
      message: /unable to verify|self.signed/i,
      hint: "Set CONSUL_CACERT to the certificate of the authority that signed the agent's.",
    },
    {
      rule: 'that is none of the usual authorities',
      files: client,
      more: {},
      message: /unable to verify|self.signed/i,
      hint: "Set CONSUL_CACERT to the certificate of the authority that signed the agent's.",
    },
    {
      rule: 'of another name',
      files: { ca: ours.cert, ...client },
      more: { CONSUL_TLS_SERVER_NAME: 'server.dc2.consul' },
      message: /server\.dc2\.consul/,
      hint: "Set CONSUL_TLS_SERVER_NAME to a name in the agent's certificate.",
    },
    {
      rule: 'when we have no certificate',
      files: { ca: ours.cert },
      more: {},
      message: /certificate|alert/i,
      hint: 'The agent refuses our certificate: set CONSUL_CLIENT_CERT and CONSUL_CLIENT_KEY to ones of its authority.',
    },
    {
      rule: 'when ours is of another authority',
      files: { ca: ours.cert, ...theirs.issue() },
      more: {},
      message: /certificate|alert/i,
      hint: 'The agent refuses our certificate: set CONSUL_CLIENT_CERT and CONSUL_CLIENT_KEY to ones of its authority.',
    },
    {
      rule: 'when ours has expired',
      files: { ca: ours.cert, ...ours.issue({ days: [-2, -1] }) },
      more: {},
      message: /certificate|alert/i,
      hint: 'The agent refuses our certificate: set CONSUL_CLIENT_CERT and CONSUL_CLIENT_KEY to ones of its authority.',
    },
  ])('is not used $rule', async ({ files, more, message, hint }) => {
    await expect(services(secureEndpoint(files, more))).rejects.toMatchObject({
      code: 'CONSUL_UNREACHABLE',
      message: expect.stringMatching(message),
      hint,
    });
  });

  it('is used without looking at its certificate, when told so', async () => {
    const endpoint = secureEndpoint({ ca: theirs.cert, ...client }, { CONSUL_HTTP_SSL_VERIFY: 'false' });
    expect(await services(endpoint)).toEqual(new Map());
  });

  it('gets new certificates without a restart', async () => {
    const registry = createConsulRegistry(secureEndpoint({ ca: ours.cert, ...theirs.issue() }), systemClock);
    await expect(registry.services(signal)).rejects.toMatchObject({ code: 'CONSUL_UNREACHABLE' });
    const { cert, key } = ours.issue();
    write('cert.pem', cert);
    write('key.pem', key);
    expect(await registry.services(signal)).toEqual(new Map());
  });

  it('says that it speaks TLS, and one that does not says that too', async () => {
    const place = { kind: 'tcp', host: '127.0.0.1' } as const;
    const plain = { ...consul.endpoint, place: { ...place, port: consul.httpsPort, isTls: false } };
    await expect(services(plain)).rejects.toMatchObject({ hint: 'That port speaks TLS: use consul-tls://.' });
    const secure = secureEndpoint({ ca: ours.cert });
    await expect(services({ ...secure, place: { ...place, port: consul.port, isTls: true } })).rejects.toMatchObject({
      hint: expect.stringContaining('That port does not speak TLS'),
    });
  });
});

describe('a Consul that is stopped in the middle', () => {
  it('is noticed by the deadline of a call, and used again when it goes on', async () => {
    const registry = createConsulRegistry(consul.endpoint, createHurriedClock(10));
    await registry.register(registration, signal);
    await registry.report(checkId, RUNNING, signal);
    await consul.pause();
    const calls = [
      registry.services(signal),
      registry.deregister('other', signal),
      registry.report(checkId, RUNNING, signal),
    ];
    const [read, write, report] = await Promise.allSettled(calls);
    await consul.unpause();
    for (const [outcome, ms] of [
      [read, 10_000],
      [write, 10_000],
      [report, 20_000],
    ] as const) {
      expect(outcome).toMatchObject({
        status: 'rejected',
        reason: { code: 'CONSUL_UNREACHABLE', message: expect.stringContaining(`nothing within ${ms} ms`) },
      });
    }
    expect((await registry.services(signal)).has(id)).toBe(true);
    expect(await registry.report(checkId, RUNNING, signal)).toBe('reported');
  });
});

describe('a Consul that is started again', () => {
  it('knows what it knew when it kept its data, and says that it does not when it lost them', async () => {
    const registry = createConsulRegistry(consul.endpoint, systemClock);
    const ended: string[] = [];
    registry.watchConnection(() => ended.push('the connection ended'), signal);
    await registry.register(registration, signal);
    expect(await registry.report(checkId, RUNNING, signal)).toBe('reported');
    expect(ended).toEqual([]);

    await consul.restart('kept');
    expect(ended).toEqual(['the connection ended']);
    expect(await registry.report(checkId, RUNNING, signal)).toBe('reported');

    await consul.restart('lost');
    expect(await registry.report(checkId, RUNNING, signal)).toBe('unknown');
    expect((await registry.services(signal)).has(id)).toBe(false);
    await registry.register(registration, signal);
    expect(await registry.report(checkId, RUNNING, signal)).toBe('reported');
  });
});
