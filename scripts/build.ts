// Bundles Portolan into one file, dist/portolan.js, and puts the Node binary beside it that the image will carry.
import { chmod, copyFile, mkdir } from 'node:fs/promises';
import { build, type Plugin } from 'esbuild';

/**
 * What dockerode loads at its start for things that Portolan never does: hosts by SSH, builds with BuildKit, sending
 * build contexts. Left out, it costs a third less memory. Only for these importers: other packages have modules of the
 * same names.
 */
const LEFT_OUT = /^(ssh2|tar-fs|@balena\/dockerignore|\.\/ssh|\.\/session|\.\/buildkit)$/;
const IMPORTERS = /\/(dockerode|docker-modem)\//;

const lighterDockerode: Plugin = {
  name: 'lighter-dockerode',
  setup: (builder) => {
    builder.onResolve({ filter: LEFT_OUT }, ({ importer, path }) =>
      IMPORTERS.test(importer) ? { path, namespace: 'left-out' } : undefined,
    );
    builder.onLoad({ filter: /.*/, namespace: 'left-out' }, ({ path }) => ({
      contents: `module.exports = () => { throw new Error(${JSON.stringify(`${path} is not part of Portolan`)}); };`,
    }));
    // Node's own streams do, and are loaded anyway.
    builder.onResolve({ filter: /^readable-stream$/ }, ({ importer }) =>
      IMPORTERS.test(importer) ? { path: 'node:stream', external: true } : undefined,
    );
  },
};

await build({
  entryPoints: ['src/main.ts'],
  outfile: 'dist/portolan.js',
  bundle: true,
  platform: 'node',
  target: 'node22',
  format: 'esm',
  minify: true,
  legalComments: 'none',
  plugins: [lighterDockerode],
  // Some packages are CommonJS and call `require` for Node's own modules.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
  logLevel: 'warning',
});
await chmod('dist/portolan.js', 0o755);
await mkdir('dist/image', { recursive: true });
await copyFile('dist/portolan.js', 'dist/image/portolan.js');
await copyFile(process.execPath, 'dist/image/node');
