import { join, resolve } from 'node:path';
import { readTokenFile } from './adapters/files/token-file.ts';
import { serveAdmin } from './admin/server.ts';
import type { AdminView, ReadinessPart } from './admin/view.ts';
import { buildHalves, type DaemonInput, type Halves } from './app-halves.ts';
import { firstWritable, runFolders, stateFolders } from './config/folders.ts';
import type { OptionRules } from './config/load.ts';
import { errorMessage, PortolanError, TerminalError } from './lib/errors.ts';
import type { RegistrationStatus } from './registration/status.ts';
import { isTagsTemplate, tagsTemplateMistake } from './registration/tags-template.ts';
import type { HoldSummary } from './routing/guard-reporter.ts';
import type { RoutingStatus } from './routing/status.ts';

/** What `GET /api/v1/status` gives. */
export interface StatusReport {
  readonly version: string;
  readonly uptimeS: number;
  readonly registry: string;
  /** Missing with `--router-only`. */
  readonly registration?: RegistrationStatus;
  /** Missing with `--registrar-only`. */
  readonly routing?: RoutingStatus;
}

/** What `GET /api/v1/services` gives. */
export type ServicesReport = RoutingStatus['services'];

/** What `POST /api/v1/release` gives. */
export interface ReleaseReport {
  readonly released: readonly HoldSummary[];
  readonly kept: readonly HoldSummary[];
}

/** What options must be beyond their form. */
export const OPTION_RULES: OptionRules = {
  tags: (text) => {
    const mistake = isTagsTemplate(text) ? tagsTemplateMistake(text) : undefined;
    if (mistake === undefined) return undefined;
    const { message, position = 0 } = mistake;
    return `is no template: ${message}, at column ${position - text.lastIndexOf('\n', position - 1)}`;
  },
};

const NO_REGISTRATION = { kind: 'not-ready', reason: 'this Portolan registers nothing: --router-only' } as const;

/**
 * The daemon: builds everything, runs both halves and the admin server until aborted.
 * Throws a `TerminalError` for what no repetition can mend.
 */
export async function runDaemon(input: DaemonInput, signal: AbortSignal): Promise<void> {
  const { configuration, environment, log, clock } = input;
  const { options } = configuration;
  const folders = findFolders(input);
  const halves = buildHalves({ ...input, ...folders });
  if (options.retryAttempts >= 0) await awaitDependencies(halves, input, signal);
  const startMs = clock.monotonicMs();
  const admin = {
    view: adminView(halves, input, startMs),
    clock,
    log,
    address: options.admin === 'off' ? undefined : options.admin,
    socketPath: folders.runFolder === undefined ? undefined : join(folders.runFolder, 'admin.sock'),
    token: () => readTokenFile(options.adminTokenFile ?? environment['PORTOLAN_ADMIN_TOKEN_FILE']),
  };
  await Promise.all([serveAdmin(admin, signal), halves.registration?.run(signal), halves.routing?.run(signal)]);
}

interface Folders {
  readonly runFolder: string | undefined;
  readonly stateFolder: string | undefined;
}

/** Absolute, since HAProxy gets them as they are. A router needs both; a registrar can do without. */
function findFolders({ configuration: { options }, environment, log }: DaemonInput): Folders {
  const runs = runFolders({ wanted: options.runDir, environment });
  const run = firstWritable(runs);
  if (options.registrarOnly) return { runFolder: run && resolve(run), stateFolder: undefined };
  if (run === undefined) {
    throw new TerminalError('FILE_UNWRITABLE', `cannot write to a folder for sockets: tried ${runs.join(', ')}`, {
      hint: 'Name a folder by --run-dir, or mount one: --tmpfs /run/portolan.',
    });
  }
  const states = stateFolders({ wanted: options.stateDir, environment });
  const state = firstWritable(states);
  if (state === undefined) {
    log.warn('no folder for what must survive; after a restart of the host routes wait for the catalog', {
      tried: states,
      used: run,
    });
  }
  return { runFolder: resolve(run), stateFolder: resolve(state ?? run) };
}

/** Registrator's way at the start, for those who ask for it: give up after so many attempts. */
async function awaitDependencies(
  { checkDependencies }: Halves,
  { configuration: { options }, clock, log }: DaemonInput,
  signal: AbortSignal,
): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await checkDependencies(signal);
    } catch (error) {
      signal.throwIfAborted();
      const hint = error instanceof PortolanError && error.hint !== undefined ? { hint: error.hint } : {};
      if (attempt >= options.retryAttempts) {
        throw new TerminalError(
          'RETRIES_EXHAUSTED',
          `gave up after ${attempt + 1} attempts: ${errorMessage(error)}`,
          hint,
        );
      }
      log.warn('not reachable at the start; trying again', { attempt: attempt + 1, error: errorMessage(error) });
      await clock.sleep(options.retryInterval, signal);
    }
  }
}

function adminView(halves: Halves, { configuration, version, clock }: DaemonInput, startMs: number): AdminView {
  const status = (): StatusReport => ({
    version,
    uptimeS: Math.round((clock.monotonicMs() - startMs) / 1_000),
    registry: configuration.registryUri,
    ...(halves.registration && { registration: halves.registration.status() }),
    ...(halves.routing && { routing: halves.routing.status() }),
  });
  const parts = (): readonly ReadinessPart[] =>
    [
      { name: 'registration', half: halves.registration?.status() },
      { name: 'routing', half: halves.routing?.status() },
    ].flatMap(({ name, half }) => {
      if (half === undefined) return [];
      const reason = half.error ?? (half.isReady ? undefined : 'the first pass is on its way');
      return [{ name, isReady: half.isReady, ...(reason !== undefined && { reason }) }];
    });
  return {
    isAlive: () => true,
    parts,
    status,
    services: (): ServicesReport => halves.routing?.status().services ?? [],
    release: (services): ReleaseReport | undefined => {
      const { routing } = halves;
      if (routing === undefined) return undefined;
      const released = (services.length === 0 ? [undefined] : services).flatMap((service) => routing.release(service));
      return { released, kept: routing.status().holds };
    },
    explain: (container) => halves.registration?.explain(container) ?? NO_REGISTRATION,
  };
}
