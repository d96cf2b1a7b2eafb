import { timingSafeEqual } from 'node:crypto';
import { chmod, rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import { connect } from 'node:net';
import { umask } from 'node:process';
import { createAdaptorServer } from '@hono/node-server';
import { isLoopback } from '../lib/addresses.ts';
import type { Clock } from '../lib/clock.ts';
import { errorMessage, PortolanError, systemErrorCode } from '../lib/errors.ts';
import { sha256 } from '../lib/hash.ts';
import { errorFacts, type Log } from '../lib/log.ts';
import { untilAborted } from '../lib/until-aborted.ts';
import { adminRoutes } from './routes.ts';
import type { AdminView } from './view.ts';

export interface AdminServerOptions {
  readonly view: AdminView;
  readonly clock: Clock;
  readonly log: Log;
  /** `undefined` for none. */
  readonly address: { readonly host: string; readonly port: number } | undefined;
  /** Absolute path of the socket for our own commands; `undefined` for none. */
  readonly socketPath: string | undefined;
  readonly token: () => string | undefined;
}

/** How long a client may take for its headers, and for all of its request. */
const HEADERS_DEADLINE_MS = 10_000;
const MAX_CONNECTIONS = 100;
const RETRY_MS = 5_000;

/** Serves until aborted. Never rejects: a place that is taken is said, and tried again. */
export async function serveAdmin(options: AdminServerOptions, signal: AbortSignal): Promise<void> {
  const { address, socketPath } = options;
  const places: Place[] = [
    ...(socketPath === undefined ? [] : [{ kind: 'socket', path: socketPath } as const]),
    ...(address === undefined ? [] : [{ kind: 'tcp', ...address } as const]),
  ];
  await Promise.all(places.map((place) => servePlace(place, options, signal)));
}

type Place =
  | { readonly kind: 'socket'; readonly path: string }
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number };

async function servePlace(
  place: Place,
  { view, token, clock, log }: AdminServerOptions,
  signal: AbortSignal,
): Promise<void> {
  const access = {
    isSocket: place.kind === 'socket',
    isLocal: place.kind === 'tcp' && isLoopback(place.host),
    token,
    // Of equal length whatever was given, as the comparison wants it.
    isEqual: (a: string, b: string) => timingSafeEqual(Buffer.from(sha256(a)), Buffer.from(sha256(b))),
  };
  const routes = adminRoutes(view, access, (error) => log.error('an admin route failed', errorFacts(error)));
  let isSaid = false;
  while (!signal.aborted) {
    const serverOptions = {
      headersTimeout: HEADERS_DEADLINE_MS,
      requestTimeout: HEADERS_DEADLINE_MS,
      maxHeaderSize: 16_384,
    };
    const server = createAdaptorServer({ fetch: routes.fetch, serverOptions }) as Server;
    server.maxConnections = MAX_CONNECTIONS;
    try {
      await listen(server, place);
      // One of a listening server, as when descriptors run out, must not end the process.
      server.on('error', (error) => log.warn('the admin server met an error', errorFacts(error)));
      isSaid = false;
      log.info('admin server listens', { at: nameOf(place) });
      await untilAborted(signal);
      server.closeAllConnections();
      server.close();
      if (place.kind === 'socket') await rm(place.path, { force: true });
      return;
    } catch (error) {
      server.close();
      if (!isSaid) log.warn('the admin server cannot listen; trying again', errorFacts(toListenError(place, error)));
      isSaid = true;
      await clock.sleep(RETRY_MS, signal).catch(() => undefined);
    }
  }
}

async function listen(server: Server, place: Place): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject);
  if (place.kind === 'tcp') {
    server.listen({ host: place.host, port: place.port }, resolve);
    return await promise;
  }
  if (await isAnswered(place.path))
    throw new PortolanError('ADDRESS_IN_USE', `another Portolan listens on ${place.path}`);
  await rm(place.path, { force: true });
  // The socket is created in this very call, for its owner only.
  const before = umask(0o177);
  server.listen({ path: place.path }, resolve);
  umask(before);
  await promise;
  await chmod(place.path, 0o600);
}

async function isAnswered(path: string): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const socket = connect({ path });
  socket.once('connect', () => resolve(true));
  socket.once('error', () => resolve(false));
  const answered = await promise;
  socket.destroy();
  return answered;
}

function nameOf(place: Place): string {
  return place.kind === 'socket' ? place.path : `http://${place.host}:${place.port}`;
}

function toListenError(place: Place, error: unknown): PortolanError {
  if (error instanceof PortolanError) return error;
  const isTaken = systemErrorCode(error) === 'EADDRINUSE';
  const message = `cannot listen on ${nameOf(place)}: ${errorMessage(error)}`;
  const hint =
    place.kind === 'socket'
      ? 'Choose another folder by --run-dir.'
      : 'Choose another place by --admin IP:PORT, or --admin off.';
  return new PortolanError(isTaken ? 'ADDRESS_IN_USE' : 'BIND_REFUSED', message, { cause: error, hint });
}
