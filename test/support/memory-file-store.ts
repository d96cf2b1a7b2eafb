import { PortolanError } from '../../src/lib/errors.ts';
import type { FileStore } from '../../src/routing/contracts.ts';

/** Files in memory, with a diary of what was done to them. */
export interface MemoryFileStore extends FileStore {
  /** What the files hold, by their paths. */
  readonly files: ReadonlyMap<string, string>;
  /** What was written and removed since the last time, in order. */
  takeDiary(): readonly string[];
  /** Writing and removing what begins so fails from now on. */
  failAt: string | undefined;
}

export function createMemoryFileStore(initial: Readonly<Record<string, string>> = {}): MemoryFileStore {
  const files = new Map(Object.entries(initial));
  const diary: string[] = [];
  const change = (verb: string, path: string): void => {
    diary.push(`${verb} ${path}`);
    if (store.failAt !== undefined && path.startsWith(store.failAt)) {
      throw new PortolanError('FILE_UNWRITABLE', `cannot write ${path}: disk full`);
    }
  };
  const store: MemoryFileStore = {
    files,
    takeDiary: () => diary.splice(0),
    failAt: undefined,
    read: async (path) => files.get(path),
    write: async (path, text) => {
      change('write', path);
      files.set(path, text);
    },
    remove: async (path) => {
      change('remove', path);
      for (const file of files.keys()) if (file === path || file.startsWith(`${path}/`)) files.delete(file);
    },
  };
  return store;
}
