import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** How a command ended, or that it did not. */
export type Ending = { readonly kind: 'exited'; readonly code: number | null } | { readonly kind: 'running' };

export interface CommandLine {
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

const ROOT = join(import.meta.dirname, '../../..');
const BUNDLE = join(ROOT, 'dist/portolan.js');
/** What has not ended so long after its first word goes on for good. */
const ENDS_WITHIN_MS = 2_000;
/** On a busy machine a program needs a while before it says anything. */
const SPEAKS_WITHIN_MS = 20_000;

/**
 * Runs `portolan` as a registrar alone, with sockets in a folder of its own and a Docker socket where nothing listens
 * unless the environment names another. Ends what it has started.
 */
export async function endingOf({ args, environment }: CommandLine): Promise<Ending> {
  const folder = await mkdtemp(join(tmpdir(), 'portolan-conformance-'));
  const child = spawn(process.execPath, [entryPoint(), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd: folder,
    env: {
      PATH: process.env['PATH'],
      HOME: folder,
      // By variables, so that the arguments are just those of the recording.
      PORTOLAN_REGISTRAR_ONLY: 'true',
      PORTOLAN_RUN_DIR: join(folder, 'run'),
      PORTOLAN_ADMIN: 'off',
      ...environment,
      DOCKER_HOST: environment['DOCKER_HOST'] || `unix://${join(folder, 'docker.sock')}`,
    },
  });
  try {
    return await watch(child);
  } finally {
    const isAlive = child.pid !== undefined && child.exitCode === null && child.signalCode === null;
    if (isAlive && child.kill('SIGKILL')) await once(child, 'exit');
    await rm(folder, { recursive: true, force: true });
  }
}

async function watch(child: ChildProcess): Promise<Ending> {
  return await new Promise<Ending>((resolve, reject) => {
    const running = (): void => resolve({ kind: 'running' });
    let timer = setTimeout(running, SPEAKS_WITHIN_MS);
    let hasSpoken = false;
    const listen = (): void => {
      if (hasSpoken) return;
      hasSpoken = true;
      clearTimeout(timer);
      timer = setTimeout(running, ENDS_WITHIN_MS);
    };
    child.stdout?.on('data', listen);
    child.stderr?.on('data', listen);
    child.once('error', reject);
    child.once('exit', (code) => {
      clearTimeout(timer);
      resolve({ kind: 'exited', code });
    });
  });
}

/** The bundle, unless a source is newer. */
function entryPoint(): string {
  const sources = globSync(['src/**/*.ts', 'package.json', 'scripts/build.ts'], { cwd: ROOT });
  const bundleMs = statSync(BUNDLE, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const isFresh = sources.every((path) => statSync(join(ROOT, path)).mtimeMs < bundleMs);
  return isFresh ? BUNDLE : join(ROOT, 'src/main.ts');
}
