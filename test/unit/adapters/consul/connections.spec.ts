import http from 'node:http';
import https from 'node:https';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createConnections } from '../../../../src/adapters/consul/connections.ts';
import type { ConsulTls } from '../../../../src/adapters/consul/endpoint.ts';
import { settle } from '../../../support/fake-clock.ts';
import { createHttpStub, type HttpStub } from '../../../support/http-stub.ts';

let stub: HttpStub;
let agent: http.Agent;
let ended: Promise<void>;
let ends: () => number;

beforeEach(async () => {
  stub = await createHttpStub();
  const first = Promise.withResolvers<void>();
  let count = 0;
  const onEnd = () => {
    count += 1;
    first.resolve();
  };
  ended = first.promise;
  ends = () => count;
  agent = createConnections(undefined, { maxSockets: 2, onEnd });
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

describe('createConnections over TLS', () => {
  const optionsOf = (tls: ConsulTls) => {
    const secure = createConnections(tls, { maxSockets: 2, onEnd: () => undefined });
    if (!(secure instanceof https.Agent)) throw new Error('these connections are not secure');
    return secure.options;
  };

  it('presents and demands what it is given', () => {
    const tls = { ca: 'CA', cert: 'CERT', key: 'KEY', serverName: 'consul.example', verify: true };
    expect(optionsOf(tls)).toMatchObject({
      keepAlive: true,
      maxSockets: 2,
      ca: 'CA',
      cert: 'CERT',
      key: 'KEY',
      servername: 'consul.example',
      rejectUnauthorized: true,
    });
  });

  it.each([true, false])('verifies the certificate: %s', (verify) => {
    const options = optionsOf({ verify });
    expect(options).toMatchObject({ rejectUnauthorized: verify });
    expect(Object.keys(options).filter((key) => ['ca', 'cert', 'key', 'servername'].includes(key))).toEqual([]);
  });
});
