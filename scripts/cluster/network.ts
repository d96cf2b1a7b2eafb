// The network between the hosts: a namespace each, and one with a bridge in the place of a switch. Nothing of it is in
// the network of this machine.
import { spawnSync } from 'node:child_process';
import { DemoFailure, quietly } from '../demo/shell.ts';
import type { Place, Places } from './places.ts';

/** What the cluster needs of the machine. */
export const RIGHTS =
  'it needs root and the right to make network namespaces: sudo make cluster; in a container, docker run --privileged';

/** Whether this user of this machine may make hosts. */
export function canMakeHosts(): boolean {
  return process.geteuid?.() === 0 && spawnSync('unshare', ['--net', 'true']).status === 0;
}

/** Throws a `DemoFailure` that says what is missing. */
export async function createNetwork({ switchNamespace, hosts }: Places): Promise<void> {
  if (!canMakeHosts()) throw new DemoFailure(RIGHTS);
  await quietly('ip', 'netns', 'add', switchNamespace);
  await quietly('ip', '-n', switchNamespace, 'link', 'add', 'bridge', 'type', 'bridge');
  await quietly('ip', '-n', switchNamespace, 'link', 'set', 'bridge', 'up');
  for (const host of hosts) await joinHost(host, switchNamespace);
}

async function joinHost({ namespace, hostname, address }: Place, switchNamespace: string): Promise<void> {
  const [inside, outside] = [
    ['-n', namespace],
    ['-n', switchNamespace],
  ] as const;
  await quietly('ip', 'netns', 'add', namespace);
  await quietly('ip', ...inside, 'link', 'set', 'lo', 'up');
  const pair = ['link', 'add', hostname, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', namespace];
  await quietly('ip', ...outside, ...pair);
  await quietly('ip', ...outside, 'link', 'set', hostname, 'master', 'bridge', 'up');
  await quietly('ip', ...inside, 'address', 'add', `${address}/24`, 'dev', 'eth0');
  await quietly('ip', ...inside, 'link', 'set', 'eth0', 'up');
}

/** Pulls a host's cable out of the switch, or puts it back. */
export async function setCable({ switchNamespace }: Places, { hostname }: Place, state: 'up' | 'down'): Promise<void> {
  await quietly('ip', '-n', switchNamespace, 'link', 'set', hostname, state);
}
