import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { geteuid } from 'node:process';
import Docker from 'dockerode';
import { TEST_LABEL } from './global-setup.ts';
import { until } from './until.ts';

/** A Docker engine of a test's own, to be stopped, frozen and started again. It has no networks. */
export interface DockerEngine {
  readonly socketPath: string;
  readonly docker: Docker;
  /** Starts a container that sleeps. Gives its ID. */
  runContainer(): Promise<string>;
  /** Ends the engine; its containers live on. */
  stop(): Promise<void>;
  start(): Promise<void>;
  /** Sends the engine a signal. */
  signal(name: 'SIGSTOP' | 'SIGCONT'): void;
  /** Ends the process of a container behind the engine's back. */
  killProcess(pid: number): void;
  close(): Promise<void>;
}

/** Only root can run an engine. */
export const canRunEngine = geteuid?.() === 0;

const IMAGE = 'busybox:latest';

export async function startEngine(): Promise<DockerEngine> {
  const folder = mkdtempSync(join(tmpdir(), 'portolan-engine-'));
  const at = (name: string): string => join(folder, name);
  const socketPath = at('docker.sock');
  const docker = new Docker({ socketPath, host: undefined, protocol: 'http' });
  writeFileSync(at('daemon.json'), '{}');
  const folders = ['--data-root', at('data'), '--exec-root', at('exec'), '--pidfile', at('docker.pid')];
  const isolation = [
    '--bridge=none',
    '--iptables=false',
    '--ip6tables=false',
    '--storage-driver=vfs',
    '--config-file',
    at('daemon.json'),
  ];
  let process: ChildProcess;

  const start = async (): Promise<void> => {
    // In a network of its own: an engine without a bridge removes the bridge of the one that is there.
    const command = ['--net', 'dockerd', ...folders, ...isolation, '--live-restore', '-H', `unix://${socketPath}`];
    process = spawn('unshare', command, { stdio: 'ignore' });
    await until('the engine answers', async () => docker.ping().then(() => true));
  };
  const stop = async (): Promise<void> => {
    const ended = new Promise<void>((resolve) => process.once('exit', () => resolve()));
    process.kill('SIGTERM');
    await ended;
  };

  await start();
  execFileSync('sh', ['-c', `docker save ${IMAGE} | docker -H unix://${socketPath} load`], { stdio: 'ignore' });
  return {
    socketPath,
    docker,
    start,
    stop,
    runContainer: async () => {
      const container = await docker.createContainer({
        Image: IMAGE,
        Cmd: ['sh', '-c', 'sleep 1000'],
        Labels: { [TEST_LABEL]: '' },
        HostConfig: { NetworkMode: 'none' },
      });
      await container.start();
      return container.id;
    },
    signal: (name) => void process.kill(name),
    killProcess: (pid) => void execFileSync('kill', ['-KILL', String(pid)]),
    close: async () => {
      const containers = await docker.listContainers({ all: true });
      await Promise.all(containers.map(({ Id }) => docker.getContainer(Id).remove({ force: true, v: true })));
      await stop();
      // An engine that was started again leaves its own mount behind.
      execFileSync('sh', ['-c', `umount ${at('data')} 2>/dev/null; :`]);
      rmSync(folder, { recursive: true });
    },
  };
}
