import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { errorMessage, PortolanError, systemErrorCode } from '../../lib/errors.ts';

/**
 * Replaces a file so that whoever reads it, also after a crash, sees the old text or the new one, whole.
 * The file is for its owner alone. Throws `FILE_UNWRITABLE`.
 */
export async function writeAtomically(path: string, text: string): Promise<void> {
  const temporary = `${path}.tmp`;
  try {
    const file = await open(temporary, 'w', 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
    await syncFolder(dirname(path));
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw toWriteError(path, error);
  }
}

/** Creates a folder that only its owner may enter, if it is not there. Throws `FILE_UNWRITABLE`. */
export async function ensureFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw toWriteError(path, error);
  }
}

/** The text of a file; `undefined` when there is none. Throws `FILE_UNREADABLE`. */
export async function readIfExists(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return undefined;
    throw new PortolanError('FILE_UNREADABLE', `cannot read ${path}: ${errorMessage(error)}`, { cause: error });
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function toWriteError(path: string, error: unknown): PortolanError {
  const code = systemErrorCode(error);
  const hint =
    code === 'ENOSPC'
      ? 'The disk is full.'
      : 'Its folder must be writable for the user that Portolan runs as: see --state-dir and --run-dir.';
  return new PortolanError('FILE_UNWRITABLE', `cannot write ${path}: ${errorMessage(error)}`, { cause: error, hint });
}
