import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CommandSocket, createCommandSocket } from '../../../../src/adapters/haproxy/socket.ts';
import { createFakeClock, type FakeClock, settle } from '../../../support/fake-clock.ts';
import { createTempFolder } from '../../../support/temp-folder.ts';

let clock: FakeClock;
let server: Server;
let socket: CommandSocket;
let ending: AbortController;
let lines: string[];
let connected: PromiseWithResolvers<Socket>;
/** What the other side does once it has read everything. */
let reply: (connection: Socket) => void;

beforeEach(async () => {
  clock = createFakeClock();
  ending = new AbortController();
  lines = [];
  connected = Promise.withResolvers();
  reply = (connection) => connection.end('ok\n');
  // As HAProxy's master does, it answers when the other side has said all that it has to say.
  server = createServer({ allowHalfOpen: true }, (connection) => {
    connection.on('error', () => undefined);
    connected.resolve(connection);
    const answer = (line: string): void => {
      lines.push(line);
      reply(connection);
    };
    void text(connection).then(answer, () => undefined);
  });
  const path = join(createTempFolder(), 'haproxy.sock');
  socket = createCommandSocket(path, clock);
  const listening = Promise.withResolvers<void>();
  server.listen(path, listening.resolve);
  await listening.promise;
});

afterEach(() => {
  server.close();
});

const ask = (line = 'show info', deadlineMs?: number) => socket.ask(line, ending.signal, deadlineMs);

/** Nobody listens any more, though the path stays. */
async function stopListening(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<unknown>();
  server.close(resolve);
  await promise;
}

describe('ask', () => {
  it('sends a line, closes its side, and gives the whole reply', async () => {
    expect(await ask('show info; show stat')).toBe('ok\n');
    expect(lines).toEqual(['show info; show stat\n']);
  });

  it('takes a connection for each line', async () => {
    await ask('a');
    await ask('b');
    expect(lines).toEqual(['a\n', 'b\n']);
  });

  it('gives an empty reply', async () => {
    reply = (connection) => connection.end();
    expect(await ask()).toBe('');
  });

  it('puts a reply in pieces together, also within a character', async () => {
    const bytes = Buffer.from('ü'.repeat(200_000));
    reply = (connection) => {
      connection.write(bytes.subarray(0, 3));
      setImmediate(() => connection.end(bytes.subarray(3)));
    };
    expect(await ask()).toBe('ü'.repeat(200_000));
  });

  it('fails when there is no socket', async () => {
    const missing = createCommandSocket('/nonexistent/haproxy.sock', clock);
    await expect(missing.ask('show info', ending.signal)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('fails when nobody listens', async () => {
    await stopListening();
    await expect(ask()).rejects.toMatchObject({ code: expect.stringMatching(/^(ENOENT|ECONNREFUSED)$/) });
  });

  it('refuses a reply without an end', async () => {
    const mebibyte = Buffer.alloc(1024 * 1024);
    const pour = (connection: Socket): void => {
      connection.write(mebibyte, (error) => {
        if (error === undefined || error === null) pour(connection);
      });
    };
    reply = pour;
    await expect(ask()).rejects.toThrow('the reply is too long');
  });

  it.each([
    { deadlineMs: undefined, ms: 2_000 },
    { deadlineMs: 10_000, ms: 10_000 },
  ])('waits $ms ms when it is told $deadlineMs', async ({ deadlineMs, ms }) => {
    reply = () => undefined;
    const outcome = expect(ask('show info', deadlineMs)).rejects.toMatchObject({
      code: 'TIMED_OUT',
      message: `HAProxy's reply to "show info": nothing within ${ms} ms`,
    });
    await connected.promise;
    await clock.advance(ms - 1);
    await clock.advance(1);
    await outcome;
  });

  it('names the first 80 characters of a long line', async () => {
    reply = () => undefined;
    const outcome = expect(ask(`add map "x" ${'y'.repeat(500)}`)).rejects.toMatchObject({
      message: `HAProxy's reply to ${JSON.stringify(`add map "x" ${'y'.repeat(68)}`)}: nothing within 2000 ms`,
    });
    await connected.promise;
    await clock.advance(2_000);
    await outcome;
  });

  it('ends with the reason of its signal when it is aborted, and closes the connection', async () => {
    reply = () => undefined;
    const reason = new Error('enough');
    const outcome = expect(ask()).rejects.toBe(reason);
    const connection = await connected.promise;
    ending.abort(reason);
    await outcome;
    await settle();
    const { promise: written, resolve } = Promise.withResolvers<unknown>();
    connection.write('late', resolve);
    expect(await written).toMatchObject({ code: 'EPIPE' });
  });
});

describe('isAnswering', () => {
  it('is true when somebody listens, who is told nothing', async () => {
    expect(await socket.isAnswering(ending.signal)).toBe(true);
    expect(lines).toEqual(['']);
  });

  it('is false when nobody listens', async () => {
    await stopListening();
    expect(await socket.isAnswering(ending.signal)).toBe(false);
  });

  it('is false when whoever listens hangs for 2 s', async () => {
    reply = () => undefined;
    const answer = socket.isAnswering(ending.signal);
    await connected.promise;
    await clock.advance(2_000);
    expect(await answer).toBe(false);
  });

  it('throws when aborted', async () => {
    ending.abort('enough');
    await expect(socket.isAnswering(ending.signal)).rejects.toBe('enough');
  });
});
