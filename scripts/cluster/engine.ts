// A Docker engine on each host, and the images that it needs.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { DemoFailure, quietly, until } from '../demo/shell.ts';
import { onHost, type Place } from './places.ts';

/** The docker command line of this host. Gives its output. */
export async function docker({ socket }: Place, ...args: readonly string[]): Promise<string> {
  return (await quietly('docker', '-H', `unix://${socket}`, ...args)).trimEnd();
}

/** Starts the engine of a host; it outlives this process. */
export async function startEngine(place: Place): Promise<void> {
  const { folder, socket, hostname, namespace } = place;
  mkdirSync(folder, { recursive: true });
  // Neither the settings of this machine's engine nor its containerd's containers are ours.
  writeFileSync(`${folder}/daemon.json`, '{}');
  const own = ['--config-file', `${folder}/daemon.json`, '--data-root', `${folder}/data`];
  const names = ['--containerd-namespace', namespace, '--containerd-plugins-namespace', `${namespace}-plugins`];
  const files = ['--exec-root', `${folder}/exec`, '--pidfile', `${folder}/docker.pid`, '-H', `unix://${socket}`];
  const [enter, network] = onHost(place);
  const log = openSync(`${folder}/dockerd.log`, 'a');
  const named = ['unshare', '--uts', 'sh', '-c', 'hostname "$0" && exec dockerd "$@"', hostname];
  const engine = spawn(enter, [network, ...named, ...own, ...names, ...files], {
    detached: true,
    stdio: ['ignore', log, log],
  });
  engine.unref();
  const ended = endOf(engine);
  const answers = until(`the engine of ${hostname}`, 30_000, () => docker(place, 'version'));
  await Promise.race([answers, ended]).catch((cause: unknown) => {
    const tail = readFileSync(`${folder}/dockerd.log`, 'utf8').trimEnd().split('\n').slice(-5).join('\n');
    throw new DemoFailure(`the Docker engine of ${hostname} does not start:\n${tail}`, { cause });
  });
}

/** Brings images of this machine's engine to the hosts, all at once and without a file between them. */
export async function loadImages(places: readonly Place[], images: readonly string[]): Promise<void> {
  const save = spawn('docker', ['save', ...images], { stdio: ['ignore', 'pipe', 'inherit'] });
  const loads = places.map(({ socket }) => {
    const load = spawn('docker', ['-H', `unix://${socket}`, 'load', '-q'], { stdio: ['pipe', 'ignore', 'inherit'] });
    save.stdout.pipe(load.stdin);
    return load;
  });
  await Promise.all([save, ...loads].map((child) => successOf(child)));
}

async function successOf(child: ChildProcess): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  child.once('error', reject);
  child.once('exit', (code) => {
    if (code === 0) resolve();
    else reject(new DemoFailure(`${child.spawnargs.join(' ')} exits with ${code}`));
  });
  await promise;
}

/** Never resolves: an engine that ends by itself has failed. */
async function endOf(child: ChildProcess): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  child.once('error', reject);
  child.once('exit', (code) => reject(new Error(`it exits with ${code}`)));
  return await promise;
}
