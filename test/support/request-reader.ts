/** A part of what a client sends: a whole HTTP request, or bytes that are none that we understand. */
export type ClientPart =
  | { readonly kind: 'request'; readonly bytes: Buffer; readonly request: ReadRequest }
  | { readonly kind: 'bytes'; readonly bytes: Buffer };

export interface ReadRequest {
  readonly method: string;
  /** With the query, as sent. */
  readonly path: string;
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

const HEAD_END = '\r\n\r\n';

/**
 * Cuts the bytes of one connection into HTTP/1.1 requests. What is not HTTP, or has a body without a length, is handed
 * on as it is, and all that follows it.
 */
export function createRequestReader(): (chunk: Buffer) => readonly ClientPart[] {
  let pending = Buffer.alloc(0);
  let isOpaque = false;
  const next = (): ClientPart | undefined => {
    if (pending.length === 0) return undefined;
    if (isOpaque || !/^[A-Z]{1,8}( |$)/.test(pending.toString('latin1', 0, 9))) {
      isOpaque = true;
      return take(pending.length, undefined);
    }
    const headLength = pending.indexOf(HEAD_END) + HEAD_END.length;
    if (headLength < HEAD_END.length) return undefined;
    const [line = '', ...rest] = pending.toString('latin1', 0, headLength).trimEnd().split('\r\n');
    const headers = new Map(rest.map((header) => splitHeader(header)));
    if (headers.has('transfer-encoding') || headers.has('upgrade')) {
      isOpaque = true;
      return take(pending.length, undefined);
    }
    const length = headLength + Number(headers.get('content-length') ?? 0);
    if (pending.length < length) return undefined;
    const [method = '', path = ''] = line.split(' ');
    return take(length, { method, path, headers, body: pending.toString('utf8', headLength, length) });
  };
  const take = (length: number, request: ReadRequest | undefined): ClientPart => {
    const bytes = pending.subarray(0, length);
    pending = pending.subarray(length);
    return request === undefined ? { kind: 'bytes', bytes } : { kind: 'request', bytes, request };
  };
  return (chunk) => {
    pending = Buffer.concat([pending, chunk]);
    const parts: ClientPart[] = [];
    for (let part = next(); part !== undefined; part = next()) parts.push(part);
    return parts;
  };
}

function splitHeader(header: string): readonly [name: string, value: string] {
  const colon = header.indexOf(':');
  return [header.slice(0, colon).toLowerCase(), header.slice(colon + 1).trim()];
}
