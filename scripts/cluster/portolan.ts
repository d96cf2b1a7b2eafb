// A Portolan on each host, from its image, as the README says.
import { DemoFailure } from '../demo/shell.ts';
import { docker } from './engine.ts';
import type { Place } from './places.ts';

const NAME = 'portolan';

/** Processes of its container by the form of their command lines. */
const PROCESSES = { portolan: '/portolan[.]js ', runsv: '^runsv ', haproxy: '^haproxy ' };
export type PortolanProcess = keyof typeof PROCESSES;

/** As scripts/image.ts calls it. */
export const PORTOLAN_IMAGE = process.env['PORTOLAN_IMAGE'] ?? NAME;

/** `args` are further options of `portolan run`. */
export async function startPortolan(place: Place, args: readonly string[] = []): Promise<void> {
  await docker(
    place,
    ...['run', '-d', '--name', NAME, '--network', 'host', '-v', `${place.socket}:/var/run/docker.sock`],
    ...[PORTOLAN_IMAGE, 'consul://127.0.0.1:8500', ...args],
  );
}

/** Stops the container, HAProxy with it, and starts another one with other options. */
export async function replacePortolan(place: Place, args: readonly string[]): Promise<void> {
  await docker(place, 'stop', NAME);
  await docker(place, 'rm', '-v', NAME);
  await startPortolan(place, args);
}

/** Its ID inside the container, the oldest one's where several run; `undefined` when none does. */
export async function processOf(place: Place, which: PortolanProcess): Promise<number | undefined> {
  const lines = `for p in /proc/[0-9]*; do tr '\\0' ' ' < $p/cmdline 2>/dev/null | grep -q '${PROCESSES[which]}' && echo \${p#/proc/}; done; :`;
  const pids = (await inContainer(place, lines)).split('\n').filter(Boolean).map(Number);
  return pids.toSorted((a, b) => a - b)[0];
}

/** Sends a process of the container a signal: `KILL`, `STOP`, `CONT`. */
export async function signalProcess(place: Place, which: PortolanProcess, signal: string): Promise<void> {
  const pid = await processOf(place, which);
  if (pid === undefined) throw new DemoFailure(`no ${which} runs on ${place.hostname}`);
  await inContainer(place, `kill -${signal} ${pid}`);
}

async function inContainer(place: Place, command: string): Promise<string> {
  return await docker(place, 'exec', NAME, 'sh', '-c', command);
}
