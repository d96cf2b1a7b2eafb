// Runs on the network of a host and joins connections to the sockets that it is given with ports of its own loopback.
import { connect, type Server, type Socket } from 'node:net';

process.on('message', ({ target }: { readonly target: number }, server) => {
  (server as Server).on('connection', (client: Socket) => join(client, target));
  process.send?.('open');
});

function join(client: Socket, target: number): void {
  const inner = connect({ host: '127.0.0.1', port: target });
  for (const [from, to] of [
    [client, inner],
    [inner, client],
  ] as const) {
    from.pipe(to);
    from.on('error', () => to.destroy());
    from.on('close', () => to.destroy());
  }
}
