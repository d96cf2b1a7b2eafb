// Doors from this machine's loopback to the loopback of a host, for browsers and tests: a process of the host accepts on
// sockets that were opened here.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { freePorts } from '../demo/ports.ts';
import { onHost, type Place } from './places.ts';

/** Ports of 127.0.0.1 on this machine that lead to the ones of the same purpose on the host. */
export interface Doors {
  /** Every service, as on the host's own port 80. */
  readonly http: number;
  readonly consul: number;
  /** Portolan's admin server. */
  readonly admin: number;
}

const TARGETS: Doors = { http: 80, consul: 8500, admin: 8650 };
/** The first ports that are tried, to which the number of the host is added. */
const WANTED: Doors = { http: 18_080, consul: 18_500, admin: 18_650 };

/** Opens the doors of a host; they outlive this process. */
export async function openDoors(place: Place): Promise<Doors> {
  const [enter, network] = onHost(place);
  // The folder is only there to find the process again.
  const child = fork(`${import.meta.dirname}/door-process.ts`, [place.folder], {
    execPath: enter,
    execArgv: [network, process.execPath],
    detached: true,
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`the doors of ${place.hostname} cannot be opened: exit code ${code}`);
  });
  ended.catch(() => undefined);
  const open = async (name: keyof Doors): Promise<number> => {
    const port = await freePorts(WANTED[name] + place.number, 1);
    const server = await listen(port);
    child.send({ target: TARGETS[name] }, server);
    // From then on only the child accepts.
    await Promise.race([once(child, 'message'), ended]);
    server.close();
    return port;
  };
  const doors = { http: await open('http'), consul: await open('consul'), admin: await open('admin') };
  child.disconnect();
  child.unref();
  return doors;
}

async function listen(port: number): Promise<Server> {
  const server = createServer();
  server.listen({ port, host: '127.0.0.1' });
  await once(server, 'listening');
  return server;
}
