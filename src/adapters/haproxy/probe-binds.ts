import { createServer } from 'node:net';
import { errorMessage, PortolanError, systemErrorCode } from '../../lib/errors.ts';

/**
 * Tries to listen on each address for a moment. HAProxy's own check does not notice a port that is taken, and a reload
 * that meets one stops all listeners for seconds.
 *
 * Throws `ADDRESS_IN_USE` or `BIND_REFUSED` for the first that cannot be had.
 */
export async function probeBinds(binds: readonly string[], signal: AbortSignal): Promise<void> {
  for (const bind of binds) {
    signal.throwIfAborted();
    await probe(bind);
  }
}

async function probe(bind: string): Promise<void> {
  const colon = bind.lastIndexOf(':');
  const host = bind.slice(0, colon).replace(/^\[(.*)\]$/, '$1');
  const server = createServer();
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject);
  server.listen(
    { port: Number(bind.slice(colon + 1)), host: host === '*' ? '0.0.0.0' : host, exclusive: true },
    resolve,
  );
  try {
    await promise;
  } catch (error) {
    throw toBindError(bind, error);
  } finally {
    server.close();
  }
}

function toBindError(bind: string, error: unknown): PortolanError {
  switch (systemErrorCode(error)) {
    case 'EADDRINUSE':
      return new PortolanError('ADDRESS_IN_USE', `another program listens on ${bind} already`, {
        cause: error,
        hint: `See which by: ss -ltnp 'sport = :${bind.slice(bind.lastIndexOf(':') + 1)}'. Or choose another port by --http-bind.`,
      });
    case 'EACCES':
      return new PortolanError('BIND_REFUSED', `no permission to listen on ${bind}`, {
        cause: error,
        hint: 'Ports below 1024 need the capability NET_BIND_SERVICE; or choose another by --http-bind lo:8080.',
      });
    default:
      return new PortolanError('BIND_REFUSED', `cannot listen on ${bind}: ${errorMessage(error)}`, { cause: error });
  }
}
