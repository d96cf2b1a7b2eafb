import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { getDocument } from '../../../../src/adapters/http/get-document.ts';

let server: Server | undefined;

afterEach(async () => {
  const closed = Promise.withResolvers<void>();
  server?.closeAllConnections();
  server?.close(() => closed.resolve());
  await closed.promise;
});

async function serve(listener: RequestListener): Promise<string> {
  server = createServer(listener);
  const listening = Promise.withResolvers<void>();
  server.listen(0, '127.0.0.1', listening.resolve);
  await listening.promise;
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const { signal } = new AbortController();
const textOf = async (url: string) => new TextDecoder().decode(await getDocument(url, signal));

describe('getDocument', () => {
  it('gives the body', async () => {
    const base = await serve(({ url }, response) => response.end(`é ${url}`));
    expect(await textOf(`${base}/a?b=c`)).toBe('é /a?b=c');
  });

  it('follows redirects, ten at most', async () => {
    const base = await serve(({ url = '' }, response) => {
      const left = Number(url.slice(1));
      if (left === 0) response.end('there');
      else response.writeHead(302, { location: `/${left - 1}` }).end();
    });
    expect(await textOf(`${base}/10`)).toBe('there');
    await expect(textOf(`${base}/11`)).rejects.toThrow('stopped after 10 redirects');
  });

  it('F51: refuses an error status and what is longer than 1 MiB', async () => {
    const base = await serve(({ url }, response) => {
      if (url === '/404') response.writeHead(404).end('nothing here');
      else response.end('x'.repeat(1024 * 1024 + (url === '/more' ? 1 : 0)));
    });
    await expect(textOf(`${base}/404`)).rejects.toThrow('it is answered with status 404');
    expect(await textOf(`${base}/full`)).toHaveLength(1024 * 1024);
    await expect(textOf(`${base}/more`)).rejects.toThrow('it has more than 1048576 bytes');
  });

  it('ends when it is told to', async () => {
    const asked = Promise.withResolvers<void>();
    const base = await serve(() => asked.resolve());
    const ending = new AbortController();
    const answer = getDocument(base, ending.signal);
    await asked.promise;
    ending.abort();
    await expect(answer).rejects.toThrow('aborted');
  });

  it.each(['', 'meta', 'file:///etc/passwd', '//host/x'])('refuses %j', async (url) => {
    server = createServer();
    await expect(textOf(url)).rejects.toThrow('it is no URL of HTTP or HTTPS');
  });
});
