import { join } from 'node:path';
import type { FileStore, SavedConfig } from '../../routing/contracts.ts';

/** The files that HAProxy reads at a start or reload. */
export interface ConfigFiles {
  /** In the order in which HAProxy is to read them. */
  readonly paths: readonly string[];
  exist(): Promise<boolean>;
  /**
   * Replaces the files that differ; the one that says which configuration it is last, so that after a crash in between
   * HAProxy does not claim what it has not. Throws `FILE_UNWRITABLE`.
   */
  save(config: SavedConfig): Promise<void>;
  /** The texts as they are now, to put them back. */
  snapshot(): Promise<ConfigTexts>;
  restore(texts: ConfigTexts): Promise<void>;
  /** Calls `work` with the paths of a copy of `config` that stands aside, and removes it. */
  withCandidate<T>(config: SavedConfig, work: (paths: readonly string[]) => Promise<T>): Promise<T>;
}

type ConfigTexts = ReadonlyMap<string, string | undefined>;

export interface ConfigFilesOptions {
  readonly store: FileStore;
  readonly folder: string;
  /** Absolute path of the worker's command socket. */
  readonly socketPath: string;
  readonly maxConnections: number;
}

const MAP = 'hosts.map';
const OWN = 'portolan.cfg';
const MAIN = 'haproxy.cfg';

/** Marks the configurations of ours in `show info`. */
export const DESCRIPTION_PREFIX = 'portolan:';

/** Where the map from host names to backends lies. */
export function hostsMapPath(folder: string): string {
  return join(folder, MAP);
}

export function createConfigFiles(options: ConfigFilesOptions): ConfigFiles {
  const { store, folder } = options;
  const candidate = join(folder, 'candidate');
  const saveTo = async (target: string, config: SavedConfig): Promise<void> => {
    const texts: readonly [string, string][] = [
      [MAP, config.hostsMap],
      [MAIN, target === folder ? config.config : config.config.replaceAll(hostsMapPath(folder), hostsMapPath(target))],
      [OWN, ownConfig(config, options)],
    ];
    for (const [name, text] of texts) {
      const path = join(target, name);
      if ((await store.read(path)) !== text) await store.write(path, text);
    }
  };
  const allPaths = [MAP, OWN, MAIN].map((name) => join(folder, name));

  return {
    paths: configPaths(folder),
    exist: async () => (await Promise.all(allPaths.map(store.read))).every((text) => text !== undefined),
    save: (config) => saveTo(folder, config),
    snapshot: async () =>
      new Map(await Promise.all(allPaths.map(async (path) => [path, await store.read(path)] as const))),
    restore: async (texts) => {
      for (const [path, text] of texts) {
        if (text === undefined) await store.remove(path);
        else await store.write(path, text);
      }
    },
    withCandidate: async (config, work) => {
      try {
        await saveTo(candidate, config);
        return await work(configPaths(candidate));
      } finally {
        await store.remove(candidate).catch(() => undefined);
      }
    },
  };
}

function configPaths(folder: string): readonly string[] {
  return [join(folder, OWN), join(folder, MAIN)];
}

/** What Portolan needs of HAProxy stands in a file of its own, beside the one with the routes. */
function ownConfig({ shapeHash }: SavedConfig, { socketPath, maxConnections }: ConfigFilesOptions): string {
  return [
    'global',
    `  stats socket ${socketPath} mode 600 level admin expose-fd listeners`,
    '  hard-stop-after 10m',
    `  maxconn ${maxConnections}`,
    '  # Tells whoever asks a worker which routes it was loaded with.',
    `  description ${DESCRIPTION_PREFIX}${shapeHash}`,
    '',
  ].join('\n');
}
