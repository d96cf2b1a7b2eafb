import { readFileSync } from 'node:fs';

/** The token in a file, as it is now; `undefined` when there is no file, or nothing in it. */
export function readTokenFile(path: string | undefined): string | undefined {
  if (path === undefined) return undefined;
  try {
    return readFileSync(path, 'utf8').trim() || undefined;
  } catch {
    return undefined;
  }
}
