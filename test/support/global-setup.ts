import { execFileSync } from 'node:child_process';

/** All containers and networks of the tests carry it, so that those of a run that was cut off are found again. */
export const TEST_LABEL = 'portolan.test';

/** Before and after a run nothing of the tests is left on this machine. */
export function setup(): () => void {
  requireDocker();
  // Its reaper's image cannot be had everywhere; the sweep by label does the same.
  process.env['TESTCONTAINERS_RYUK_DISABLED'] = 'true';
  sweep();
  return sweep;
}

function requireDocker(): void {
  try {
    docker('version');
  } catch (cause) {
    throw new Error('These tests need a Docker engine. Get one by: scripts/bootstrap/bootstrap.sh test', { cause });
  }
}

function sweep(): void {
  const filter = `label=${TEST_LABEL}`;
  const containers = docker('ps', '-aq', '--filter', filter).split('\n').filter(Boolean);
  if (containers.length > 0) docker('rm', '-f', '-v', ...containers);
  const networks = docker('network', 'ls', '-q', '--filter', filter).split('\n').filter(Boolean);
  if (networks.length > 0) docker('network', 'rm', ...networks);
}

function docker(...args: readonly string[]): string {
  return execFileSync('docker', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}
