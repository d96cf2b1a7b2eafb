import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { isContainer } from './host-network.ts';

/** This machine's own name; `undefined` in a container, where it is the container's. */
export function machineName(): string | undefined {
  return isContainer() ? undefined : hostname();
}

/** Beyond this many connections HAProxy is not the bottleneck of a host, and its tables cost memory. */
const MAX_CONNECTIONS = 20_000;
/** Beside two for each connection HAProxy needs descriptors for listeners, checks and its own sockets. */
const RESERVED_DESCRIPTORS = 500;

/** How many connections HAProxy can hold within the limit of open files. */
export function connectionLimit(): number {
  let limits = '';
  try {
    limits = readFileSync('/proc/self/limits', 'utf8');
  } catch {
    // Without /proc there is no limit to be read; HAProxy says if there is one.
  }
  const hard = /^Max open files\s+\S+\s+(\d+)/m.exec(limits)?.[1];
  if (hard === undefined) return MAX_CONNECTIONS;
  return Math.max(100, Math.min(MAX_CONNECTIONS, Math.floor((Number(hard) - RESERVED_DESCRIPTORS) / 2)));
}
