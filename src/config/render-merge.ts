import type { RenderFile } from './render-schema.ts';

type Plain = Readonly<Record<string, unknown>>;

/** Lists that grow with each file; of anything else the later file's counts. Source: consul-template, `Config.Merge`. */
const GROWING = new Set(['template', 'custom', 'allowlist', 'whitelist', 'denylist', 'blacklist']);

/** One configuration of several, the later before the earlier, block by block; templates are added up. */
export function mergeRenderFiles(files: readonly RenderFile[]): RenderFile {
  return files.reduce<Plain>((merged, file) => merge(merged, file), {});
}

function merge(left: Plain, right: Plain): Plain {
  const merged = new Map(Object.entries(left));
  for (const [key, value] of Object.entries(right)) {
    if (value === undefined) continue;
    const before = merged.get(key);
    if (GROWING.has(key) && Array.isArray(before) && Array.isArray(value)) merged.set(key, [...before, ...value]);
    else if (isPlain(before) && isPlain(value)) merged.set(key, merge(before, value));
    else merged.set(key, value);
  }
  return Object.fromEntries(merged);
}

function isPlain(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
