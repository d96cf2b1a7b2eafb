import { rmSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises';
import { createRequestReader, type ReadRequest } from './request-reader.ts';

/** A port of loopback, or a socket of the file system. */
export type ProxyPlace = { readonly port: number } | { readonly path: string };

/** What goes wrong from now on. Nothing of what is not named. */
export interface Faults {
  /**
   * `refuse`: nobody listens. `close`, `reset`: connections are ended when they come, and at once when they stand.
   * `silence`: they are taken, and nothing passes in either direction; one that lost something that way stays dead.
   */
  readonly connections?: 'refuse' | 'close' | 'reset' | 'silence';
  /** What comes from the target comes this much later, or up to `jitterMs` more. */
  readonly latencyMs?: number;
  readonly jitterMs?: number;
  /** What comes from the target comes in pieces of so many bytes. */
  readonly sliceBytes?: number;
  /** A connection ends when so many bytes have come from the target. */
  readonly truncateAfterBytes?: number;
  /** What becomes of the head of each HTTP answer. */
  readonly rewriteHead?: (head: string) => string;
  /** Asked about each HTTP request. */
  readonly rule?: (request: ReadRequest, tools: RuleTools) => RequestFate;
}

export interface RuleTools {
  /** How many requests came since these faults began, this one included. */
  readonly count: number;
  /** True with this chance, by the seed. */
  chance(probability: number): boolean;
}

/**
 * `undefined` passes. An answer is given instead of asking the target. `lose-request`: it never arrives, and nobody
 * answers. `lose-answer`: the target obeys, and nobody hears of it.
 */
export type RequestFate =
  | undefined
  | 'close'
  | 'reset'
  | 'lose-request'
  | 'lose-answer'
  | { readonly status: number; readonly body?: string; readonly headers?: Readonly<Record<string, string>> };

export interface FaultProxy {
  /** 0 when it listens at a socket of the file system. */
  readonly port: number;
  /** Repeats the same chances. One that was not given is printed when the first chance is taken. */
  readonly seed: number;
  /** The requests that came, as `PUT /v1/agent/…`, in order. */
  readonly requests: readonly string[];
  /** Replaces the faults of before. */
  setFaults(faults: Faults): Promise<void>;
  clear(): Promise<void>;
  /** New connections go there, as when a server comes back elsewhere. */
  retarget(target: ProxyPlace): void;
  close(): Promise<void>;
}

export interface FaultProxyOptions {
  readonly target: ProxyPlace;
  /** By default a free port. */
  readonly listen?: ProxyPlace;
  readonly seed?: number;
}

interface Proxying {
  target: ProxyPlace;
  faults: Faults;
  requestsOfFaults: number;
  readonly requests: string[];
  readonly random: () => number;
}

/** Stands between a client and a server, both on this host, and does to their connections what it is told. */
export async function startFaultProxy({ target, listen, seed }: FaultProxyOptions): Promise<FaultProxy> {
  const sockets = new Set<Socket>();
  const usedSeed = seed ?? Math.trunc(Math.random() * 2 ** 31);
  const random = seededRandom(usedSeed, seed === undefined);
  const proxying: Proxying = { target, faults: {}, requestsOfFaults: 0, requests: [], random };
  const server = createServer({ noDelay: true }, (client) => {
    sockets.add(client);
    client.on('error', () => undefined);
    client.once('close', () => sockets.delete(client));
    if (end(client, proxying.faults.connections)) return;
    relay(client, proxying);
  });
  let place: ProxyPlace = listen ?? { port: 0 };
  const open = async (): Promise<void> => {
    if ('path' in place) rmSync(place.path, { force: true });
    const options = 'path' in place ? { path: place.path } : { port: place.port, host: '127.0.0.1' };
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    server.once('error', reject);
    server.listen(options, resolve);
    await promise;
  };
  const shut = async (): Promise<void> => {
    const { promise, resolve } = Promise.withResolvers<unknown>();
    server.close(resolve);
    for (const socket of sockets) socket.destroy();
    await promise;
  };
  await open();
  if (!('path' in place)) place = { port: (server.address() as AddressInfo).port };

  const setFaults = async (faults: Faults): Promise<void> => {
    proxying.faults = faults;
    proxying.requestsOfFaults = 0;
    if (faults.connections === 'refuse') {
      if (server.listening) await shut();
      return;
    }
    for (const socket of sockets) end(socket, faults.connections);
    if (!server.listening) await open();
  };
  return {
    port: 'path' in place ? 0 : place.port,
    seed: usedSeed,
    requests: proxying.requests,
    setFaults,
    clear: async () => await setFaults({}),
    retarget: (elsewhere) => {
      proxying.target = elsewhere;
    },
    close: async () => {
      if (server.listening) await shut();
    },
  };
}

function end(socket: Socket, how: Faults['connections'] | RequestFate): boolean {
  if (how === 'close') socket.destroy();
  if (how === 'reset') socket.resetAndDestroy();
  return how === 'close' || how === 'reset';
}

function relay(client: Socket, proxying: Proxying): void {
  const { target } = proxying;
  const upstream = 'path' in target ? connect(target) : connect({ ...target, host: '127.0.0.1', noDelay: true });
  const read = createRequestReader();
  const deliver = createDelivery(client, proxying);
  // One that lost something never works again: the other side waits for what will not come.
  let isDead = false;
  let losesAnswer = false;
  client.on('data', (chunk) => {
    for (const part of read(chunk)) {
      const fate = part.kind === 'request' ? fateOf(part.request, proxying) : undefined;
      isDead ||= proxying.faults.connections === 'silence' || fate === 'lose-request';
      losesAnswer ||= fate === 'lose-answer';
      if (isDead || end(client, fate)) return;
      if (typeof fate === 'object') deliver(answerOf(fate));
      else upstream.write(part.bytes);
    }
  });
  upstream.on('data', (chunk) => {
    isDead ||= proxying.faults.connections === 'silence' || losesAnswer;
    if (!isDead) deliver(rewritten(chunk, proxying.faults));
  });
  upstream.on('error', () => undefined);
  upstream.on('close', () => {
    if (!isDead) deliver(undefined);
  });
  client.on('close', () => upstream.destroy());
}

/** A head that comes in one piece with the begin of its answer, as Consul sends it. */
function rewritten(chunk: Buffer, { rewriteHead }: Faults): Buffer {
  const end = chunk.indexOf('\r\n\r\n');
  if (rewriteHead === undefined || end < 0 || !chunk.toString('latin1', 0, 5).startsWith('HTTP/')) return chunk;
  return Buffer.concat([Buffer.from(rewriteHead(chunk.toString('latin1', 0, end)), 'latin1'), chunk.subarray(end)]);
}

/** Hands bytes on to the client, in order, as late and as small as the faults want; `undefined` ends the connection. */
function createDelivery(client: Socket, proxying: Proxying): (chunk: Buffer | undefined) => void {
  let delivered = Promise.resolve();
  let counted: Faults | undefined;
  let leftBytes = 0;
  const send = async (chunk: Buffer | undefined): Promise<void> => {
    const { faults } = proxying;
    const { latencyMs = 0, jitterMs = 0, sliceBytes, truncateAfterBytes = Number.POSITIVE_INFINITY } = faults;
    if (latencyMs + jitterMs > 0) await sleep(latencyMs + proxying.random() * jitterMs);
    if (counted !== faults) leftBytes = truncateAfterBytes;
    counted = faults;
    const bytes = chunk?.subarray(0, leftBytes) ?? Buffer.alloc(0);
    leftBytes -= bytes.length;
    for (let at = 0; at < bytes.length; at += sliceBytes ?? bytes.length) {
      client.write(bytes.subarray(at, at + (sliceBytes ?? bytes.length)));
      if (sliceBytes !== undefined) await turn();
    }
    if (chunk === undefined || leftBytes <= 0) client.end();
  };
  return (chunk) => {
    delivered = delivered.then(() => send(chunk));
  };
}

function fateOf(request: ReadRequest, proxying: Proxying): RequestFate {
  proxying.requests.push(`${request.method} ${request.path}`);
  proxying.requestsOfFaults += 1;
  const tools = {
    count: proxying.requestsOfFaults,
    chance: (probability: number) => proxying.random() < probability,
  };
  return proxying.faults.rule?.(request, tools);
}

function answerOf({ status, body = '', headers = {} }: Exclude<RequestFate, string | undefined>): Buffer {
  const all = { 'content-type': 'text/plain', ...headers, 'content-length': String(Buffer.byteLength(body)) };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`HTTP/1.1 ${status} Fault\r\n${lines.join('')}\r\n${body}`);
}

/** Mulberry32. */
function seededRandom(seed: number, isPrinted: boolean): () => number {
  let state = seed;
  let isUnsaid = isPrinted;
  return () => {
    if (isUnsaid) process.stderr.write(`fault proxy: seed ${seed}\n`);
    isUnsaid = false;
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
