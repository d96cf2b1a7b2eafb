import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stopAll } from './processes.ts';

/** Works in a new folder. Afterwards it is removed, and what was started is ended. */
export async function withFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'portolan-bench-'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  // Also when somebody interrupts it.
  process.once('exit', remove);
  try {
    await work(folder);
  } finally {
    await stopAll();
    process.off('exit', remove);
    remove();
  }
}
