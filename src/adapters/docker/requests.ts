import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import Docker from 'dockerode';
import type { DockerEndpoint } from './endpoint.ts';
import type { DockerTls } from './tls.ts';

/** A request to the engine. There are no others than GET. */
export interface DockerRequest {
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
}

const STATUS_CODES = { 200: true, 400: 'bad parameter', 404: 'no such container', 500: 'server error' } as const;

/** Resolves when the answer begins. Rejects with an error that has a `statusCode` when the engine refuses. */
export async function openAnswer(
  { endpoint, tls }: { readonly endpoint: DockerEndpoint; readonly tls: DockerTls | undefined },
  { path, query }: DockerRequest,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  // As a stream, since otherwise the library holds an answer of any length.
  const request = { method: 'GET', isStream: true, abortSignal: signal, statusCodes: STATUS_CODES };
  const options = query === undefined ? { path } : { path: `${path}?`, options: query };
  connect(endpoint, tls).modem.dial({ ...request, ...options }, (error, answer) => {
    if (error === null) resolve((answer as IncomingMessage).setEncoding('utf8'));
    else reject(error);
  });
  return await promise;
}

/** What the library would take from the environment by itself is named here, if only to say that it is not there. */
export function connect(endpoint: DockerEndpoint, tls: DockerTls | undefined): Docker {
  const nothing = { ca: undefined, cert: undefined, key: undefined, timeout: undefined };
  if (endpoint.kind === 'unix') {
    return new Docker({ ...nothing, socketPath: endpoint.path, host: undefined, protocol: 'http' });
  }
  const isTls = tls !== undefined || endpoint.isTls;
  return new Docker({
    ...nothing,
    ...tls,
    host: endpoint.host,
    port: endpoint.port ?? (isTls ? 2376 : 2375),
    protocol: isTls ? 'https' : 'http',
  });
}

/** The whole answer; `undefined` for one of more characters than `maxLength`, of which the rest is not read. */
export async function readText(answer: Readable, maxLength = Number.POSITIVE_INFINITY): Promise<string | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<string | undefined>();
  const parts: string[] = [];
  let length = 0;
  // By events, since `for await` costs as much as the rest of a small request (measured).
  answer.on('data', (part: string) => {
    parts.push(part);
    length += part.length;
    if (length <= maxLength) return;
    resolve(undefined);
    answer.destroy();
  });
  answer.once('end', () => resolve(parts.join('')));
  answer.once('error', reject);
  answer.once('close', () => reject(new Error('the answer was cut off')));
  return await promise;
}
