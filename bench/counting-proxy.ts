import { once } from 'node:events';
import net from 'node:net';

/** Calls by what they do. */
export interface Calls {
  /** `register` and `deregister`. */
  readonly registrations: number;
  /** Of checks: heartbeats. */
  readonly updates: number;
  readonly reads: number;
}

/** Hands bytes on to an agent and counts the requests. Only for little traffic: it runs in this process. */
export interface CountingProxy {
  readonly port: number;
  /** Since the last time, or the beginning. */
  take(): Calls;
  close(): void;
}

export async function startCountingProxy(targetPort: number): Promise<CountingProxy> {
  let calls = { registrations: 0, updates: 0, reads: 0 };
  const sockets = new Set<net.Socket>();
  const server = net.createServer((client) => {
    const agent = net.connect(targetPort, '127.0.0.1');
    for (const socket of [client, agent]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.once('error', () => socket.destroy());
      socket.once('close', () => sockets.delete(socket));
    }
    // Nobody pipelines, so each request begins a chunk; what else begins one is a body, and that is JSON.
    client.on('data', (chunk) => {
      const line = chunk.subarray(0, 40).toString('latin1');
      if (line.startsWith('PUT /v1/agent/check/')) calls = { ...calls, updates: calls.updates + 1 };
      else if (line.startsWith('PUT ')) calls = { ...calls, registrations: calls.registrations + 1 };
      else if (line.startsWith('GET ')) calls = { ...calls, reads: calls.reads + 1 };
    });
    client.pipe(agent).pipe(client);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    take: () => {
      const taken = calls;
      calls = { registrations: 0, updates: 0, reads: 0 };
      return taken;
    },
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
