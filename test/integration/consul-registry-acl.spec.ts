import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createConsulRegistry } from '../../src/adapters/consul/service-registry.ts';
import { consulSettings } from '../../src/config/consul-environment.ts';
import { systemClock } from '../../src/lib/clock.ts';
import type { ServiceRegistry } from '../../src/registration/contracts.ts';
import { type ConsulServer, startConsulServer } from '../support/consul-server.ts';
import { createRecordingLog } from '../support/recording-log.ts';
import { aRegistration, RUNNING } from '../support/registrations.ts';
import { until } from '../support/until.ts';

const { signal } = new AbortController();
const registration = aRegistration();
const { id } = registration.service;
const sources = 'CONSUL_HTTP_TOKEN or CONSUL_HTTP_TOKEN_FILE';

/** What a registrar needs, and no more. */
const REGISTRAR_RULES =
  'service_prefix "" { policy = "write" } node_prefix "" { policy = "read" } agent_prefix "" { policy = "read" }';
const READER_RULES = 'service_prefix "" { policy = "read" } node_prefix "" { policy = "read" }';

let consul: ConsulServer;
let root: string;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'portolan-acl-'));
  consul = await startConsulServer({ config: 'acl {\nenabled = true\ndefault_policy = "deny"\n}' });
  root = await until('the first token', async () => {
    const { status, answer } = await consul.ask('PUT', '/acl/bootstrap');
    return status === 200 && (answer as { SecretID: string }).SecretID;
  });
});

afterAll(async () => {
  await consul?.stop();
  rmSync(folder, { recursive: true, force: true });
});

interface Token {
  readonly AccessorID: string;
  readonly SecretID: string;
}

async function createToken(name: string, Rules: string): Promise<Token> {
  await consul.ask('PUT', '/acl/policy', { Name: name, Rules }, root);
  const { answer } = await consul.ask('PUT', '/acl/token', { Policies: [{ Name: name }] }, root);
  return answer as Token;
}

function registryFor(environment: Record<string, string>, log = createRecordingLog()): ServiceRegistry {
  const { isTls: _, ...access } = consulSettings(environment, log);
  return createConsulRegistry({ ...consul.endpoint, ...access }, systemClock, log);
}

describe('a Consul that denies by default', () => {
  it('takes what a token with the least rights is for, from a variable', async () => {
    const { SecretID } = await createToken('registrar', REGISTRAR_RULES);
    const registry = registryFor({ CONSUL_HTTP_TOKEN: SecretID });
    await registry.register(registration, signal);
    expect(await registry.report(`${id}:container`, RUNNING, signal)).toBe('reported');
    expect([...(await registry.services(signal)).keys()]).toEqual([id]);
    expect([...(await registry.checks(signal)).keys()]).toEqual([`${id}:container`]);
    expect(await registry.advertisedAddress(signal)).toBe('127.0.0.1');
    await registry.deregister(id, signal);
  });

  it('refuses what a token may not, and the error names the right', async () => {
    const { SecretID } = await createToken('reader', READER_RULES);
    const registry = registryFor({ CONSUL_HTTP_TOKEN: SecretID });
    expect(await registry.services(signal)).toEqual(new Map());
    await expect(registry.register(registration, signal)).rejects.toMatchObject({
      code: 'CONSUL_REFUSED',
      status: 403,
      hint: expect.stringMatching(
        /^The ACL token lacks the right service:write.*: add it to a policy of the token, or set/,
      ),
    });
    await expect(registry.advertisedAddress(signal)).rejects.toMatchObject({
      status: 403,
      hint: expect.stringMatching(/^The ACL token lacks the right agent:read/),
    });
  });

  it('says nothing to those without a token, and takes nothing from them', async () => {
    const registry = registryFor({});
    expect(await registry.services(signal)).toEqual(new Map());
    await expect(registry.register(registration, signal)).rejects.toMatchObject({
      code: 'CONSUL_REFUSED',
      status: 403,
      hint: expect.stringMatching(`^The request had no ACL token: set ${sources} to one with the right service:write`),
    });
  });

  it('does not know a token that was deleted, and is used again with the next one in the file', async () => {
    const path = join(folder, 'token');
    const log = createRecordingLog();
    const registry = registryFor({ CONSUL_HTTP_TOKEN_FILE: path }, log);
    expect(await registry.services(signal)).toEqual(new Map());
    expect(log.messages()).toEqual(['cannot read the ACL token; looking again with each request']);

    const first = await createToken('first', REGISTRAR_RULES);
    writeFileSync(path, `${first.SecretID}\n`);
    await registry.register(registration, signal);

    await consul.ask('DELETE', `/acl/token/${first.AccessorID}`, undefined, root);
    await expect(registry.services(signal)).rejects.toMatchObject({
      code: 'CONSUL_REFUSED',
      status: 403,
      hint: `Consul does not know the ACL token, it may have been deleted: set ${sources} to another.`,
    });

    const second = await createToken('second', REGISTRAR_RULES);
    writeFileSync(path, `${second.SecretID}\n`);
    expect([...(await registry.services(signal)).keys()]).toEqual([id]);
    await registry.deregister(id, signal);
  });
});
