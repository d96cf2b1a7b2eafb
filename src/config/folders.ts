import { accessSync, constants, existsSync, lstatSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { geteuid } from 'node:process';

export interface FolderWishes {
  /** What the operator named: then only that. */
  readonly wanted: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Where sockets may lie, best first. An empty name counts as none, as in Compose files that pass on what is missing. */
export function runFolders({ wanted, environment }: FolderWishes): readonly string[] {
  if (wanted) return [wanted];
  const own = environment['XDG_RUNTIME_DIR'];
  return ['/run/portolan', ...(own ? [join(own, 'portolan')] : []), `/tmp/portolan-${geteuid?.() ?? 0}`];
}

/** Where what must survive may lie, best first. */
export function stateFolders({ wanted, environment }: FolderWishes): readonly string[] {
  if (wanted !== undefined) return [wanted];
  const own = environment['XDG_STATE_HOME'];
  return ['/var/lib/portolan', ...(own ? [join(own, 'portolan')] : [])];
}

/** The first that exists, or can be made, and may be written; `undefined` if there is none. */
export function firstWritable(folders: readonly string[]): string | undefined {
  return folders.find((folder) => {
    try {
      makeFolder(folder);
      accessSync(folder, constants.W_OK | constants.X_OK);
      return !folder.startsWith('/tmp/') || isOurs(folder);
    } catch {
      return false;
    }
  });
}

function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  // Node's own recursive form never returns for a folder in a place like /proc, where nothing can be made.
  if (dirname(folder) !== folder) makeFolder(dirname(folder));
  mkdirSync(folder, { mode: 0o755 });
}

/**
 * Below /tmp anybody may have made a folder of that name, to read along or to put something else in its place, or a
 * link to any folder of ours. Anybody may write to a link, by its mode.
 */
function isOurs(folder: string): boolean {
  const { uid, mode } = lstatSync(folder);
  return uid === geteuid?.() && (mode & 0o022) === 0;
}

/** The admin socket of a running Portolan: in the first folder that has one, else where it would be. */
export function adminSocketIn(folders: readonly string[]): string {
  const paths = folders.map((folder) => join(folder, 'admin.sock'));
  return paths.find((path) => existsSync(path)) ?? paths[0] ?? '/run/portolan/admin.sock';
}
