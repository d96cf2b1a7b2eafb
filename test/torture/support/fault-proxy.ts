import { rmSync } from 'node:fs';
import { connect, createServer, type NetConnectOpts, type Server, type Socket } from 'node:net';

/** Where something listens: a unix socket, or a port of loopback. */
export type Place = { readonly path: string } | { readonly port: number };

/** Bytes go through, or connections end and new ones are refused, or everything is silent. */
export type ProxyMode = 'open' | 'cut' | 'stalled';

/** A place in front of another whose connections can be spoilt. */
export interface FaultProxy {
  readonly place: Place;
  /** Leaving `stalled` delivers what was held back, as a network does that was away for a moment. */
  set(mode: ProxyMode): Promise<void>;
  close(): Promise<void>;
}

interface Link {
  readonly incoming: Socket;
  outgoing: Socket | undefined;
}

export async function startFaultProxy(place: Place, target: Place): Promise<FaultProxy> {
  const links = new Set<Link>();
  let mode: ProxyMode = 'open';
  let server: Server | undefined;

  const open = (link: Link): void => {
    const { incoming } = link;
    const end = (): void => {
      incoming.destroy();
      link.outgoing?.destroy();
      links.delete(link);
    };
    if (link.outgoing === undefined) {
      link.outgoing = connect(target as NetConnectOpts);
      for (const socket of [incoming, link.outgoing]) socket.on('error', () => undefined).on('close', end);
    }
    incoming.pipe(link.outgoing);
    link.outgoing.pipe(incoming);
  };
  const stall = ({ incoming, outgoing }: Link): void => {
    incoming.unpipe();
    incoming.pause();
    outgoing?.unpipe();
    outgoing?.pause();
  };
  const listen = async (): Promise<void> => {
    const listening = createServer({ pauseOnConnect: true }, (incoming) => {
      const link: Link = { incoming, outgoing: undefined };
      links.add(link);
      if (mode === 'open') open(link);
      else incoming.on('error', () => links.delete(link));
    });
    await new Promise<void>((resolve, reject) => listening.once('error', reject).listen(place, resolve));
    server = listening;
  };
  const cut = async (): Promise<void> => {
    const ending = server;
    server = undefined;
    const closed = new Promise<void>((resolve) => (ending === undefined ? resolve() : ending.close(() => resolve())));
    for (const { incoming, outgoing } of links) {
      incoming.destroy();
      outgoing?.destroy();
    }
    links.clear();
    await closed;
    if ('path' in place) rmSync(place.path, { force: true });
  };

  await listen();
  return {
    place,
    set: async (wanted) => {
      if (wanted === mode) return;
      mode = wanted;
      if (wanted === 'cut') return await cut();
      if (server === undefined) await listen();
      for (const link of links) (wanted === 'open' ? open : stall)(link);
    },
    close: cut,
  };
}
