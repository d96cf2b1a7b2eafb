import { join } from 'node:path';
import { parseBackends, parseInfo, parseServersState } from '../../haproxy/runtime-protocol.ts';
import type { Clock } from '../../lib/clock.ts';
import { errorMessage, PortolanError } from '../../lib/errors.ts';
import { createTrigger } from '../../lib/trigger.ts';
import type { CommandResult, Proxy, ProxyState, SavedConfig } from '../../routing/contracts.ts';
import { type ConfigFiles, type ConfigFilesOptions, createConfigFiles, DESCRIPTION_PREFIX } from './config-files.ts';
import { probeBinds } from './probe-binds.ts';
import { createHaproxyProcess, type HaproxyProcess } from './process.ts';
import { type CommandSocket, createCommandSocket } from './socket.ts';

export interface ProxyOptions {
  readonly binary: string;
  readonly files: ConfigFilesOptions;
  /** Where the sockets lie. */
  readonly runFolder: string;
  readonly searchPath: string;
  readonly clock: Clock;
}

const RELOAD_DEADLINE_MS = 10_000;
const RELOAD_POLL_MS = 20;

/** A HAProxy of our own: started and reloaded by us, changed by its socket, adopted when it runs already. */
export function createHaproxy(options: ProxyOptions): Proxy {
  const { runFolder, clock } = options;
  const worker = createCommandSocket(options.files.socketPath, clock);
  const master = createCommandSocket(join(runFolder, 'master.sock'), clock);
  const files = createConfigFiles(options.files);
  const process = createHaproxyProcess({ ...options, worker, master, logPath: join(runFolder, 'haproxy.log') });
  const seenUp = createTrigger();
  const parts: Parts = { worker, master, files, process, clock };

  return {
    observe: async (signal) => {
      const state = await observe(parts, signal);
      if (state.kind === 'up') seenUp.wake('up');
      return state;
    },
    execute: (commands, signal) => execute(worker, commands, signal),
    save: files.save,
    reload: async (config, signal) => {
      await files.withCandidate(config, (paths) => process.check(paths, signal));
      await reload(parts, config, signal);
    },
    start: async (config, signal) => {
      await files.withCandidate(config, (paths) => process.check(paths, signal));
      await files.save(config);
      await process.start(files.paths, signal);
    },
    startFromLast: async (signal) => {
      if (!(await files.exist())) return false;
      await process.start(files.paths, signal);
      return true;
    },
    probe: probeBinds,
    watch: async (onEnd, signal) => {
      while (!signal.aborted) {
        await seenUp.pending(signal).catch(() => undefined);
        await process.ended(signal).then(onEnd, () => undefined);
        seenUp.take();
      }
    },
    stop: process.stop,
  };
}

interface Parts {
  readonly worker: CommandSocket;
  readonly master: CommandSocket;
  readonly files: ConfigFiles;
  readonly process: HaproxyProcess;
  readonly clock: Clock;
}

async function observe({ worker, master }: Parts, signal: AbortSignal): Promise<ProxyState> {
  try {
    const info = parseInfo(await worker.ask('show info', signal));
    const backends = parseBackends(await worker.ask('show backend', signal));
    const servers = parseServersState(await worker.ask('show servers state', signal));
    const { version, description } = info;
    const shapeHash = description.startsWith(DESCRIPTION_PREFIX) ? description.slice(DESCRIPTION_PREFIX.length) : '';
    return { kind: 'up', version, shapeHash, backends: new Set(backends), servers };
  } catch (error) {
    signal.throwIfAborted();
    // A master without a worker that answers: it is between two workers, or something is wrong with it.
    if (await master.isAnswering(signal)) throw unreachable(worker, error);
    return { kind: 'down' };
  }
}

async function execute(
  worker: CommandSocket,
  commands: Parameters<Proxy['execute']>[0],
  signal: AbortSignal,
): Promise<readonly CommandResult[]> {
  const results: CommandResult[] = [];
  for (const command of commands) {
    try {
      const reply = (await worker.ask(command.text, signal)).trim();
      results.push({ command, reply, isDone: command.expected.test(reply) });
    } catch (error) {
      signal.throwIfAborted();
      throw unreachable(worker, error);
    }
  }
  return results;
}

async function reload(
  { worker, master, files, clock }: Parts,
  config: SavedConfig,
  signal: AbortSignal,
): Promise<void> {
  const before = await files.snapshot();
  await files.save(config);
  try {
    const reply = await master.ask('reload', signal, RELOAD_DEADLINE_MS);
    // From 2.7 on the master says how it went; before, it says nothing.
    if (/^Success=0/m.test(reply))
      throw new PortolanError('HAPROXY_FAILED', `HAProxy did not reload: ${errorMessage(reply)}`);
    await untilLoaded({ worker, clock }, config.shapeHash, signal);
  } catch (error) {
    await files.restore(before);
    signal.throwIfAborted();
    throw error instanceof PortolanError ? error : unreachable(master, error);
  }
}

async function untilLoaded(
  { worker, clock }: Pick<Parts, 'worker' | 'clock'>,
  shapeHash: string,
  signal: AbortSignal,
): Promise<void> {
  const endMs = clock.monotonicMs() + RELOAD_DEADLINE_MS;
  while (clock.monotonicMs() < endMs) {
    const info = await worker.ask('show info', signal).catch(() => '');
    if (parseInfo(info).description === DESCRIPTION_PREFIX + shapeHash) return;
    await clock.sleep(RELOAD_POLL_MS, signal);
  }
  throw new PortolanError(
    'HAPROXY_FAILED',
    `HAProxy's workers did not change within ${RELOAD_DEADLINE_MS} ms of a reload`,
  );
}

function unreachable({ path }: CommandSocket, error: unknown): PortolanError {
  return new PortolanError('HAPROXY_UNREACHABLE', `HAProxy does not answer at ${path}: ${errorMessage(error)}`, {
    cause: error,
  });
}
