import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { until } from '../test/support/until.ts';
import { REGISTRATION } from './data.ts';
import { createHttp } from './http.ts';
import { type Launched, launch } from './processes.ts';
import type { World } from './world.ts';

/** A program that registers containers. */
export interface Registrar {
  readonly name: string;
  /** Whether it re-reads what is registered; who does not puts everything again. */
  start(world: World, options: RegistrarOptions): Promise<Launched>;
  /** Waits until its first pass is done. */
  ready(world: World, launched: Launched): Promise<void>;
}

export interface RegistrarOptions {
  /** 0 for never. */
  readonly resyncS: number;
  /** Of the agent, or of a proxy before it. */
  readonly consulPort: number;
  /** Heartbeats come so seldom that there are none while something else is measured. */
  readonly isSilent?: boolean;
}

const ROOT = resolve(import.meta.dirname, '..');
export const BUNDLE = join(ROOT, 'dist/portolan.js');
/** As in the image. */
export const NODE = [process.execPath, '--max-semi-space-size=2'];
export const ONE_ARENA = { MALLOC_ARENA_MAX: '1' };

/** Portolan, and registrator where there is one. */
export function registrars(): readonly Registrar[] {
  const binary = process.env['REGISTRATOR_BIN'];
  return binary ? [portolan(), registrator(binary)] : [portolan()];
}

/** Builds what is measured. */
export function buildBundle(): void {
  const { status } = spawnSync(process.execPath, ['scripts/build.ts'], { cwd: ROOT, stdio: 'inherit' });
  if (status !== 0) throw new Error('Portolan cannot be built');
}

export function portolan(): Registrar {
  buildBundle();
  return {
    name: 'portolan',
    start: async ({ folder, docker }, { resyncS, consulPort, isSilent = false }) => {
      const { hostname, owner, hostAddress = '' } = REGISTRATION;
      const identity = ['--hostname', hostname, '--owner', owner, '--host-address', hostAddress];
      const places = ['--docker-host', `unix://${docker.socketPath}`, '--run-dir', join(folder, 'run')];
      const silence = isSilent ? ['--ttl', '8h', '--ttl-refresh', '2h'] : [];
      const flags = [
        '--registrar-only',
        '--resync',
        `${resyncS}s`,
        '--admin',
        'off',
        '--log-level',
        'warn',
        ...silence,
      ];
      const command = [...NODE, BUNDLE, ...flags, ...identity, ...places, `consul://127.0.0.1:${consulPort}`];
      return await launch({ name: 'portolan', command, environment: ONE_ARENA }, folder);
    },
    ready: async ({ folder }, launched) => {
      const admin = createHttp({ socketPath: join(folder, 'run/admin.sock') }, 1);
      await until(
        'Portolan is ready',
        async () => {
          launched.assertAlive();
          return (await admin.request('GET', '/readyz')) !== '';
        },
        120_000,
      );
      admin.close();
    },
  };
}

function registrator(binary: string): Registrar {
  return {
    name: 'registrator',
    start: async ({ folder, docker }, { resyncS, consulPort }) => {
      const flags = [
        '-ip',
        REGISTRATION.hostAddress ?? '',
        '-resync',
        `${resyncS}`,
        '-cleanup',
        '-retry-attempts',
        '-1',
      ];
      const environment = { DOCKER_HOST: `unix://${docker.socketPath}` };
      const command = [binary, ...flags, `consul://127.0.0.1:${consulPort}`];
      return await launch({ name: 'registrator', command, environment }, folder);
    },
    // It says nothing that could be asked; it listens first and lists then.
    ready: async ({ docker }, launched) => {
      await until('registrator listens', async () => {
        launched.assertAlive();
        const { streams, lists } = await docker.counts();
        return streams > 0 && lists > 0;
      });
    },
  };
}
