import { rm, writeFile } from 'node:fs/promises';
import { pid } from 'node:process';
import { errorMessage, PortolanError } from '../../lib/errors.ts';

/** Writes our process ID to a file, and no line end, as consul-template did. Gives what removes it again. Throws `FILE_UNWRITABLE`. */
export async function writePidFile(path: string): Promise<() => Promise<void>> {
  try {
    await writeFile(path, `${pid}`);
  } catch (error) {
    throw new PortolanError('FILE_UNWRITABLE', `cannot write ${path}: ${errorMessage(error)}`, { cause: error });
  }
  return async () => await rm(path, { force: true }).catch(() => undefined);
}
