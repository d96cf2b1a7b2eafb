import http from 'node:http';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FaultProxy, type Faults, startFaultProxy } from '../../support/fault-proxy.ts';
import { createHttpStub, type HttpStub } from '../../support/http-stub.ts';
import { createTempFolder } from '../../support/temp-folder.ts';

let stub: HttpStub;
let proxy: FaultProxy;
let agent: http.Agent;

beforeEach(async () => {
  stub = await createHttpStub();
  stub.answer = ({ body }) => ({ json: { echo: body } });
  proxy = await startFaultProxy({ target: { port: stub.port }, seed: 7 });
  agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
});

afterEach(async () => {
  agent.destroy();
  await proxy.close();
  await stub.close();
});

/** Status and body, or the code or message of what failed; `silence` after 100 ms. */
async function ask(body = '', place: http.RequestOptions = { port: proxy.port }): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  const headers = { 'content-length': Buffer.byteLength(body) };
  const request = http.request(
    { host: '127.0.0.1', method: 'PUT', path: '/x', agent, headers, ...place },
    (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('error', (error) => resolve(error.message));
      response.on('end', () => resolve(`${response.statusCode} ${text}`));
    },
  );
  request.setTimeout(100, () => resolve('silence'));
  request.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
  request.end(body);
  const answer = await promise;
  if (answer === 'silence') request.destroy();
  return answer;
}

const fine = '200 {"echo":"hello"}';

describe('a fault proxy', () => {
  it('passes everything on without faults, and says what was asked', async () => {
    expect([await ask('hello'), await ask('x'.repeat(100_000))]).toEqual([
      fine,
      `200 {"echo":"${'x'.repeat(100_000)}"}`,
    ]);
    expect(proxy.requests).toEqual(['PUT /x', 'PUT /x']);
  });

  it.each<{ faults: Faults; answer: string }>([
    { faults: { connections: 'refuse' }, answer: 'ECONNREFUSED' },
    { faults: { connections: 'close' }, answer: 'ECONNRESET' },
    { faults: { connections: 'reset' }, answer: 'ECONNRESET' },
    { faults: { connections: 'silence' }, answer: 'silence' },
    { faults: { latencyMs: 200 }, answer: 'silence' },
    { faults: { latencyMs: 5, jitterMs: 5, sliceBytes: 3 }, answer: fine },
    { faults: { truncateAfterBytes: 10 }, answer: 'ECONNRESET' },
    { faults: { rule: () => ({ status: 429, body: 'slow down' }) }, answer: '429 slow down' },
    { faults: { rule: () => 'close' }, answer: 'ECONNRESET' },
    { faults: { rule: () => 'reset' }, answer: 'ECONNRESET' },
    { faults: { rule: () => 'lose-request' }, answer: 'silence' },
    { faults: { rule: () => 'lose-answer' }, answer: 'silence' },
    { faults: { rule: () => undefined }, answer: fine },
  ])('$faults: $answer, and then it works again', async ({ faults, answer }) => {
    await proxy.setFaults(faults);
    expect(await ask('hello')).toBe(answer);
    await proxy.clear();
    expect(await ask('hello')).toBe(fine);
  });

  it('does it to connections that stand as well', async () => {
    await ask('hello');
    await proxy.setFaults({ connections: 'silence' });
    expect(await ask('hello')).toBe('silence');
    await proxy.clear();
    await ask('hello');
    await proxy.setFaults({ sliceBytes: 1, truncateAfterBytes: 20 });
    expect(await ask('hello')).toBe('ECONNRESET');
  });

  it('tells a rule what is asked, and how often since it counts', async () => {
    const seen: unknown[] = [];
    const rule: Faults['rule'] = ({ method, path, body, headers }, { count }) => {
      seen.push([count, method, path, body, headers.get('content-length')]);
      return undefined;
    };
    await ask('before');
    await proxy.setFaults({ rule });
    await ask('one');
    await ask('two ä');
    expect(seen).toEqual([
      [1, 'PUT', '/x', 'one', '3'],
      [2, 'PUT', '/x', 'two ä', '6'],
    ]);
  });

  it('loses a request before it arrives, or its answer after it was obeyed', async () => {
    await proxy.setFaults({ rule: () => 'lose-request' });
    await ask('a');
    await proxy.setFaults({ rule: () => 'lose-answer' });
    await ask('b');
    expect(stub.requests.map(({ body }) => body)).toEqual(['b']);
  });

  it('takes the same chances with the same seed', async () => {
    const taken: boolean[][] = [];
    for (const seed of [7, 7, 8]) {
      const again = await startFaultProxy({ target: { port: stub.port }, seed });
      const chances: boolean[] = [];
      taken.push(chances);
      const rule: Faults['rule'] = (_, { chance }) => {
        chances.push(chance(0.5));
        return undefined;
      };
      await again.setFaults({ rule });
      for (let times = 0; times < 20; times++) await ask('', { port: again.port, agent: false });
      await again.close();
    }
    expect(taken[0]).toEqual(taken[1]);
    expect(taken[0]).not.toEqual(taken[2]);
  });

  it('stands before a socket of the file system, at one', async () => {
    const folder = createTempFolder();
    const local = await createHttpStub({ socketPath: join(folder, 'target.sock') });
    const place = { path: join(folder, 'proxy.sock') };
    const before = await startFaultProxy({ target: { path: join(folder, 'target.sock') }, listen: place });
    const at = { socketPath: place.path, agent: false as const };
    expect(await ask('', at)).toBe('200 {}');
    await before.setFaults({ connections: 'refuse' });
    expect(await ask('', at)).toBe('ENOENT');
    await before.clear();
    expect(await ask('', at)).toBe('200 {}');
    await before.close();
    await local.close();
  });

  it('follows a server to another place', async () => {
    const elsewhere = await createHttpStub();
    elsewhere.answer = () => ({ text: 'elsewhere' });
    proxy.retarget({ port: elsewhere.port });
    expect(await ask('hello')).toBe('200 elsewhere');
    await elsewhere.close();
  });
});
