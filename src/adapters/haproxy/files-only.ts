import { untilAborted } from '../../lib/until-aborted.ts';
import type { Proxy } from '../../routing/contracts.ts';
import { createConfigFiles } from './config-files.ts';

/** Writes the files that HAProxy would read, for one that somebody else runs and reloads. */
export function createFilesOnlyProxy(options: Parameters<typeof createConfigFiles>[0]): Proxy {
  const files = createConfigFiles(options);
  return {
    observe: async () => ({ kind: 'off' }),
    execute: async () => [],
    save: files.save,
    reload: files.save,
    start: files.save,
    startFromLast: async () => false,
    probe: async () => undefined,
    watch: async (_, signal) => await untilAborted(signal),
    stop: async () => undefined,
  };
}
