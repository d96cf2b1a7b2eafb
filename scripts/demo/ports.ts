// Finds ports that nobody uses, and says so when they are not the usual ones.
import { connect, createServer } from 'node:net';
import { note } from './screen.ts';

/** The usual port if it is free, else the next free one from `instead` on. */
export async function freePort(purpose: string, usual: number, instead: number): Promise<number> {
  if (await isFree(usual)) return usual;
  for (let port = instead; port < instead + 1_000; port++) {
    if (!(await isFree(port))) continue;
    note(`port ${usual} is in use, so ${purpose} gets ${port}`);
    return port;
  }
  throw new Error(`no free port for ${purpose} between ${instead} and ${instead + 999}`);
}

/** The first of `count` free ports in a row from `start` on. */
export async function freePorts(start: number, count: number): Promise<number> {
  for (let first = start; first < start + 10_000; first += count) {
    const free = await Promise.all(Array.from({ length: count }, (_, i) => isFree(first + i)));
    if (free.every(Boolean)) return first;
  }
  throw new Error(`no ${count} free ports in a row from ${start} on`);
}

async function isFree(port: number): Promise<boolean> {
  return !(await isAnswered(port)) && (await canListen(port));
}

async function isAnswered(port: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const socket = connect({ host: '127.0.0.1', port });
  socket.once('connect', () => resolve(true));
  socket.once('error', () => resolve(false));
  const answered = await promise;
  socket.destroy();
  return answered;
}

async function canListen(port: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const server = createServer();
  // Without the right to listen below 1024 we cannot know, but the container has it.
  server.once('error', (error) => resolve('code' in error && error.code === 'EACCES'));
  server.listen({ port, host: '0.0.0.0', exclusive: true }, () => resolve(true));
  const can = await promise;
  server.close();
  return can;
}
