import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFailed } from 'vitest';
import type { ConsulServer } from './consul-server.ts';
import { type RenderProcess, startRender } from './render-process.ts';
import { createTempFolder } from './temp-folder.ts';

/** A folder with a template `in`, and `portolan render` on a configuration there. */
export interface RenderScene {
  readonly folder: string;
  /** A key of this scene alone, which the template shows unless it has a text of its own. */
  readonly key: string;
  put(value: string): Promise<void>;
  path(name: string): string;
  /** What a file holds; `undefined` when there is none. */
  read(name: string): string | undefined;
  lines(name: string): readonly string[];
  /** `FOLDER` in the configuration is the scene's. */
  configure(config: string): void;
  start(config: string, ...args: readonly string[]): RenderProcess;
}

export function renderScene({ port }: Pick<ConsulServer, 'port'>, template?: string): RenderScene {
  const folder = createTempFolder();
  const key = `render/${folder.split('-').at(-1)}`;
  const path = (name: string): string => join(folder, name);
  const read = (name: string): string | undefined =>
    existsSync(path(name)) ? readFileSync(path(name), 'utf8') : undefined;
  const configure = (config: string): void => writeFileSync(path('config.hcl'), config.replaceAll('FOLDER', folder));
  writeFileSync(path('in'), template ?? `value={{ key "${key}" }}\n`);
  return {
    folder,
    key,
    put: async (value) => {
      const answer = await fetch(`http://127.0.0.1:${port}/v1/kv/${key}`, { method: 'PUT', body: value });
      if (answer.status !== 200) throw new Error(`Consul answers ${answer.status}`);
    },
    path,
    read,
    lines: (name) => (read(name) ?? '').split('\n').filter((line) => line !== ''),
    configure,
    start: (config, ...args) => {
      configure(config);
      const flags = ['-consul-addr', `127.0.0.1:${port}`, '-config', path('config.hcl')];
      const render = startRender([...flags, ...args], { cwd: folder });
      onTestFailed(() => {
        process.stderr.write(render.stderr());
      });
      return render;
    },
  };
}
