import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { registrationBody } from '../../../../src/adapters/consul/registration-body.ts';
import { createConsulRegistry } from '../../../../src/adapters/consul/service-registry.ts';
import type { ServiceRegistry } from '../../../../src/registration/contracts.ts';
import { createFakeClock, settle } from '../../../support/fake-clock.ts';
import { createHttpStub, type HttpStub } from '../../../support/http-stub.ts';
import { aRegistration, RUNNING } from '../../../support/registrations.ts';

const { signal } = new AbortController();
const clock = createFakeClock();

let stub: HttpStub;
let registry: ServiceRegistry;

beforeEach(async () => {
  stub = await createHttpStub();
  registry = createConsulRegistry(stub.endpoint, clock);
});

afterEach(() => stub.close());

const sent = () =>
  stub.requests.map(({ method, path, body }) => ({ method, path, ...(body !== '' && { body: JSON.parse(body) }) }));

describe('the registry of Consul', () => {
  it('registers with all checks, and without those of before', async () => {
    const registration = aRegistration();
    await registry.register(registration, signal);
    expect(sent()).toEqual([
      {
        method: 'PUT',
        path: '/v1/agent/service/register?replace-existing-checks=true',
        body: registrationBody(registration),
      },
    ]);
  });

  it('deregisters by an ID of any characters', async () => {
    await registry.deregister('host a:web/1:80', signal);
    expect(sent()).toEqual([{ method: 'PUT', path: '/v1/agent/service/deregister/host%20a%3Aweb%2F1%3A80' }]);
  });

  it('writes three at a time', async () => {
    const gate = Promise.withResolvers<undefined>();
    stub.answer = () => gate.promise.then(() => ({ json: {} }));
    const writes = Array.from({ length: 5 }, (_, i) => registry.deregister(`s${i}`, signal));
    await stub.received(3);
    await settle();
    expect(stub.requests).toHaveLength(3);
    gate.resolve(undefined);
    await Promise.all(writes);
    expect(stub.requests).toHaveLength(5);
  });

  it.each([
    { call: 'a write', ms: 10_000, send: (i: number) => registry.deregister(`s${i}`, signal) },
    { call: 'a report', ms: 20_000, send: (i: number) => registry.report(`c${i}`, RUNNING, signal) },
  ])('gives $call $ms ms from when it is sent, not from when it was asked for', async ({ ms, send }) => {
    stub.answer = () => undefined;
    const outcomes: string[] = [];
    for (let i = 0; i < 4; i++) send(i).then(undefined, () => outcomes.push(`cut ${i}`));
    await stub.received(3);
    await clock.advance(ms);
    expect(outcomes).toEqual(['cut 0', 'cut 1', 'cut 2']);
    await stub.received(4);
    await clock.advance(ms - 1);
    expect(outcomes).toHaveLength(3);
    await clock.advance(1);
    expect(outcomes).toEqual(['cut 0', 'cut 1', 'cut 2', 'cut 3']);
  });

  it.each(['services', 'checks'] as const)('takes null for no %s', async (method) => {
    stub.answer = () => ({ json: null });
    expect(await registry[method](signal)).toEqual(new Map());
  });

  it('reads the services of the agent', async () => {
    stub.answer = () => ({
      json: {
        a: {
          ID: 'a',
          Service: 'web',
          Address: '192.0.2.7',
          Port: 80,
          Tags: ['x'],
          Meta: { k: 'v' },
          EnableTagOverride: true,
          Weights: { Passing: 5, Warning: 2 },
        },
        b: { ID: 'b', Service: 'api', Tags: null },
      },
    });
    expect(await registry.services(signal)).toEqual(
      new Map([
        [
          'a',
          {
            id: 'a',
            name: 'web',
            address: '192.0.2.7',
            port: 80,
            tags: ['x'],
            meta: { k: 'v' },
            enableTagOverride: true,
            weights: { passing: 5, warning: 2 },
          },
        ],
        [
          'b',
          {
            id: 'b',
            name: 'api',
            address: '',
            port: 0,
            tags: [],
            meta: {},
            enableTagOverride: false,
            weights: { passing: 1, warning: 1 },
          },
        ],
      ]),
    );
    expect(sent()).toEqual([{ method: 'GET', path: '/v1/agent/services' }]);
  });

  it('reads the checks of the agent', async () => {
    stub.answer = () => ({
      json: {
        a: { CheckID: 'a', ServiceID: 'web-1', Status: 'warning', Output: 'slow', Name: 'A', Notes: 'n' },
        b: { CheckID: 'b', Status: 'unheard-of' },
      },
    });
    expect(await registry.checks(signal)).toEqual(
      new Map([
        ['a', { id: 'a', serviceId: 'web-1', status: 'warning', output: 'slow', notes: 'n' }],
        ['b', { id: 'b', serviceId: '', status: 'critical', output: '', notes: '' }],
      ]),
    );
    expect(sent()).toEqual([{ method: 'GET', path: '/v1/agent/checks' }]);
  });

  it.each([
    { json: { Member: { Addr: '192.0.2.7' } }, address: '192.0.2.7' },
    { json: { Member: { Addr: '' } }, address: undefined },
    { json: { Member: null }, address: undefined },
    { json: {}, address: undefined },
  ])('knows from $json the address $address', async ({ json, address }) => {
    stub.answer = () => ({ json });
    expect(await registry.advertisedAddress(signal)).toBe(address);
    expect(sent()).toEqual([{ method: 'GET', path: '/v1/agent/self' }]);
  });

  it.each([
    { method: 'services' as const, path: '/agent/services', json: { a: {} } },
    { method: 'checks' as const, path: '/agent/checks', json: 'text' },
    { method: 'advertisedAddress' as const, path: '/agent/self', json: [] },
  ])('refuses an answer to $method that is not what it should be', async ({ method, path, json }) => {
    stub.answer = () => ({ json });
    await expect(registry[method](signal)).rejects.toMatchObject({
      code: 'RESPONSE_INVALID',
      message: expect.stringContaining(`Consul's answer to ${path} is not what it should be: `),
    });
  });

  it.each(['services', 'checks', 'advertisedAddress'] as const)('passes on that %s is refused', async (method) => {
    stub.answer = () => ({ status: 500, text: 'No cluster leader' });
    await expect(registry[method](signal)).rejects.toMatchObject({ code: 'CONSUL_REFUSED', status: 500 });
  });
});
