import { randomUUID } from 'node:crypto';
import { chmod, chown, copyFile, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { errorMessage, PortolanError, systemErrorCode } from '../../lib/errors.ts';
import type { OutputFile, OutputFiles } from '../../rendering/runner-contracts.ts';
import { findOwner } from './owners.ts';

const DEFAULT_PERMISSIONS = 0o644;

/** Rendered files on this machine. Source: consul-template v0.42.1, `renderer.AtomicWrite`. */
export const outputFiles: OutputFiles = {
  isCurrent: async ({ destination, user, group }, content) => {
    const held = await orMissing(readFile(destination), destination);
    if (held === undefined || !held.equals(content)) return false;
    const { uid, gid } = await findOwner(user, group);
    const facts = await orMissing(stat(destination), destination);
    return facts !== undefined && (uid ?? facts.uid) === facts.uid && (gid ?? facts.gid) === facts.gid;
  },
  stage: async (output, content) => {
    const { destination, backup } = output;
    // Of no foreseeable name, and never a file that is there: others may write to the folder.
    const path = join(dirname(destination), `.${basename(destination)}.${randomUUID().slice(0, 8)}.tmp`);
    const discard = async (): Promise<void> => {
      await rm(path, { force: true }).catch(() => undefined);
    };
    try {
      const hasOld = await writeCandidate(output, path, content);
      return {
        path,
        discard,
        commit: async () => {
          try {
            if (backup && hasOld) await copyFile(destination, `${destination}.bak`);
            await rename(path, destination);
            await syncFolder(dirname(destination));
          } catch (error) {
            throw toWriteError(destination, error);
          }
        },
      };
    } catch (error) {
      await discard();
      throw toWriteError(destination, error);
    }
  },
};

/** Whether there is an old file, whose permissions and owner the new one has unless others are wanted. */
async function writeCandidate(output: OutputFile, path: string, content: Uint8Array): Promise<boolean> {
  const { destination, createFolders, permissions, user, group } = output;
  const old = await orMissing(stat(destination), destination);
  const { uid, gid } = await findOwner(user, group);
  if (createFolders) await mkdir(dirname(destination), { recursive: true, mode: 0o755 });
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
  if (uid !== undefined || gid !== undefined) {
    const own = await stat(path);
    await chown(path, uid ?? old?.uid ?? own.uid, gid ?? old?.gid ?? own.gid);
  } else if (old !== undefined) {
    // Who may not do that owns the new file.
    await chown(path, old.uid, old.gid).catch(() => undefined);
  }
  await chmod(path, permissions ?? (old === undefined ? DEFAULT_PERMISSIONS : old.mode & 0o7777));
  return old !== undefined;
}

async function orMissing<T>(reading: Promise<T>, path: string): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
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

const HINTS: Readonly<Record<string, string>> = {
  EBUSY: 'A file that is mounted by itself cannot be replaced: mount its folder.',
  ENOENT: 'Its folder does not exist, and create_dest_dirs is off.',
  ENOSPC: 'The disk is full.',
  EXDEV: 'A file that is mounted by itself cannot be replaced: mount its folder.',
};

function toWriteError(path: string, error: unknown): PortolanError {
  if (error instanceof PortolanError) return error;
  const hint = HINTS[systemErrorCode(error) ?? ''] ?? 'Its folder must be writable for the user that Portolan runs as.';
  return new PortolanError('FILE_UNWRITABLE', `cannot write ${path}: ${errorMessage(error)}`, { cause: error, hint });
}
