import type { Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createConsulRegistry } from '../../../../src/adapters/consul/service-registry.ts';
import type { ServiceRegistry } from '../../../../src/registration/contracts.ts';
import { createFakeClock, settle } from '../../../support/fake-clock.ts';
import { createHttpStub, type HttpStub } from '../../../support/http-stub.ts';
import { until } from '../../../support/until.ts';

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

describe('the reports to the registry of Consul', () => {
  const report = () => registry.report('web-1:container', { status: 'critical', output: 'paused' }, signal);

  it('say what the check says', async () => {
    expect(await report()).toBe('reported');
    expect(sent()).toEqual([
      {
        method: 'PUT',
        path: '/v1/agent/check/update/web-1%3Acontainer',
        body: { Status: 'critical', Output: 'paused' },
      },
    ]);
  });

  it.each([
    { status: 500, text: 'CheckID "x" does not have associated TTL' },
    { status: 404, text: 'Unknown check ID "x". Ensure that the check ID is passed, not the check name.' },
    { status: 404, text: 'CheckID "x" does not have associated TTL' },
  ])('come back as unknown when Consul answers $status $text', async (answer) => {
    stub.answer = () => answer;
    expect(await report()).toBe('unknown');
  });

  it.each([
    { status: 500, text: 'No cluster leader' },
    { status: 404, text: 'page not found' },
    { status: 403, text: 'Permission denied' },
  ])('fail when Consul answers $status $text', async (answer) => {
    stub.answer = () => answer;
    await expect(report()).rejects.toMatchObject({ code: 'CONSUL_REFUSED', status: answer.status });
  });

  it('have 20 s: without a leader Consul takes 15', async () => {
    stub.answer = () => undefined;
    const outcome = expect(report()).rejects.toMatchObject({
      code: 'CONSUL_UNREACHABLE',
      message: expect.stringContaining('nothing within 20000 ms'),
    });
    await stub.received(1);
    await clock.advance(20_000);
    await outcome;
  });

  it('do not wait for the writes', async () => {
    stub.answer = ({ path }) => (path.includes('/check/update/') ? { json: {} } : undefined);
    const ending = new AbortController();
    const writes = Array.from({ length: 5 }, (_, i) => registry.deregister(`s${i}`, ending.signal).catch(() => 'cut'));
    await stub.received(3);
    expect(await report()).toBe('reported');
    ending.abort();
    expect(await Promise.all(writes)).toEqual(['cut', 'cut', 'cut', 'cut', 'cut']);
  });

  describe('and the end of connections', () => {
    let losses: number;
    let lost: PromiseWithResolvers<void>;
    let sockets: { readonly path: string; readonly socket: Socket | null }[];

    beforeEach(() => {
      losses = 0;
      sockets = [];
      stub.answer = ({ path }, { socket }) => {
        sockets.push({ path, socket });
        return { json: {} };
      };
      lost = Promise.withResolvers<void>();
      registry.watchConnection(() => {
        losses += 1;
        lost.resolve();
      }, signal);
    });

    it('tell when their own has ended', async () => {
      await report();
      stub.cut();
      await lost.promise;
      expect(losses).toBe(1);
    });

    it('tell once when all connections end together', async () => {
      await registry.services(signal);
      await report();
      stub.cut();
      await lost.promise;
      await settle();
      expect(losses).toBe(1);
    });

    it('leave that to any other connection as long as there was none', async () => {
      await registry.services(signal);
      stub.cut();
      await lost.promise;
      expect(losses).toBe(1);
    });

    it('do not let others tell more often than every 15 s', async () => {
      const told: number[] = [];
      for (const ms of [0, 14_999, 1]) {
        await clock.advance(ms);
        await registry.services(signal);
        stub.cut();
        await until('the connection has ended', async () => (await stub.connections()) === 0);
        await settle();
        told.push(losses);
      }
      expect(told).toEqual([1, 1, 2]);
    });

    it('do not count one that fails a call, which tells by itself', async () => {
      stub.answer = (_, response) => {
        response.socket?.destroy();
        return undefined;
      };
      await expect(registry.services(signal)).rejects.toThrow();
      await settle();
      expect(losses).toBe(0);
    });

    it('do not leave it to others once there was one', async () => {
      await registry.services(signal);
      await report();
      for (const { path, socket } of sockets) if (path.includes('/services')) socket?.destroy();
      await settle();
      expect(losses).toBe(0);
    });

    it('leave it to others again after theirs has ended', async () => {
      await report();
      stub.cut();
      await lost.promise;
      await clock.advance(15_000);
      await registry.services(signal);
      stub.cut();
      expect(await until('another loss', () => losses === 2)).toBe(true);
    });
  });

  it('tell nobody who no longer watches', async () => {
    const watching = new AbortController();
    let losses = 0;
    registry.watchConnection(() => {
      losses += 1;
    }, watching.signal);
    const seen = Promise.withResolvers<void>();
    registry.watchConnection(seen.resolve, signal);
    watching.abort();
    await report();
    stub.cut();
    await seen.promise;
    expect(losses).toBe(0);
  });
});
