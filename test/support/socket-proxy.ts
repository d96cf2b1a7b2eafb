import { rmSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';

/** A unix socket in front of another, that can be cut like the socket of a daemon that is started again. */
export interface SocketProxy {
  readonly path: string;
  /** Ends every connection and refuses new ones. */
  cut(): Promise<void>;
  /** Listens again, at the same path but as another file. */
  restore(): Promise<void>;
  close(): Promise<void>;
}

export async function startSocketProxy(path: string, target: string): Promise<SocketProxy> {
  const sockets = new Set<Socket>();
  const listen = async () => {
    const server = createServer((incoming) => {
      const outgoing = connect({ path: target });
      for (const socket of [incoming, outgoing]) {
        sockets.add(socket);
        socket.on('error', () => undefined);
        socket.on('close', () => {
          incoming.destroy();
          outgoing.destroy();
          sockets.delete(socket);
        });
      }
      incoming.pipe(outgoing);
      outgoing.pipe(incoming);
    });
    await new Promise<void>((resolve) => server.listen(path, resolve));
    return server;
  };
  let server = await listen();
  const cut = async (): Promise<void> => {
    for (const socket of sockets) socket.destroy();
    await new Promise<void>((resolve) => server.close(() => resolve()));
    rmSync(path, { force: true });
  };
  return {
    path,
    cut,
    restore: async () => {
      server = await listen();
    },
    close: cut,
  };
}
