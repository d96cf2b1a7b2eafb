// Removes a cluster, also one that was cut off in the midst of something: by its names, and nothing that has others.
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { basename } from 'node:path';
import { quietly, until } from '../demo/shell.ts';
import type { Place, Places } from './places.ts';

export async function removeCluster(places: Places): Promise<void> {
  const { folder, hosts, switchNamespace } = places;
  await Promise.all(hosts.map(async (place) => await stopEngine(place)));
  for (const pid of leftProcesses(places)) end(pid, 'SIGKILL');
  await until('the end of its processes', 10_000, async () => leftProcesses(places).length === 0 || undefined);
  for (const mount of mountsBelow(folder)) await quietly('umount', '--lazy', mount);
  for (const namespace of [...hosts.map((place) => place.namespace), switchNamespace]) {
    if (existsSync(`/run/netns/${namespace}`)) await quietly('ip', 'netns', 'delete', namespace);
  }
  rmSync(folder, { recursive: true, force: true });
}

/** The orderly way, as far as the engine still answers. */
async function stopEngine({ socket, folder }: Place): Promise<void> {
  if (!existsSync(socket)) return;
  const docker = ['timeout', '30', 'docker', '-H', `unix://${socket}`] as const;
  try {
    const ids = (await quietly(...docker, 'ps', '-aq')).split('\n').filter(Boolean);
    if (ids.length > 0) await quietly(...docker, 'rm', '-f', '-v', ...ids);
  } catch {
    // What it does not end is ended without it.
  }
  const pid = readPid(`${folder}/docker.pid`);
  if (pid === undefined || !commandLine(pid).includes(folder)) return;
  end(pid, 'SIGTERM');
  await until('the end of the engine', 15_000, async () => commandLine(pid) === '' || undefined).catch(() => undefined);
}

/** Programs that keep a host running. A shell that somebody has opened there is none of them. */
const PROGRAMS = /^(dockerd|containerd|containerd-shim.*|node)$/;

function leftProcesses({ folder, hosts }: Places): readonly number[] {
  const ids = hosts.flatMap(containerIds);
  const marks = [`${folder}/`, ...hosts.map(({ namespace }) => namespace)];
  const pids = readdirSync('/proc').map(Number).filter(Number.isInteger);
  return pids.filter((pid) => {
    const groups = readOr(`/proc/${pid}/cgroup`);
    if (ids.some((id) => groups.includes(id))) return true;
    const command = commandLine(pid);
    const [program = ''] = command.split('\0', 1);
    return PROGRAMS.test(basename(program)) && marks.some((mark) => command.includes(mark));
  });
}

/** 64 digits each, which the cgroups of their processes carry whichever driver made them. */
function containerIds({ folder }: Place): readonly string[] {
  const containers = `${folder}/data/containers`;
  return existsSync(containers) ? readdirSync(containers).filter((name) => /^[0-9a-f]{64}$/.test(name)) : [];
}

/** The deepest first. */
function mountsBelow(folder: string): readonly string[] {
  const points = readOr('/proc/self/mountinfo')
    .split('\n')
    .map((line) => line.split(' ')[4] ?? '');
  return points.filter((point) => point.startsWith(`${folder}/`)).toSorted((a, b) => b.length - a.length);
}

function commandLine(pid: number): string {
  return readOr(`/proc/${pid}/cmdline`);
}

function readPid(path: string): number | undefined {
  const pid = Number(readOr(path));
  return pid > 0 ? pid : undefined;
}

/** Nothing where the process or the file has gone. */
function readOr(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function end(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended by itself.
  }
}
