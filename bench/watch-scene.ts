import type { FSWatcher } from 'node:fs';
import type { Agent } from './consul.ts';
import type { HttpClient } from './http.ts';
import type { Launched } from './processes.ts';
import type { CatalogSize, CatalogWrite } from './watch-catalog.ts';

/** One that follows the catalog, and what measuring it needs. */
export interface Watched {
  readonly size: CatalogSize;
  readonly consul: Agent;
  readonly launched: Launched;
  readonly file: string;
  readonly watcher: FSWatcher;
  /** What holds now, of what the file has. */
  readonly view: (content: string) => string;
}

export async function put(http: HttpClient, { path, body }: CatalogWrite): Promise<void> {
  await http.request('PUT', path, body);
}
