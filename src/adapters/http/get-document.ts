import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';

/** Go's client follows as many. */
const MAX_REDIRECTS = 10;
const MAX_BYTES = 1024 * 1024;

/**
 * The body of an HTTP or HTTPS document of at most 1 MiB, redirects followed.
 * Throws what Node throws, and an `Error` for an error status, for one that is too long, and for what is no URL.
 */
export async function getDocument(url: string, signal: AbortSignal): Promise<Uint8Array> {
  let place = parseUrl(url);
  for (let redirects = 0; ; redirects++) {
    const answer = await openAnswer(place, signal);
    const { statusCode = 0, headers } = answer;
    const isRedirect = [301, 302, 303, 307, 308].includes(statusCode) && headers.location !== undefined;
    if (!isRedirect) return await readBody(answer);
    answer.destroy();
    if (redirects >= MAX_REDIRECTS) throw new Error(`stopped after ${MAX_REDIRECTS} redirects`);
    place = parseUrl(headers.location ?? '', place);
  }
}

function parseUrl(url: string, base?: URL): URL {
  const place = URL.parse(url, base?.href);
  if (place?.protocol === 'http:' || place?.protocol === 'https:') return place;
  throw new Error('it is no URL of HTTP or HTTPS');
}

async function openAnswer(place: URL, signal: AbortSignal): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const request = place.protocol === 'https:' ? requestHttps : requestHttp;
  request(place, { signal, agent: false, headers: { 'user-agent': 'portolan' } }, resolve)
    .once('error', reject)
    .end();
  return await promise;
}

async function readBody(answer: IncomingMessage): Promise<Uint8Array> {
  const { statusCode = 0 } = answer;
  if (statusCode < 200 || statusCode > 299) {
    answer.destroy();
    throw new Error(`it is answered with status ${statusCode}`);
  }
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of answer as AsyncIterable<Buffer>) {
    length += part.length;
    // Leaving the loop ends the connection.
    if (length > MAX_BYTES) throw new Error(`it has more than ${MAX_BYTES} bytes`);
    parts.push(part);
  }
  return new Uint8Array(Buffer.concat(parts));
}
