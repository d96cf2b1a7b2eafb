import { Agent, createServer, request } from 'node:http';

/** A proxy in front of a server on this host that remembers what was asked. */
export interface RecordingProxy {
  readonly port: number;
  /** `PUT /v1/agent/check/update/…`, without the query; in the order of their arrival. */
  readonly requests: readonly RecordedRequest[];
  close(): void;
}

export interface RecordedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: string;
}

export async function startRecordingProxy(port: number, targetPort: number): Promise<RecordingProxy> {
  const requests: RecordedRequest[] = [];
  const agent = new Agent({ keepAlive: true });
  const server = createServer((incoming, outgoing) => {
    const { method = '', url = '', headers } = incoming;
    const [path = '', query = ''] = url.split('?');
    requests.push({ method, path, query });
    const options = { host: '127.0.0.1', port: targetPort, method, path: url, headers, agent };
    const forwarded = request(options, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    forwarded.once('error', () => outgoing.destroy());
    outgoing.once('close', () => forwarded.destroy());
    incoming.pipe(forwarded);
  });
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen({ host: '127.0.0.1', port }, resolve);
  await promise;
  return {
    port,
    requests,
    close: () => {
      server.closeAllConnections();
      server.close();
      agent.destroy();
    },
  };
}
