import type { SourceFile } from './imports.ts';

/** What the files of one folder may import. */
interface FolderRule {
  /** Other folders of `src`, or single files of them. Its own folder is always allowed. */
  readonly folders: readonly string[];
  readonly packages: readonly string[];
  /** Which modules of Node: all, none, or these. */
  readonly node: 'all' | readonly string[];
}

const CONTRACTS = [
  'registration/contracts.ts',
  'rendering/contracts.ts',
  'rendering/runner-contracts.ts',
  'routing/contracts.ts',
];
const ALL = ['*'];

/** Who may import whom. A longer name goes before a shorter one. */
const FOLDER_RULES: Readonly<Record<string, FolderRule>> = {
  domain: { folders: [], packages: [], node: [] },
  lib: { folders: [], packages: ['pino', 'pino-pretty', 'prom-client'], node: 'all' },
  template: { folders: [], packages: [], node: [] },
  rendering: {
    folders: ['domain', 'template', 'lib'],
    packages: ['re2js', 'yaml', 'smol-toml'],
    node: ['node:crypto'],
  },
  registration: { folders: ['domain', 'lib', 'template'], packages: ['zod', 're2js'], node: [] },
  routing: { folders: ['domain', 'lib', 'rendering', 'haproxy'], packages: ['zod'], node: [] },
  haproxy: { folders: ['domain', 'lib/errors.ts'], packages: [], node: [] },
  'adapters/haproxy': {
    folders: ['domain', 'lib', 'haproxy', ...CONTRACTS],
    packages: ['zod', 'p-queue'],
    node: 'all',
  },
  adapters: {
    folders: ['domain', 'lib', ...CONTRACTS],
    packages: ['dockerode', 'consul', 'zod', 'p-queue'],
    node: 'all',
  },
  admin: { folders: ['domain', 'lib'], packages: ['hono', '@hono/node-server', 'zod'], node: 'all' },
  web: { folders: ['domain', 'lib'], packages: ['preact', 'uplot'], node: [] },
  config: { folders: ['lib'], packages: ['zod', 'yaml'], node: 'all' },
  cli: {
    folders: ['app.ts', 'app-check.ts', 'app-explain.ts', 'app-render.ts', 'config', 'lib'],
    packages: ['commander'],
    node: 'all',
  },
  'app.ts': { folders: ALL, packages: [], node: 'all' },
  'app-consul-endpoint.ts': { folders: ALL, packages: [], node: 'all' },
  'app-check.ts': { folders: ALL, packages: [], node: 'all' },
  'app-explain.ts': { folders: ALL, packages: [], node: 'all' },
  'app-render.ts': { folders: ALL, packages: [], node: 'all' },
  'app-render-parts.ts': { folders: ALL, packages: [], node: 'all' },
  'app-render-status.ts': { folders: ALL, packages: [], node: 'all' },
  'app-halves.ts': { folders: ALL, packages: [], node: 'all' },
  'main.ts': { folders: ALL, packages: [], node: 'all' },
};

/** One line for each import that a rule does not allow. */
export function violations({ path, files, packages }: SourceFile): readonly string[] {
  const inside = path.replace(/^src\//, '');
  const folder = Object.keys(FOLDER_RULES).find((name) => isIn(inside, name));
  if (folder === undefined) return [`${path} is in no folder of the design`];
  const rule = FOLDER_RULES[folder] ?? { folders: [], packages: [], node: [] };
  const badFiles = files.filter((file) => {
    const target = file.replace(/^src\//, '');
    const isOutside = !file.startsWith('src/') && file !== 'package.json';
    return isOutside || !(isIn(target, ownFolder(inside, folder)) || isAllowed(target, rule.folders));
  });
  const badPackages = packages.filter((name) =>
    name.startsWith('node:') ? rule.node !== 'all' && !rule.node.includes(name) : !rule.packages.includes(name),
  );
  return [...badFiles, ...badPackages].map((target) => `${path} imports ${target}`);
}

/** Adapters do not import one another: each is a folder of its own. */
function ownFolder(inside: string, folder: string): string {
  return folder === 'adapters' ? inside.split('/').slice(0, 2).join('/') : folder;
}

function isAllowed(target: string, allowed: readonly string[]): boolean {
  return allowed === ALL || allowed.some((name) => isIn(target, name));
}

function isIn(path: string, name: string): boolean {
  return path === name || path.startsWith(`${name}/`);
}
