import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { StatusReport } from '../../../src/app.ts';
import { ask } from '../../support/http.ts';
import { output } from '../../support/shell.ts';
import { until } from '../../support/until.ts';

const BUNDLE = resolve(import.meta.dirname, '../../../dist/portolan.js');

/** The real daemon as a process of its own, which can be killed and started again with the same command line. */
export interface Daemon {
  readonly hostname: string;
  readonly owner: string;
  readonly adminPort: number;
  start(): void;
  /** SIGKILL. Resolves when it is gone; nothing happens where none runs. */
  kill(): Promise<void>;
  signal(name: NodeJS.Signals): void;
  /** What the last one ended with: an exit code, or the name of the signal that ended it. */
  ended(): Promise<number | string>;
  isRunning(): boolean;
  ready(): Promise<void>;
  status(): Promise<StatusReport>;
  /** What `portolan status` prints. */
  statusText(): Promise<string>;
  /** What it has logged so far, all starts together. */
  log(): string;
}

export interface DaemonOptions {
  /** `consul://127.0.0.1:8500` */
  readonly registry: string;
  readonly hostname: string;
  readonly owner?: string;
  readonly adminPort: number;
  readonly folder: string;
  /** More options, behind the usual ones. */
  readonly args?: readonly string[];
  /** Node's arguments up to the program; the bundle that `npm run build` makes, unless told otherwise. */
  readonly program?: readonly string[];
}

/** Address of the published ports, from a range that is for documentation. */
export const HOST_ADDRESS = '192.0.2.10';

export function createDaemon(options: DaemonOptions): Daemon {
  const { registry, hostname, owner = `owner-of-${hostname}`, adminPort, folder, args = [], program } = options;
  if (program === undefined && !existsSync(BUNDLE)) throw new Error(`${BUNDLE} is missing: npm run build`);
  const runFolder = join(folder, `run-${adminPort}`);
  mkdirSync(runFolder, { recursive: true });
  const command = [
    ...(program ?? [BUNDLE]),
    ...['run', registry, '--registrar-only', '--hostname', hostname, '--owner', owner, '--run-dir', runFolder],
    ...['--host-address', HOST_ADDRESS, '--admin', `127.0.0.1:${adminPort}`, '--log-format', 'json', ...args],
  ];
  let logged = '';
  let running: ChildProcess | undefined;
  let ended: Promise<number | string> = Promise.resolve('never started');

  const start = (): void => {
    // So that nothing outlives the tests, however they end.
    const child = spawn('setpriv', ['--pdeathsig', 'KILL', process.execPath, ...command], {
      env: { PATH: process.env['PATH'] ?? '' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        logged += text;
      });
    }
    running = child;
    ended = new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code, signal) => {
        if (running === child) running = undefined;
        resolve(code ?? signal ?? 'unknown');
      });
    });
  };
  return {
    hostname,
    owner,
    adminPort,
    start,
    kill: async () => {
      running?.kill('SIGKILL');
      await ended;
    },
    signal: (name) => {
      running?.kill(name);
    },
    ended: () => ended,
    isRunning: () => running !== undefined,
    ready: async () => {
      await until(`${hostname} is ready`, async () => (await ask({ port: adminPort, path: '/readyz' })).status === 200);
    },
    status: async () => JSON.parse((await ask({ port: adminPort, path: '/api/v1/status' })).text) as StatusReport,
    statusText: () => output(process.execPath, ...(program ?? [BUNDLE]), 'status', '--run-dir', runFolder),
    log: () => logged,
  };
}
