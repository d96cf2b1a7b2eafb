import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ConsulRequest } from '../../../../src/adapters/consul/client.ts';
import type { ConsulEndpoint } from '../../../../src/adapters/consul/endpoint.ts';
import { createMultiplexedClient, type MultiplexedClient } from '../../../../src/adapters/consul/multiplexed-client.ts';
import { createAuthority } from '../../../support/certificates.ts';
import { createFakeClock, type FakeClock } from '../../../support/fake-clock.ts';
import { startFaultProxy } from '../../../support/fault-proxy.ts';
import { answerStream, createH2Stub, type H2Request, type H2Stub } from '../../../support/h2-stub.ts';
import { createHttpStub } from '../../../support/http-stub.ts';
import { until } from '../../../support/until.ts';

const { signal } = new AbortController();
const READ: ConsulRequest = { method: 'GET', path: '/health/service/{name}', params: { name: 'web' } };
const HELD: ConsulRequest = { ...READ, query: { index: '7', wait: '60s' }, deadlineMs: 69_200 };

let clock: FakeClock;
let stub: H2Stub;
let client: MultiplexedClient;
const stubs: H2Stub[] = [];

beforeEach(async () => {
  clock = createFakeClock();
  await start();
});

afterEach(async () => {
  client.close();
  await Promise.all(stubs.splice(0).map((one) => one.close()));
});

async function start(options: Parameters<typeof createH2Stub>[0] = {}, over: Partial<ConsulEndpoint> = {}) {
  stub = await createH2Stub(options);
  stubs.push(stub);
  client?.close();
  client = connectTo({ ...stub.endpoint, ...over });
}

function connectTo(endpoint: ConsulEndpoint): MultiplexedClient {
  return createMultiplexedClient({ endpoint, clock, random: () => 0.5, maxSockets: 3 });
}

/** Begins so many requests that the agent holds; resolves when it has all of them. */
async function hold(
  count: number,
  end: AbortSignal = signal,
): Promise<{ readonly answers: readonly Promise<unknown>[] }> {
  const all = stub.requests.length + count;
  const held = Array.from({ length: count }, () => client.request(HELD, end));
  // Those that are cut off at the end of a spec are nobody's.
  for (const one of held) one.catch(() => undefined);
  await until('the agent holds them', () => stub.requests.length === all);
  return { answers: held };
}

const isHeld = ({ path }: H2Request): boolean => path.includes('index=');
const onlyReads = (request: H2Request) => (isHeld(request) ? undefined : { json: [] });

describe('a client of an agent that offers HTTP/2', () => {
  it('gives an answer as Consul sent it', async () => {
    stub.answer = () => ({ json: [{ Flags: 12_345_678_901_234 }], index: 42 });
    const { body, headers } = await client.request(READ, signal);
    expect({ body, index: headers['x-consul-index'] }).toEqual({ body: [{ Flags: 12_345_678_901_234 }], index: '42' });
  });

  it('asks for the path with its parts, namespace, partition and query, all of them encoded', async () => {
    client.close();
    client = connectTo({ ...stub.endpoint, namespace: 'a b', partition: 'p' });
    await client.request(
      { ...READ, params: { name: 'ü/?' }, query: { filter: 'Status != "passing"', stale: '' } },
      signal,
    );
    expect(stub.requests.map(({ path }) => path)).toEqual([
      '/v1/health/service/%C3%BC%2F%3F?ns=a%20b&partition=p&filter=Status%20!%3D%20%22passing%22&stale=',
    ]);
  });

  it('sends the token of the moment with each request', async () => {
    let token = 'first';
    client.close();
    client = connectTo({ ...stub.endpoint, token: () => token });
    await client.request(READ, signal);
    token = 'second';
    await client.request(READ, signal);
    expect(stub.requests.map((request) => request.token)).toEqual(['first', 'second']);
    expect(stub.connections()).toBe(1);
  });

  it('knows what can be held once it has connected, and tells', async () => {
    const told: number[] = [];
    client.watchHeld(() => told.push(client.heldQueries()));
    expect(client.heldQueries()).toBe(0);
    await client.request(READ, signal);
    await client.request(READ, signal);
    expect(told).toEqual([720]);
  });

  it('opens a connection only when those that stand are full, but for some room for reads', async () => {
    await start({ maxStreams: 20 });
    stub.answer = onlyReads;
    await hold(20);
    expect(stub.requests.map(({ connection }) => connection)).toEqual([...Array(10).fill(1), ...Array(10).fill(2)]);
    await client.request(READ, signal);
    expect(stub.requests.at(-1)?.connection).toBe(1);
    expect(client.heldQueries()).toBe(30);
  });

  it('never opens more connections than it may, and never asks for more than the agent takes', async () => {
    await start({ maxStreams: 4 });
    stub.answer = onlyReads;
    await hold(12);
    expect(stub.sessions).toHaveLength(3);
    await expect(client.request(HELD, signal)).rejects.toThrow('all connections are in full use');
  });

  it('begins 32 reads at a time, those of the whole catalog first', async () => {
    stub.answer = () => undefined;
    const reads = Array.from({ length: 40 }, () => client.request(READ, signal));
    const listing = client.request({ method: 'GET', path: '/catalog/services' }, signal);
    for (const read of [...reads, listing]) read.catch(() => undefined);
    await until('the first are there', () => stub.requests.length === 32);
    const [first] = stub.requests;
    if (first?.stream !== undefined) answerStream(first.stream, { json: [] });
    await until('the next is there', () => stub.requests.length === 33);
    expect(stub.requests.at(-1)?.path).toBe('/v1/catalog/services');
  });

  it.each([
    {
      rule: 'a refusal with its reason',
      answer: { status: 500, text: 'No cluster leader' },
      error: { code: 'CONSUL_REFUSED', status: 500, hint: expect.stringContaining('no leader') },
    },
    {
      rule: 'a page for people',
      answer: { status: 502, text: '<html>' },
      error: {
        code: 'CONSUL_REFUSED',
        message: expect.stringContaining('answered 502 to GET /health/service/web: a web page'),
      },
    },
    { rule: 'what is no JSON', answer: { text: 'ok' }, error: { code: 'RESPONSE_INVALID' } },
    { rule: 'nothing for what must be', answer: { status: 404, text: '' }, error: { status: 404 } },
  ])('fails with $rule', async ({ answer, error }) => {
    stub.answer = () => answer;
    await expect(client.request(READ, signal)).rejects.toMatchObject(error);
  });

  it('takes a 404 for an answer where there may be nothing', async () => {
    stub.answer = () => ({ status: 404, text: '' });
    expect((await client.request({ ...READ, mayBeAbsent: true }, signal)).body).toBeUndefined();
  });

  it('fails with broken JSON', async () => {
    stub.answer = ({ stream }) => {
      stream?.respond({ ':status': 200, 'content-type': 'application/json' });
      stream?.end('{"a":');
      return undefined;
    };
    await expect(client.request(READ, signal)).rejects.toMatchObject({
      code: 'RESPONSE_INVALID',
      message: expect.stringContaining('with broken JSON'),
    });
  });

  it('fails an answer that breaks off', async () => {
    stub.answer = ({ stream }) => {
      stream?.respond({ ':status': 200, 'content-type': 'application/json' });
      stream?.write('[');
      setImmediate(() => stream?.session?.destroy());
      return undefined;
    };
    await expect(client.request(READ, signal)).rejects.toMatchObject({ code: 'CONSUL_UNREACHABLE' });
  });

  it('fails an answer that never ends', async () => {
    stub.answer = ({ stream }) => {
      stream?.respond({ ':status': 200, 'content-type': 'application/json' });
      const chunk = Buffer.alloc(1024 * 1024, ' ');
      const more = (): void => {
        if (stream === undefined || stream.destroyed) return;
        stream.write(chunk, () => setImmediate(more));
      };
      more();
      return undefined;
    };
    await expect(client.request(READ, signal)).rejects.toThrow('the answer is longer than 67108864 bytes');
  });

  it('fails a request at its deadline, and the others go on', async () => {
    stub.answer = () => undefined;
    const [late, held] = [client.request(READ, signal), client.request(HELD, signal)];
    held.catch(() => undefined);
    await until('both are there', () => stub.requests.length === 2);
    const failed = expect(late).rejects.toMatchObject({
      code: 'CONSUL_UNREACHABLE',
      message: expect.stringContaining('nothing within 10000 ms'),
    });
    await clock.advance(10_000);
    await failed;
    const { stream } = stub.requests.find(isHeld) ?? {};
    if (stream !== undefined) answerStream(stream, { json: ['news'] });
    expect((await held).body).toEqual(['news']);
  });

  it('counts what was given up until the agent has ended it too', async () => {
    await start({ maxStreams: 4 });
    stub.answer = onlyReads;
    const stop = new AbortController();
    await hold(1);
    const [given] = (await hold(1, stop.signal)).answers;
    stop.abort(new Error('not wanted any more'));
    await expect(given).rejects.toThrow('not wanted any more');
    await hold(1);
    expect(stub.requests.at(-1)?.connection).toBe(2);
    await clock.advance(69_200);
    await hold(1);
    expect(stub.requests.at(-1)?.connection).toBe(1);
  });

  it('ends a connection on which nothing is wanted any more', async () => {
    stub.answer = onlyReads;
    const stop = new AbortController();
    await hold(2, stop.signal);
    stop.abort();
    await until('it has ended', () => stub.sessions.length === 0);
  });

  it('begins nothing on a connection that it has just ended', async () => {
    stub.answer = onlyReads;
    const stop = new AbortController();
    const { answers } = await hold(2, stop.signal);
    stop.abort(new Error('not wanted any more'));
    const next = answers.map(async (one) => await one.catch(async () => await client.request(READ, signal)));
    expect(await Promise.all(next)).toMatchObject([{ body: [] }, { body: [] }]);
  });

  it('leaves a connection on which most was given up', async () => {
    await start({ maxStreams: 20 });
    stub.answer = onlyReads;
    const stop = new AbortController();
    const { answers } = await hold(6, stop.signal);
    const [kept] = (await hold(1)).answers;
    stop.abort(new Error('not wanted any more'));
    await Promise.allSettled(answers);
    await client.request(READ, signal);
    expect(stub.requests.at(-1)?.connection).toBe(2);
    const { stream } = stub.requests[6] ?? {};
    if (stream !== undefined) answerStream(stream, { json: ['in peace'] });
    expect(await kept).toMatchObject({ body: ['in peace'] });
  });

  it('fails what a lost connection carried, and opens another for the next', async () => {
    stub.answer = onlyReads;
    const { answers } = await hold(3);
    stub.cut();
    for (const one of answers) await expect(one).rejects.toMatchObject({ code: 'CONSUL_UNREACHABLE' });
    await client.request(READ, signal);
    expect(stub.connections()).toBe(2);
  });

  it('lets a connection end in peace when the agent takes nothing new on it', async () => {
    stub.answer = onlyReads;
    const [held] = (await hold(1)).answers;
    stub.sessions[0]?.goaway(0);
    await until('the next goes elsewhere', async () => {
      await client.request(READ, signal);
      return stub.requests.at(-1)?.connection === 2;
    });
    const { stream } = stub.requests[0] ?? {};
    if (stream !== undefined) answerStream(stream, { json: ['late'] });
    expect(await held).toMatchObject({ body: ['late'] });
  });

  it('ends a connection to an agent that does not answer a ping within 5 s', async () => {
    const { port } = stub.endpoint.place as { readonly port: number };
    const proxy = await startFaultProxy({ target: { port } });
    client.close();
    client = connectTo({ ...stub.endpoint, place: { kind: 'tcp', host: '127.0.0.1', port: proxy.port, isTls: true } });
    stub.answer = onlyReads;
    const [held] = (await hold(1)).answers;
    await proxy.setFaults({ connections: 'silence' });
    const failed = expect(held).rejects.toThrow('no answer to a ping within 5000 ms');
    await clock.advance(15_000);
    await failed;
    await proxy.close();
  });

  it('tells nothing of an agent that cannot be reached but that, and tries again after a pause', async () => {
    await stub.close();
    await expect(client.request(READ, signal)).rejects.toMatchObject({
      code: 'CONSUL_UNREACHABLE',
      message: expect.stringContaining('ECONNREFUSED'),
    });
    let isOver = false;
    const next = client.request(READ, signal).finally(() => {
      isOver = true;
    });
    next.catch(() => undefined);
    await clock.advance(74);
    expect(isOver).toBe(false);
    await clock.advance(1);
    await expect(next).rejects.toThrow('ECONNREFUSED');
  });

  it('does not trust an agent of another authority', async () => {
    client.close();
    const other = { ca: createAuthority().cert, verify: true };
    client = connectTo({ ...stub.endpoint, tls: () => other });
    await expect(client.request(READ, signal)).rejects.toMatchObject({
      code: 'CONSUL_UNREACHABLE',
      hint: expect.stringContaining('CONSUL_CACERT'),
    });
    expect(stub.requests).toEqual([]);
  });
});

describe('a client of an agent without HTTP/2', () => {
  it('speaks HTTP/1.1 with it', async () => {
    await start({ isPlain: true });
    await client.request(READ, signal);
    expect(stub.requests.map(({ path, connection }) => [path, connection])).toEqual([['/v1/health/service/web', 0]]);
    expect(client.heldQueries()).toBe(0);
  });

  it('asks about HTTP/2 again when a connection has ended', async () => {
    await start({ isPlain: true });
    await client.request(READ, signal);
    const { port } = stub.endpoint.place as { readonly port: number };
    await stub.close();
    stub = await createH2Stub({ port });
    stubs.push(stub);
    const told: number[] = [];
    client.watchHeld(() => told.push(client.heldQueries()));
    await until('it speaks HTTP/1.1', () =>
      client.request(READ, signal).then(
        () => true,
        () => false,
      ),
    );
    stub.cut();
    await clock.advance(10_000);
    await until('it speaks HTTP/2', async () => {
      await client.request(READ, signal).catch(() => undefined);
      return told.length > 0;
    });
    expect(told).toEqual([720]);
  });

  it('goes back to HTTP/1.1 when that is all that is left', async () => {
    await client.request(READ, signal);
    const { port } = stub.endpoint.place as { readonly port: number };
    await stub.close();
    stub = await createH2Stub({ port, isPlain: true });
    stubs.push(stub);
    await until('it answers', async () =>
      client.request(READ, signal).then(
        () => true,
        () => false,
      ),
    );
    expect(stub.requests.map(({ connection }) => connection)).toEqual([0]);
    expect(client.heldQueries()).toBe(0);
  });

  it('never asks where TLS is not spoken', async () => {
    const http = await createHttpStub();
    client.close();
    client = connectTo(http.endpoint);
    await client.request(READ, signal);
    expect([http.requests.length, client.heldQueries()]).toEqual([1, 0]);
    await http.close();
  });
});
