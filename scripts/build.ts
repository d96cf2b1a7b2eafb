// Bundles Portolan into one file, dist/portolan.js, and puts the Node binary beside it that the image will carry.
import { chmod, copyFile, mkdir } from 'node:fs/promises';
import { build, type Plugin } from 'esbuild';

/**
 * docker-modem loads an SSH client at its start, for `ssh://` hosts, which Portolan does not take. It brings native
 * code and a third of the memory. dockerode does the same with gRPC for builds with BuildKit.
 */
const withoutSsh: Plugin = {
  name: 'without-ssh',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^(ssh2|\.\/ssh|\.\/session)$/ }, ({ importer, path }) =>
      /\/(dockerode|docker-modem)\//.test(importer) ? { path, namespace: 'left-out' } : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'left-out' }, ({ path }) => ({
      contents: `module.exports = () => { throw new Error(${JSON.stringify(`${path} is not part of Portolan`)}); };`,
    }));
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
  keepNames: true,
  legalComments: 'none',
  sourcemap: false,
  plugins: [withoutSsh],
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
