// Writes package-lock.json anew after a change of the dependencies, complete for every platform.
//
// Some registries, mirrors above all, lack the packages of platforms that nobody asked them for. npm then leaves them
// out of the lock without a word, and `npm ci` refuses that lock everywhere. They are never installed where they are
// missing, so an entry with version and platform is enough.
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';

interface LockEntry {
  readonly version?: string;
  readonly dev?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

interface Lock {
  packages: Record<string, LockEntry>;
}

const FILE = 'package-lock.json';
const SYSTEMS = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32'];
const PROCESSORS = ['arm64', 'x64', 'ia32', 'arm', 'ppc64', 'riscv64', 's390x', 'loong64', 'mips64el'];

rmSync(FILE, { force: true });
const args = ['install', '--package-lock-only', '--ignore-scripts', '--omit-lockfile-registry-resolved=true'];
const { status } = spawnSync('npm', args, { stdio: 'inherit' });
if (status !== 0) process.exit(status ?? 1);

const lock = JSON.parse(readFileSync(FILE, 'utf8')) as Lock;
for (const [path, { dev, optionalDependencies }] of Object.entries(lock.packages)) {
  if (path === '') continue;
  for (const [name, version] of Object.entries(optionalDependencies ?? {})) {
    const beside = path.slice(0, path.lastIndexOf('node_modules/'));
    const places = ['', beside, `${path}/`].map((place) => `${place}node_modules/${name}`);
    const platform = platformOf(name);
    if (platform === undefined || places.some((place) => lock.packages[place]?.version === version)) continue;
    const entry =
      lock.packages[`node_modules/${name}`] === undefined ? `node_modules/${name}` : `${beside}node_modules/${name}`;
    lock.packages[entry] = { version, ...platform, ...(dev && { dev }), optional: true } as LockEntry;
    console.log(`added ${name}`);
  }
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).toSorted(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(FILE, `${JSON.stringify(lock, undefined, 2)}\n`);

/** What npm compares with this machine before it installs: made from the name, as these packages are named by it. */
function platformOf(
  name: string,
): { readonly os: string[]; readonly cpu: string[]; readonly libc?: string[] } | undefined {
  const words = name.split(/[/-]/);
  const os = SYSTEMS.find((system) => words.includes(system));
  const cpu = PROCESSORS.find((processor) => words.includes(processor));
  if (os === undefined || cpu === undefined) return undefined;
  if (os !== 'linux') return { os: [os], cpu: [cpu] };
  return { os: [os], cpu: [cpu], libc: [words.some((word) => word.startsWith('musl')) ? 'musl' : 'glibc'] };
}
