import http from 'node:http';

export type Place = { readonly port: number } | { readonly socketPath: string };

/** Requests over connections that are kept. */
export interface HttpClient {
  /** Throws for anything but a success. */
  request(method: string, path: string, body?: string): Promise<string>;
  /** Consul's index of what is at this path. */
  indexOf(path: string): Promise<number>;
  close(): void;
}

interface Answer {
  readonly text: string;
  readonly headers: http.IncomingHttpHeaders;
}

export function createHttp(place: Place, maxSockets: number): HttpClient {
  const agent = new http.Agent({ keepAlive: true, maxSockets });
  const ask = async (method: string, path: string, body?: string): Promise<Answer> => {
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    const headers = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
    const asking = http.request({ host: '127.0.0.1', ...place, method, path, agent, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('error', reject);
      response.once('end', () => {
        const text = Buffer.concat(chunks).toString();
        const status = response.statusCode ?? 0;
        if (status < 300) resolve({ text, headers: response.headers });
        else reject(new Error(`${method} ${path}: ${status} ${text.slice(0, 200)}`));
      });
    });
    asking.once('error', reject);
    asking.end(body);
    return await promise;
  };
  return {
    request: async (method, path, body) => (await ask(method, path, body)).text,
    indexOf: async (path) => Number((await ask('GET', path)).headers['x-consul-index']),
    close: () => agent.destroy(),
  };
}

/** Works on the items, at most `width` at a time. */
export async function inParallel<T>(
  items: readonly T[],
  width: number,
  work: (item: T) => Promise<unknown>,
): Promise<void> {
  const waiting = items.toReversed();
  const worker = async (): Promise<void> => {
    for (let item = waiting.pop(); item !== undefined; item = waiting.pop()) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, worker));
}
