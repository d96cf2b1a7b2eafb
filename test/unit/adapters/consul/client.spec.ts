import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type ConsulClient,
  type ConsulClientOptions,
  createConsulClient,
} from '../../../../src/adapters/consul/client.ts';
import { ConsulRefusal } from '../../../../src/adapters/consul/request-error.ts';
import { PortolanError } from '../../../../src/lib/errors.ts';
import { createFakeClock, type FakeClock, settle } from '../../../support/fake-clock.ts';
import { createHttpStub, type HttpStub } from '../../../support/http-stub.ts';
import { createTempFolder } from '../../../support/temp-folder.ts';
import { until } from '../../../support/until.ts';

const get = { method: 'GET', path: '/agent/self' } as const;

let clock: FakeClock;
let stub: HttpStub;
let client: ConsulClient;
let ending: AbortController;

beforeEach(async () => {
  clock = createFakeClock();
  stub = await createHttpStub();
  client = createClient();
  ending = new AbortController();
});

afterEach(async () => {
  client.close();
  await stub.close();
});

function createClient(over: Partial<ConsulClientOptions> = {}): ConsulClient {
  return createConsulClient({ endpoint: stub.endpoint, clock, maxSockets: 3, ...over });
}

const request = (what: Parameters<ConsulClient['request']>[0] = get) => client.request(what, ending.signal);

/** What it is rejected with. */
async function rejection(of: Promise<unknown>): Promise<unknown> {
  return await of.then(
    () => new Error('it was not rejected'),
    (error: unknown) => error,
  );
}

describe('a request to Consul', () => {
  it('gives the body and the headers of the answer', async () => {
    stub.answer = (_, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'x-consul-index': '7' });
      response.end('{"a":[1]}');
      return undefined;
    };
    const { body, headers } = await request();
    expect(body).toEqual({ a: [1] });
    expect(headers['x-consul-index']).toBe('7');
  });

  it('gives the body as it came where that is wanted, and says of a failure what it says else', async () => {
    stub.answer = (_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end('{"a": [1]');
      return undefined;
    };
    expect((await request({ ...get, isRaw: true })).body).toEqual(Buffer.from('{"a": [1]'));
    stub.answer = () => ({ status: 500, body: 'no leader' });
    const [raw, usual] = [await rejection(request({ ...get, isRaw: true })), await rejection(request())];
    expect(raw).toEqual(usual);
  });

  it('keeps all digits of the flags of a key', async () => {
    stub.answer = (_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end('[{"Flags":9007199254740993}]');
      return undefined;
    };
    expect((await request()).body).toEqual([{ Flags: '9007199254740993' }]);
  });

  it('is below /v1, with parameters and query that mean only themselves', async () => {
    const name = "a/b ?&#%é\n'";
    await request({
      ...get,
      path: '/health/service/{name}',
      params: { name },
      query: { filter: 'a == "b&c"', stale: '' },
    });
    expect(stub.requests.map(({ method, path, body }) => ({ method, path, body }))).toEqual([
      {
        method: 'GET',
        path: "/v1/health/service/a%2Fb%20%3F%26%23%25%C3%A9%0A'?filter=a%20%3D%3D%20%22b%26c%22&stale=",
        body: '',
      },
    ]);
  });

  it('sends its body as it is, whole', async () => {
    const body = { ID: 'web-1', Checks: [{ CheckID: 'x' }], Unknown: { Field: null } };
    await request({ method: 'PUT', path: '/agent/service/register', body });
    expect(stub.requests.map((sent) => ({ type: sent.headers['content-type'], body: sent.body }))).toEqual([
      { type: 'application/json; charset=utf-8', body: JSON.stringify(body) },
    ]);
  });

  it('carries the token that counts at its time', async () => {
    const tokens = ['one', undefined, 'two'];
    client = createClient({ endpoint: { ...stub.endpoint, token: () => tokens.shift() } });
    for (let times = 0; times < 3; times++) await request();
    expect(stub.requests.map(({ headers }) => headers['x-consul-token'])).toEqual(['one', undefined, 'two']);
  });

  it.each([
    { over: { basicAuth: 'user:pass:word' }, authorization: 'Basic dXNlcjpwYXNzOndvcmQ=' },
    { over: { basicAuth: 'us\u00e9r:' }, authorization: 'Basic dXPDqXI6' },
    { over: {}, authorization: undefined },
  ])('carries the password for a proxy, $over', async ({ over, authorization }) => {
    client = createClient({ endpoint: { ...stub.endpoint, ...over, token: () => 'secret' } });
    await request();
    expect(stub.requests.map(({ headers }) => [headers.authorization, headers['x-consul-token']])).toEqual([
      [authorization, 'secret'],
    ]);
  });

  it('names the namespace and the partition of the endpoint, unless it names others', async () => {
    client = createClient({ endpoint: { ...stub.endpoint, namespace: 'team a', partition: 'p1' } });
    await request();
    await request({ ...get, query: { ns: '*', stale: '' } });
    expect(stub.requests.map(({ path }) => path)).toEqual([
      '/v1/agent/self?ns=team%20a&partition=p1',
      '/v1/agent/self?ns=*&partition=p1&stale=',
    ]);
  });

  it('may have nothing as its answer, where that is told by 404', async () => {
    stub.answer = (_, response) => {
      response.writeHead(404, { 'x-consul-index': '7' }).end();
      return undefined;
    };
    const { body, headers } = await request({ ...get, mayBeAbsent: true });
    expect([body, headers['x-consul-index']]).toEqual([undefined, '7']);
    expect(await rejection(request())).toBeInstanceOf(ConsulRefusal);
  });

  it('uses a connection again', async () => {
    for (let times = 0; times < 3; times++) await request();
    expect(stub.requests.map(({ connection }) => connection)).toEqual([1, 1, 1]);
  });

  it('goes through a socket of the file system as well', async () => {
    const socketPath = join(createTempFolder(), 'consul.sock');
    const local = await createHttpStub({ socketPath });
    client = createClient({ endpoint: local.endpoint });
    local.answer = ({ path }) => ({ json: { path } });
    expect((await request()).body).toEqual({ path: '/v1/agent/self' });
    await local.close();
  });

  it('ends with the reason of its signal when it is aborted', async () => {
    stub.answer = () => undefined;
    const answer = rejection(request());
    await stub.received(1);
    const reason = new Error('enough');
    ending.abort(reason);
    expect(await answer).toBe(reason);
  });

  it('leaves no timer behind', async () => {
    let timers = 0;
    const counted = {
      ...clock,
      sleep: async (ms: number, signal?: AbortSignal) => {
        timers += 1;
        await clock.sleep(ms, signal).finally(() => {
          timers -= 1;
        });
      },
    };
    client = createClient({ clock: counted });
    await Promise.all([request(), request()]);
    await settle();
    expect(timers).toBe(0);
  });

  it('is not sent when it is aborted already', async () => {
    ending.abort();
    expect(await rejection(request())).toBe(ending.signal.reason);
    expect(stub.requests).toEqual([]);
  });
});

describe('an answer that is no success', () => {
  it.each([
    { status: 500, sent: { text: 'No cluster leader\n' }, answer: 'No cluster leader' },
    { status: 500, sent: { json: 'no leader' }, answer: 'no leader' },
    { status: 404, sent: { json: { error: 'x' } }, answer: '{"error":"x"}' },
    { status: 301, sent: { text: 'x'.repeat(1_000) }, answer: 'x'.repeat(500) },
  ])('of status $status says what was asked and answered', async ({ status, sent, answer }) => {
    stub.answer = () => ({ status, ...sent });
    const error = await rejection(request());
    expect(error).toBeInstanceOf(ConsulRefusal);
    expect(error).toMatchObject({
      code: 'CONSUL_REFUSED',
      message: `Consul at consul://stub answered ${status} to GET /agent/self: ${answer}`,
      status,
      answer,
    });
  });

  it.each([
    { token: undefined, begin: 'The request had no ACL token' },
    { token: 'secret', begin: 'The ACL token lacks the right agent:read' },
  ])('knows whether the request had a token: $token', async ({ token, begin }) => {
    client = createClient({ endpoint: { ...stub.endpoint, token: () => token } });
    stub.answer = () => ({ status: 403, text: 'Permission denied' });
    expect(await rejection(request())).toMatchObject({ hint: expect.stringContaining(begin) });
  });

  it('says no more than the status when there is no body', async () => {
    stub.answer = () => ({ status: 500, text: '' });
    expect(await rejection(request())).toMatchObject({
      message: 'Consul at consul://stub answered 500 to GET /agent/self',
      status: 500,
      answer: '',
    });
  });

  it.each<{ asked: Parameters<ConsulClient['request']>[0]; name: string }>([
    { asked: { ...get, path: '/health/service/{name}', params: { name: 'web' } }, name: 'GET /health/service/web' },
    { asked: { method: 'PUT', path: '/a/{id}/{name}', params: { name: '2', id: '1' } }, name: 'PUT /a/1/2' },
    // As somebody wrote it, and nothing in it means anything.
    { asked: { ...get, path: '/a/{id}', params: { id: 'b c/$&{id}é' } }, name: 'GET /a/b c/$&{id}é' },
    { asked: { ...get, path: '/a', params: { id: '1' }, query: { index: '7' } }, name: 'GET /a' },
  ])('names the request: $name', async ({ asked, name }) => {
    stub.answer = () => ({ status: 500, text: 'x' });
    expect(await rejection(request(asked))).toMatchObject({
      message: `Consul at consul://stub answered 500 to ${name}: x`,
    });
  });
});

describe('an answer in broken JSON', () => {
  it.each(['{"a":', '<html>', ' '])('makes one doubt that this is Consul: %j', async (text) => {
    stub.answer = (_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(text);
      return undefined;
    };
    const error = await rejection(request({ ...get, path: '/agent/{what}', params: { what: 'self' } }));
    expect(error).toBeInstanceOf(PortolanError);
    expect(error).toMatchObject({
      code: 'RESPONSE_INVALID',
      message: 'Consul at consul://stub answered GET /agent/self with broken JSON',
      hint: 'Is that address really a Consul agent?',
      cause: { message: expect.stringContaining('decode (application/json) failed: ') },
    });
  });
});

describe('an answer that is not JSON', () => {
  it.each([
    {
      method: 'GET' as const,
      headers: { 'content-type': 'text/html; charset=utf-8' },
      text: '<html>',
      what: 'text/html; charset=utf-8',
    },
    { method: 'PUT' as const, headers: { 'content-type': 'text/html' }, text: '<html>', what: 'text/html' },
    { method: 'GET' as const, headers: {}, text: '{}', what: 'no type of content' },
    { method: 'GET' as const, headers: { 'content-type': 'application/json' }, text: '', what: 'nothing at all' },
  ])('does not count as a success: $method answered with $what', async ({ method, headers, text, what }) => {
    stub.answer = (_, response) => {
      response.writeHead(200, headers);
      response.end(text);
      return undefined;
    };
    expect(await rejection(request({ ...get, method }))).toMatchObject({
      code: 'RESPONSE_INVALID',
      message: `Consul at consul://stub answered ${method} /agent/self with ${what}`,
    });
  });

  it('may be none for a change', async () => {
    stub.answer = (_, response) => {
      response.end();
      return undefined;
    };
    expect((await request({ ...get, method: 'PUT' })).body).toBeUndefined();
  });

  it('may be null', async () => {
    stub.answer = () => ({ json: null });
    expect((await request()).body).toBeNull();
  });
});

describe('a Consul that cannot be reached', () => {
  const hint = 'Is the Consul agent running and listening there?';

  it('is told from one that refuses', async () => {
    await stub.close();
    const error = await rejection(request());
    expect(error).toBeInstanceOf(PortolanError);
    expect(error).toMatchObject({
      code: 'CONSUL_UNREACHABLE',
      message: `cannot reach Consul at consul://stub: connect ECONNREFUSED 127.0.0.1:${stub.port}`,
      hint,
    });
  });

  it.each([
    { deadline: {}, ms: 10_000 },
    { deadline: { deadlineMs: 70_000 }, ms: 70_000 },
  ])('is one that does not answer within $ms ms', async ({ deadline, ms }) => {
    stub.answer = () => undefined;
    const answer = rejection(request({ ...get, path: '/agent/{what}', params: { what: 'self' }, ...deadline }));
    await stub.received(1);
    await clock.advance(ms);
    expect(await answer).toMatchObject({
      code: 'CONSUL_UNREACHABLE',
      message: `cannot reach Consul at consul://stub: the answer of consul://stub to GET /agent/self: nothing within ${ms} ms`,
      hint: 'Is the agent stopped or overloaded? Without a leader it takes 7 s for each change.',
      cause: { code: 'TIMED_OUT' },
    });
  });

  it('is one that breaks off', async () => {
    stub.answer = (_, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
      response.write('{"a":');
      response.socket?.end();
      return undefined;
    };
    expect(await rejection(request())).toMatchObject({
      code: 'CONSUL_UNREACHABLE',
      message: 'cannot reach Consul at consul://stub: aborted',
    });
  });

  it('is one that does not come to the end of its answer', async () => {
    stub.answer = (_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('{"a":');
      return undefined;
    };
    const answer = rejection(request());
    await stub.received(1);
    await clock.advance(10_000);
    expect(await answer).toMatchObject({ code: 'CONSUL_UNREACHABLE', cause: { code: 'TIMED_OUT' } });
  });

  it('is not asked again over a connection on which it kept silent', async () => {
    stub.answer = () => undefined;
    const silent = rejection(request());
    await stub.received(1);
    await clock.advance(10_000);
    await silent;
    stub.answer = () => ({ json: {} });
    await request();
    expect(stub.requests.map(({ connection }) => connection)).toEqual([1, 2]);
    expect(await until('only one connection', async () => (await stub.connections()) === 1)).toBe(true);
  });

  it('is asked again over a new connection', async () => {
    const ended = Promise.withResolvers<void>();
    client = createClient({ onConnectionEnd: () => ended.resolve() });
    await request();
    stub.cut();
    await ended.promise;
    await request();
    expect(stub.requests.map(({ connection }) => connection)).toEqual([1, 2]);
  });
});

describe('the connections of a client', () => {
  it('are no more than it may have', async () => {
    const gate = Promise.withResolvers<undefined>();
    stub.answer = () => gate.promise.then(() => ({ json: {} }));
    const answers = Array.from({ length: 5 }, () => request());
    await stub.received(3);
    gate.resolve(undefined);
    await Promise.all(answers);
    expect(new Set(stub.requests.map(({ connection }) => connection))).toEqual(new Set([1, 2, 3]));
  });

  it('tell when one that stood has ended', async () => {
    const ended = Promise.withResolvers<void>();
    client = createClient({ onConnectionEnd: () => ended.resolve() });
    await request();
    stub.cut();
    await ended.promise;
  });
});
