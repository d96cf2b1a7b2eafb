import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

const ESTABLISHED = '01';

/** How many connections to a port of this machine a process has. */
export function connectionsTo(port: number, pid: number): number {
  const own = socketsOf(pid);
  return ['tcp', 'tcp6']
    .flatMap((table) => readFileSync(`/proc/net/${table}`, 'utf8').split('\n').slice(1))
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , remote = '', state, , , , , , inode = '']) => {
      const remotePort = Number.parseInt(remote.slice(remote.lastIndexOf(':') + 1), 16);
      return state === ESTABLISHED && remotePort === port && own.has(inode);
    }).length;
}

/** The inodes of its sockets. */
function socketsOf(pid: number): ReadonlySet<string> {
  const inodes = new Set<string>();
  for (const file of readdirSync(`/proc/${pid}/fd`)) {
    try {
      const inode = /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${file}`))?.[1];
      if (inode !== undefined) inodes.add(inode);
    } catch {
      // Closed meanwhile.
    }
  }
  return inodes;
}

/** Looks from time to time at how many there are; `stop` tells the most there were. */
export function watchConnections(port: number, pid: number): { readonly stop: () => number } {
  let most = 0;
  const look = (): void => {
    most = Math.max(most, connectionsTo(port, pid));
  };
  look();
  const timer = setInterval(look, 250);
  return {
    stop: () => {
      clearInterval(timer);
      return most;
    },
  };
}
