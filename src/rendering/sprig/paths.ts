import { goFunction } from '../../template/index.ts';

/** Paths with slashes; `os...` is the same on Linux. Source: sprig v3.3.0, `functions.go`; Go's `path`. */
export const pathFunctions = {
  base: goFunction('func(string) string', base),
  clean: goFunction('func(string) string', clean),
  dir: goFunction('func(string) string', directory),
  ext: goFunction('func(string) string', extension),
  isAbs: goFunction('func(string) bool', isAbsolute),
  osBase: goFunction('func(string) string', base),
  osClean: goFunction('func(string) string', clean),
  osDir: goFunction('func(string) string', directory),
  osExt: goFunction('func(string) string', extension),
  osIsAbs: goFunction('func(string) bool', isAbsolute),
};

function base(path: string): string {
  if (path === '') return '.';
  let end = path.length;
  while (path[end - 1] === '/') end--;
  return path.slice(path.lastIndexOf('/', end - 1) + 1, end) || '/';
}

function directory(path: string): string {
  return clean(path.slice(0, path.lastIndexOf('/') + 1));
}

function extension(path: string): string {
  return /\.[^./]*$/.exec(path)?.[0] ?? '';
}

function isAbsolute(path: string): boolean {
  return path.startsWith('/');
}

/** Without `.`, inner `..` and double slashes; nothing is `.`. */
function clean(path: string): string {
  const isRooted = isAbsolute(path);
  const kept: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') kept.push(part);
    else if (kept.length > 0 && kept.at(-1) !== '..') kept.pop();
    else if (!isRooted) kept.push(part);
  }
  return isRooted ? `/${kept.join('/')}` : kept.join('/') || '.';
}
