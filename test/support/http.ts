import { request } from 'node:http';

export interface Answer {
  readonly status: number;
  readonly text: string;
}

/** One request on a connection of its own. Throws Node's errors. */
export async function ask(
  place: { readonly host?: string; readonly port: number; readonly path?: string; readonly method?: string },
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const asking = request({ host: '127.0.0.1', ...place, headers, agent: false, timeout: 5_000 }, (response) => {
    let text = '';
    response.setEncoding('utf8');
    response.on('data', (chunk: string) => {
      text += chunk;
    });
    response.once('end', () => resolve({ status: response.statusCode ?? 0, text }));
    response.once('error', reject);
  });
  asking.once('timeout', () => asking.destroy(new Error('no answer within 5 s')));
  asking.once('error', reject);
  asking.end();
  return await promise;
}
