import http2 from 'node:http2';
import { tooLong } from './request-error.ts';

/** A request on its way over HTTP/2. */
export interface Exchange {
  /** Rejects when the stream ends before the answer does, with the reason where one is known. */
  readonly answer: Promise<RawAnswer>;
  /** Gives the answer up: it rejects with this error. */
  cancel(error: unknown): void;
}

/** An answer as it came. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: http2.IncomingHttpHeaders;
  readonly body: Buffer;
}

export const CONNECTION_ENDED = 'the agent ended the connection';

export interface ExchangeOptions {
  /** A longer answer is cut off. */
  readonly maxBytes: number;
  /** Why the session ended, for streams that end with it. */
  readonly lossOf: () => unknown;
}

/** Asks without a body. So many of these wait at a time that each is as plain as can be. */
export function exchange(
  session: http2.ClientHttp2Session,
  headers: http2.OutgoingHttpHeaders,
  { maxBytes, lossOf }: ExchangeOptions,
): Exchange {
  const { promise, resolve, reject } = Promise.withResolvers<RawAnswer>();
  const stream = session.request(headers, { endStream: true });
  const chunks: Buffer[] = [];
  let bytes = 0;
  let answer: http2.IncomingHttpHeaders & http2.IncomingHttpStatusHeader = {};
  const cancel = (error: unknown): void => {
    reject(error);
    if (!stream.closed) stream.close(http2.constants.NGHTTP2_CANCEL);
  };

  stream.on('response', (received) => {
    answer = received;
  });
  stream.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    chunks.push(chunk);
    if (bytes > maxBytes) cancel(new Error(tooLong(maxBytes)));
  });
  stream.on('error', (error) => reject(lossOf() ?? error));
  stream.on('close', () => {
    const status = answer[':status'];
    const isWhole = status !== undefined && stream.readableEnded && stream.rstCode === http2.constants.NGHTTP2_NO_ERROR;
    if (isWhole) resolve({ status, headers: answer, body: Buffer.concat(chunks) });
    else
      reject(
        lossOf() ??
          new Error(session.destroyed ? CONNECTION_ENDED : `the agent ended the stream (code ${stream.rstCode})`),
      );
  });
  return { answer: promise, cancel };
}
