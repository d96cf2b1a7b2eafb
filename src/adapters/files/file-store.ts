import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { errorMessage, PortolanError, systemErrorCode } from '../../lib/errors.ts';
import type { FileStore } from '../../routing/contracts.ts';

/** The files of this machine. */
export const fileStore: FileStore = {
  read: async (path) => {
    try {
      return await readFile(path, 'utf8');
    } catch (error) {
      if (systemErrorCode(error) === 'ENOENT') return undefined;
      throw new PortolanError('FILE_UNREADABLE', `cannot read ${path}: ${errorMessage(error)}`, { cause: error });
    }
  },
  write: async (path, text) => {
    const temporary = `${path}.tmp`;
    try {
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      await writeThrough(temporary, text);
      await rename(temporary, path);
      await syncFolder(dirname(path));
    } catch (error) {
      await rm(temporary, { force: true }).catch(() => undefined);
      throw toWriteError(path, error);
    }
  },
  remove: async (path) => {
    try {
      await rm(path, { recursive: true, force: true });
    } catch (error) {
      throw toWriteError(path, error);
    }
  },
};

/** The text is on the disk when this resolves. */
async function writeThrough(path: string, text: string): Promise<void> {
  const file = await open(path, 'w', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
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
