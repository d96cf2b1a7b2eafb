import { type FSWatcher, readFileSync } from 'node:fs';
import { nowMs } from './measure.ts';

/** When the file has such a text. */
export async function fileWhere(watcher: FSWatcher, path: string, has: (text: string) => boolean): Promise<number> {
  const { promise, resolve: done } = Promise.withResolvers<number>();
  const look = (): void => {
    const ms = nowMs();
    if (has(textOf(path))) done(ms);
  };
  watcher.on('change', look);
  look();
  try {
    return await promise;
  } finally {
    watcher.off('change', look);
  }
}

/** Empty where there is none. */
export function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
