import { once } from 'node:events';
import { mkdir, rename, stat, writeFile } from 'node:fs/promises';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AdminServerOptions, serveAdmin } from '../../../src/admin/server.ts';
import { askAdmin } from '../../../src/cli/admin-client.ts';
import { createFakeClock, type FakeClock, settle } from '../../support/fake-clock.ts';
import { takePorts } from '../../support/ports.ts';
import { createRecordingLog, type RecordingLog } from '../../support/recording-log.ts';
import { createTempFolder } from '../../support/temp-folder.ts';

let clock: FakeClock;
let log: RecordingLog;
let ending: AbortController;
let serving: Promise<void>;
let socketPath: string;
let port: number;
let others: Server[];

beforeEach(async () => {
  clock = createFakeClock();
  log = createRecordingLog();
  ending = new AbortController();
  serving = Promise.resolve();
  socketPath = join(createTempFolder(), 'admin.sock');
  port = await takePorts(1);
  others = [];
});

afterEach(async () => {
  ending.abort();
  await serving;
  await Promise.all(others.map(close));
});

type Places = Partial<Pick<AdminServerOptions, 'address' | 'socketPath'>>;

function serve(places: Places): void {
  const view: AdminServerOptions['view'] = {
    isAlive: () => true,
    parts: () => [],
    status: () => ({ version: '1.2.3' }),
    services: () => [],
    explain: () => ({ kind: 'not-ready', reason: 'no pass has come through yet' }),
    release: () => undefined,
  };
  const options = { view, clock, log, address: undefined, socketPath: undefined, token: () => 'secret', ...places };
  serving = serveAdmin(options, ending.signal);
}

/** Real sockets need turns of the event loop, and no time. */
async function logged(count: number): Promise<readonly unknown[]> {
  while (log.lines.length < count) await settle();
  return log.lines;
}

const loopback = () => ({ host: '127.0.0.1', port });
const listens = (at: string) => ({ level: 'info', message: 'admin server listens', facts: { at } });
const listensAtPort = () => listens(`http://127.0.0.1:${port}`);

function refused(facts: object) {
  return { level: 'warn', message: 'the admin server cannot listen; trying again', facts };
}

function portTaken() {
  const cause = `listen EADDRINUSE: address already in use 127.0.0.1:${port}`;
  return refused({
    code: 'ADDRESS_IN_USE',
    error: `cannot listen on http://127.0.0.1:${port}: ${cause}`,
    hint: 'Choose another place by --admin IP:PORT, or --admin off.',
    cause,
  });
}

/** Something else that listens there. */
async function occupy(place: { readonly path: string } | { readonly host: string; readonly port: number }) {
  const server = createServer().listen(place);
  await once(server, 'listening');
  others.push(server);
  return server;
}

async function close(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, 'close');
  server.close();
  await closed;
}

/** A connection on which nothing is sent. */
async function open(): Promise<Socket> {
  const socket = connect(socketPath);
  await once(socket, 'connect');
  return socket;
}

const livez = async () => (await fetch(`http://127.0.0.1:${port}/livez`)).text();

describe('serveAdmin at a socket', () => {
  it('answers without a token', async () => {
    serve({ socketPath });
    expect(await logged(1)).toEqual([listens(socketPath)]);
    expect(await askAdmin(socketPath, '/api/v1/status')).toEqual({ status: 200, text: '{"version":"1.2.3"}' });
  });

  it('opens it for its owner only, whatever the mask, and leaves the mask as it was', async () => {
    const before = process.umask(0);
    try {
      serve({ socketPath });
      await logged(1);
      expect(process.umask(0)).toBe(0);
    } finally {
      process.umask(before);
    }
    expect(((await stat(socketPath)).mode & 0o777).toString(8)).toBe('600');
  });

  it('takes the place of a socket that nobody listens on any more', async () => {
    const left = `${socketPath}.left`;
    const dead = await occupy({ path: left });
    // Node removes a socket when it stops listening, but not under another name.
    await rename(left, socketPath);
    await close(dead);
    serve({ socketPath });
    expect(await logged(1)).toEqual([listens(socketPath)]);
    expect(await askAdmin(socketPath, '/livez')).toEqual({ status: 200, text: 'ok\n' });
  });

  it('takes the place of a file', async () => {
    await writeFile(socketPath, 'left over');
    serve({ socketPath });
    expect(await logged(1)).toEqual([listens(socketPath)]);
  });

  it('leaves the socket to another that answers there, until that has ended', async () => {
    const other = await occupy({ path: socketPath });
    serve({ socketPath });
    const taken = refused({ code: 'ADDRESS_IN_USE', error: `another Portolan listens on ${socketPath}` });
    expect(await logged(1)).toEqual([taken]);
    await close(other);
    await clock.advance(5_000);
    expect(await logged(2)).toEqual([taken, listens(socketPath)]);
  });

  it('waits for a folder that is missing', async () => {
    const path = join(dirname(socketPath), 'later', 'admin.sock');
    serve({ socketPath: path });
    // Node says EACCES of a socket where the system says ENOENT.
    const cause = `listen EACCES: permission denied ${path}`;
    const missing = refused({
      code: 'BIND_REFUSED',
      error: `cannot listen on ${path}: ${cause}`,
      hint: 'Choose another folder by --run-dir.',
      cause,
    });
    expect(await logged(1)).toEqual([missing]);
    await mkdir(dirname(path));
    await clock.advance(5_000);
    expect(await logged(2)).toEqual([missing, listens(path)]);
  });

  it('holds 100 connections at a time and drops what comes beyond', async () => {
    serve({ socketPath });
    await logged(1);
    const connections: Socket[] = [];
    while (connections.length < 100) connections.push(await open());
    const beyond = await open();
    await once(beyond.resume(), 'close');
    expect(connections.filter(({ destroyed }) => destroyed)).toEqual([]);
    for (const connection of connections) connection.destroy();
  });
});

describe('serveAdmin at an address', () => {
  it('answers there', async () => {
    serve({ address: loopback() });
    expect(await logged(1)).toEqual([listensAtPort()]);
    expect(await livez()).toBe('ok\n');
  });

  it('asks no token on loopback', async () => {
    serve({ address: loopback() });
    await logged(1);
    const response = await fetch(`http://127.0.0.1:${port}/api/v1/status`);
    expect([response.status, await response.json()]).toEqual([200, { version: '1.2.3' }]);
  });

  it('asks the token where others reach it', async () => {
    serve({ address: { host: '0.0.0.0', port } });
    await logged(1);
    const ask = async (authorization: string) =>
      (await fetch(`http://127.0.0.1:${port}/api/v1/status`, { headers: { authorization } })).status;
    expect([await ask('Bearer secret'), await ask('Bearer secret2'), await ask('')]).toEqual([200, 401, 401]);
  });

  it('says once that a port is taken, and tries again every 5 s', async () => {
    const other = await occupy(loopback());
    serve({ address: loopback() });
    expect(await logged(1)).toEqual([portTaken()]);
    await clock.advance(15_000);
    expect(log.lines).toEqual([portTaken()]);
    await close(other);
    await clock.advance(4_999);
    await expect(livez()).rejects.toThrow('fetch failed');
    await clock.advance(1);
    expect(await logged(2)).toEqual([portTaken(), listensAtPort()]);
    expect(await livez()).toBe('ok\n');
  });

  it('serves the socket while the port is taken', async () => {
    await occupy(loopback());
    serve({ address: loopback(), socketPath });
    await logged(2);
    expect(log.lines).toContainEqual(portTaken());
    expect(await askAdmin(socketPath, '/livez')).toEqual({ status: 200, text: 'ok\n' });
  });
});

describe('serveAdmin when aborted', () => {
  it('cuts the connections, stops listening and removes its socket', async () => {
    serve({ address: loopback(), socketPath });
    await logged(2);
    const closed = once((await open()).resume(), 'close');
    ending.abort();
    await serving;
    await closed;
    await expect(stat(socketPath)).rejects.toThrow('ENOENT');
    await expect(livez()).rejects.toThrow('fetch failed');
  });

  it('ends while it waits for a place, and leaves it to whom it belongs', async () => {
    await occupy({ path: socketPath });
    serve({ socketPath });
    await logged(1);
    ending.abort();
    await serving;
    expect((await stat(socketPath)).isSocket()).toBe(true);
  });

  it('does not begin when it was aborted before', async () => {
    ending.abort();
    serve({ address: loopback(), socketPath });
    await serving;
    expect(log.lines).toEqual([]);
    await expect(stat(socketPath)).rejects.toThrow('ENOENT');
  });

  it('has nothing to do without a place', async () => {
    serve({});
    await expect(serving).resolves.toBeUndefined();
    expect(log.lines).toEqual([]);
  });
});
