import type { Proxy } from '../../routing/contracts.ts';
import { createConfigFiles } from './config-files.ts';

/** Writes the files that HAProxy would read, for one that somebody else runs and reloads. */
export function createFilesOnlyProxy(options: Parameters<typeof createConfigFiles>[0]): Proxy {
  const files = createConfigFiles(options);
  const untilAborted = async (_: () => void, signal: AbortSignal): Promise<void> => {
    const { promise, resolve } = Promise.withResolvers<void>();
    signal.addEventListener('abort', () => resolve(), { once: true });
    if (!signal.aborted) await promise;
  };
  return {
    observe: async () => ({ kind: 'off' }),
    execute: async () => [],
    save: files.save,
    reload: files.save,
    start: files.save,
    startFromLast: async () => false,
    probe: async () => undefined,
    watch: untilAborted,
    stop: async () => undefined,
  };
}
