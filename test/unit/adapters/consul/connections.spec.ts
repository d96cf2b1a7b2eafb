import http from 'node:http';
import https from 'node:https';
import { type AddressInfo, createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createConnections } from '../../../../src/adapters/consul/connections.ts';
import type { ConsulTls } from '../../../../src/adapters/consul/endpoint.ts';
import { createDeadlines } from '../../../../src/lib/deadlines.ts';
import { createAuthority } from '../../../support/certificates.ts';
import { createFakeClock, type FakeClock, settle } from '../../../support/fake-clock.ts';
import { createHttpStub, type HttpStub } from '../../../support/http-stub.ts';

let clock: FakeClock;
let stub: HttpStub;
let agent: http.Agent;
let ended: Promise<void>;
let ends: () => number;
let wasIdle: boolean[];

beforeEach(async () => {
  clock = createFakeClock();
  stub = await createHttpStub();
  const first = Promise.withResolvers<void>();
  let count = 0;
  wasIdle = [];
  const onEnd = (idle: boolean) => {
    count += 1;
    wasIdle.push(idle);
    first.resolve();
  };
  ended = first.promise;
  ends = () => count;
  agent = createConnections(undefined, { maxSockets: 2, deadlines: createDeadlines(clock), onEnd });
});

afterEach(async () => {
  agent.destroy();
  await stub.close();
});

/** Resolves with the number of bytes of the answer, rejects when the request fails. */
async function ask(port = stub.port): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const request = http.request({ host: '127.0.0.1', port, agent }, (response) => {
    let bytes = 0;
    response.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
    });
    response.on('end', () => resolve(bytes));
  });
  request.on('error', reject);
  request.end();
  return await promise;
}

describe('createConnections', () => {
  it('keeps connections for the next request', async () => {
    await ask();
    await ask();
    expect(stub.requests.map(({ connection }) => connection)).toEqual([1, 1]);
    expect(ends()).toBe(0);
  });

  it('tells when a connection that stood is ended by the other side', async () => {
    await ask();
    stub.cut();
    await ended;
    expect(ends()).toBe(1);
  });

  it('tells whether it ended between two requests', async () => {
    await ask();
    stub.cut();
    await ended;
    stub.answer = (_, response) => {
      response.socket?.destroy();
      return undefined;
    };
    await expect(ask()).rejects.toThrow('socket hang up');
    await settle();
    stub.answer = ({ connection }, response) => {
      if (connection === 3 && stub.requests.length > 3) response.socket?.destroy();
      return { json: {} };
    };
    await ask();
    await expect(ask()).rejects.toThrow();
    await settle();
    expect(wasIdle).toEqual([true, false, false]);
  });

  it('tells when a connection that stood is ended by ourselves', async () => {
    await ask();
    agent.destroy();
    await ended;
    expect(ends()).toBe(1);
  });

  it('does not tell of a connection that never stood', async () => {
    await stub.close();
    await expect(ask()).rejects.toThrow(`connect ECONNREFUSED 127.0.0.1:${stub.port}`);
    await settle();
    expect(ends()).toBe(0);
  });

  it('fails a request whose answer breaks off', async () => {
    stub.answer = (_, response) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('x');
      response.socket?.end();
      return undefined;
    };
    await expect(ask()).rejects.toThrow('aborted');
  });

  it('takes an answer of 64 MiB', async () => {
    stub.answer = (_, response) => sendMebibytes(response, 64);
    expect(await ask()).toBe(64 * 1024 * 1024);
  });

  it('fails a request whose answer is longer', async () => {
    stub.answer = (_, response) => sendMebibytes(response, 65);
    await expect(ask()).rejects.toThrow('the answer is longer than 67108864 bytes');
  });

  it('takes less where less is said', async () => {
    const asked: string[] = [];
    const maxBodyBytes = (path: string) => {
      asked.push(path);
      return 1024 * 1024;
    };
    agent.destroy();
    agent = createConnections(undefined, {
      maxSockets: 2,
      deadlines: createDeadlines(clock),
      onEnd: () => undefined,
      maxBodyBytes,
    });
    stub.answer = (_, response) => sendMebibytes(response, 1);
    expect(await ask()).toBe(1024 * 1024);
    stub.answer = (_, response) => sendMebibytes(response, 2);
    await expect(ask()).rejects.toThrow('the answer is longer than 1048576 bytes');
    expect(asked).toHaveLength(2);
  });
});

async function sendMebibytes(response: http.ServerResponse, count: number): Promise<undefined> {
  const mebibyte = Buffer.alloc(1024 * 1024);
  response.writeHead(200);
  for (let sent = 0; sent < count && !response.destroyed; sent++) {
    const { promise, resolve } = Promise.withResolvers<unknown>();
    response.write(mebibyte, resolve);
    await promise;
  }
  response.end();
  return undefined;
}

it('a connection that stands is not given up, however long it takes', async () => {
  await ask();
  await clock.advance(60_000);
  await ask();
  expect(stub.requests.map(({ connection }) => connection)).toEqual([1, 1]);
  expect(ends()).toBe(0);
});

describe('a connection that does not come about', () => {
  it.each([
    { what: 'TCP', tls: undefined, withinMs: 3_000 },
    { what: 'TLS', tls: () => ({ verify: true }), withinMs: 5_000 },
  ])('is given up after $withinMs ms ($what)', async ({ tls, withinMs }) => {
    agent = createConnections(tls, { maxSockets: 2, deadlines: createDeadlines(clock), onEnd: () => undefined });
    const { promise, reject } = Promise.withResolvers<never>();
    // The address of its host is never found.
    const place = { host: 'consul.test', port: 1, agent, lookup: () => undefined };
    const request = tls === undefined ? http.request(place) : https.request(place);
    request.on('error', reject);
    request.end();
    const failed = expect(promise).rejects.toThrow(`no connection within ${withinMs} ms`);
    await clock.advance(withinMs);
    await failed;
  });

  it('is also one on which nobody speaks TLS', async () => {
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as AddressInfo;
    const tls = () => ({ verify: true });
    agent = createConnections(tls, { maxSockets: 2, deadlines: createDeadlines(clock), onEnd: () => undefined });
    const failed = expect(askSecurely(agent, port)).rejects.toThrow('no connection within 5000 ms');
    await new Promise((resolve) => silent.once('connection', resolve));
    await clock.advance(5_000);
    await failed;
    silent.close();
  });
});

async function askSecurely(agent: http.Agent, port: number): Promise<number | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<number | undefined>();
  const request = https.get({ host: '127.0.0.1', port, agent }, (response) => {
    response.resume();
    response.once('end', () => resolve(response.statusCode));
  });
  request.on('error', reject);
  return await promise;
}

describe('connections over TLS', () => {
  const ours = createAuthority('Ours');
  const theirs = createAuthority('Theirs');
  let secure: HttpStub;
  let tls: ConsulTls;

  /** A server that lets in only whom our authority knows. */
  const start = async (server = ours.issue()) => {
    secure = await createHttpStub({
      secure: { ...server, ca: ours.cert, requestCert: true, rejectUnauthorized: true },
    });
    const options = { maxSockets: 1, deadlines: createDeadlines(clock), onEnd: () => undefined };
    agent = createConnections(() => tls, options);
  };
  const askNow = async () => await askSecurely(agent, secure.port);

  beforeEach(() => {
    tls = { ca: ours.cert, ...ours.issue(), verify: true };
  });
  afterEach(() => secure.close());

  it('present and demand what they are given', async () => {
    await start();
    expect([await askNow(), await askNow()]).toEqual([200, 200]);
    expect(secure.requests.map(({ connection }) => connection)).toEqual([1, 1]);
  });

  it('demand the name that they are given instead of the address', async () => {
    await start(ours.issue({ names: ['server.dc1.consul'] }));
    await expect(askNow()).rejects.toMatchObject({ code: 'ERR_TLS_CERT_ALTNAME_INVALID' });
    tls = { ...tls, serverName: 'server.dc1.consul' };
    expect(await askNow()).toBe(200);
  });

  it.each([
    { what: 'of another authority', server: theirs.issue(), code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' },
    { what: 'that has expired', server: ours.issue({ days: [-2, -1] }), code: 'CERT_HAS_EXPIRED' },
    { what: 'that is not valid yet', server: ours.issue({ days: [1, 2] }), code: 'CERT_NOT_YET_VALID' },
    { what: 'for another name', server: ours.issue({ names: ['elsewhere'] }), code: 'ERR_TLS_CERT_ALTNAME_INVALID' },
  ])('refuse a server with a certificate $what, unless told not to look', async ({ server, code }) => {
    await start(server);
    await expect(askNow()).rejects.toMatchObject({ code });
    tls = { ...tls, verify: false };
    expect(await askNow()).toBe(200);
  });

  it('use new certificates for new connections, without a restart', async () => {
    await start();
    const good = tls;
    tls = { ...good, ...theirs.issue() };
    await expect(askNow()).rejects.toThrow();
    tls = good;
    expect(await askNow()).toBe(200);
    tls = { ...good, ...theirs.issue() };
    // The connection that stands goes on; the next one does not profit from its session.
    expect(await askNow()).toBe(200);
    agent.destroy();
    await expect(askNow()).rejects.toThrow();
  });
});
