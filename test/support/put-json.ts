import { request } from 'node:http';

/** `PUT` with a JSON body to a port of this host, on a connection of its own. Throws for any answer but 200. */
export async function putJson(port: number, path: string, body: unknown): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<number | undefined>();
  const asking = request({ host: '127.0.0.1', port, path, method: 'PUT', agent: false }, (response) => {
    response.resume();
    response.once('end', () => resolve(response.statusCode));
  });
  asking.once('error', reject);
  asking.end(JSON.stringify(body));
  const status = await promise;
  if (status !== 200) throw new Error(`PUT ${path} was answered with ${status}`);
}
