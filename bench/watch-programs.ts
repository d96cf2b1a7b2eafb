import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { BUNDLE, buildBundle, NODE } from './registrars.ts';
import { ROUTE_TAG } from './watch-catalog.ts';

/** A program that writes a file of what is in the catalog. */
export interface CatalogProgram {
  readonly name: string;
  /** The command, and the file that it writes. */
  prepare(folder: string, port: number): { readonly command: readonly string[]; readonly file: string };
  /** What holds now, of what the file has. */
  view(content: string): string;
}

/** The same of a service as the router looks at. */
const TEMPLATE = `{{range services}}backend {{.Name}}
{{range service .Name}}{{if and (.Tags | contains "${ROUTE_TAG}") (ne (index .ServiceMeta "route") "off")}}server {{.Node}} {{.Address}}:{{.Port}} check
{{end}}{{end}}{{end}}`;

const BUNDLING = {
  bundle: true,
  platform: 'node',
  format: 'esm',
  minify: true,
  banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
} as const;

/** What follows a catalog: the router, a template, and the source of both alone; or the one that is named. */
export function catalogPrograms(name: string | undefined): readonly CatalogProgram[] {
  const programs = [catalog, router, render].filter((program) => name === undefined || program.name === name);
  if (programs.length === 0) throw new Error(`no such scenario: ${name}`);
  buildBundle();
  return programs;
}

const router: CatalogProgram = {
  name: 'router',
  prepare: (folder, port) => {
    const state = join(folder, 'state');
    const file = join(state, 'haproxy/haproxy.cfg');
    mkdirSync(join(state, 'haproxy'), { recursive: true });
    const mode = [
      '--router-only',
      '--haproxy',
      'off',
      '--admin',
      'off',
      '--log-level',
      'warn',
      '--route-tag',
      ROUTE_TAG,
    ];
    const places = ['--state-dir', state, '--run-dir', join(folder, 'run'), `consul://127.0.0.1:${port}`];
    return { command: [...NODE, BUNDLE, 'run', ...mode, ...places], file };
  },
  view: (content) => content,
};

const render: CatalogProgram = {
  name: 'render',
  prepare: (folder, port) => {
    const [template, file] = [join(folder, 'watch.ctmpl'), join(folder, 'rendered/watch.cfg')];
    mkdirSync(join(folder, 'rendered'));
    writeFileSync(template, TEMPLATE);
    const flags = [
      '-template',
      `${template}:${file}`,
      '-consul-addr',
      `127.0.0.1:${port}`,
      '-wait=0',
      '-log-level',
      'warn',
    ];
    return { command: [...NODE, BUNDLE, 'render', ...flags], file };
  },
  view: (content) => content,
};

const catalog: CatalogProgram = {
  name: 'catalog',
  prepare: (folder, port) => {
    const file = join(folder, 'seen/changes.log');
    mkdirSync(join(folder, 'seen'));
    const bundle = join(folder, 'watch-process.mjs');
    // As the others are: Node needs memory to read TypeScript.
    buildSync({ ...BUNDLING, entryPoints: [join(import.meta.dirname, 'watch-process.ts')], outfile: bundle });
    return { command: [...NODE, bundle, String(port), file], file };
  },
  // A line for each time that a service changed: the last one holds.
  view: (content) => {
    const lines = content.split('\n').map((line) => [line.slice(0, line.indexOf('\t')), line] as const);
    return [...new Map(lines).values()].join('\n');
  },
};
