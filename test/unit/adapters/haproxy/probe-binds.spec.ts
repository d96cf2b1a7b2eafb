import { type AddressInfo, createServer, type Server } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { probeBinds } from '../../../../src/adapters/haproxy/probe-binds.ts';

const { signal } = new AbortController();

let server: Server;
let port: number;

beforeEach(async () => {
  server = createServer();
  port = await listen('127.0.0.1', 0);
});

afterEach(() => close());

async function listen(host: string, wanted: number): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject);
  server.listen({ host, port: wanted }, resolve);
  await promise;
  return (server.address() as AddressInfo).port;
}

async function close(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<unknown>();
  server.close(resolve);
  await promise;
}

describe('probeBinds', () => {
  it('finds nothing wrong with addresses that are free, and leaves them free', async () => {
    await close();
    await probeBinds([`127.0.0.1:${port}`, `127.0.0.2:${port}`, `127.0.0.1:${port}`], signal);
    expect(await listen('127.0.0.1', port)).toBe(port);
  });

  it('finds nothing wrong with no address', async () => {
    await expect(probeBinds([], signal)).resolves.toBeUndefined();
  });

  it.each(['127.0.0.1', '*'])('finds that somebody listens on %s, and says how to see who', async (host) => {
    await expect(probeBinds([`${host}:${port}`], signal)).rejects.toMatchObject({
      code: 'ADDRESS_IN_USE',
      message: `another program listens on ${host}:${port} already`,
      hint: `See which by: ss -ltnp 'sport = :${port}'. Or choose another port by --http-bind.`,
      cause: { code: 'EADDRINUSE' },
    });
  });

  it('finds the first that cannot be had', async () => {
    await expect(probeBinds([`127.0.0.2:${port}`, `127.0.0.1:${port}`, '192.0.2.1:80'], signal)).rejects.toMatchObject({
      code: 'ADDRESS_IN_USE',
      message: `another program listens on 127.0.0.1:${port} already`,
    });
  });

  it.each([
    { bind: '192.0.2.1:8080', message: /^cannot listen on 192\.0\.2\.1:8080: listen E.* 192\.0\.2\.1:8080$/ },
    { bind: '[2001:db8::1]:8080', message: /^cannot listen on \[2001:db8::1\]:8080: listen E.* 2001:db8::1:8080$/ },
  ])('finds that $bind is not of this machine', async ({ bind, message }) => {
    await expect(probeBinds([bind], signal)).rejects.toMatchObject({
      code: 'BIND_REFUSED',
      message: expect.stringMatching(message),
    });
  });

  it('ends when aborted', async () => {
    await expect(probeBinds([`127.0.0.1:${port}`], AbortSignal.abort('enough'))).rejects.toBe('enough');
  });
});
