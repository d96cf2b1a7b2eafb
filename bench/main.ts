// Benchmarks. Without a name: the pure parts, and how fast a change reaches a rendered file. The others run Portolan
// against a made-up Docker and a real Consul: npm run bench -- register|deaf|floor|render|watch [flags]
import { parseArgs } from 'node:util';
import { deaf } from './deaf.ts';
import { floor } from './floor.ts';
import { hotPaths } from './hot-paths.ts';
import { register } from './register.ts';
import { render } from './render.ts';
import { FLAGS, USAGE } from './settings.ts';
import { watchCatalog } from './watch.ts';

const { values, positionals } = parseArgs({ options: FLAGS, allowPositionals: true });
const [name, ...rest] = positionals;
const benchmarks = new Map([
  ['register', register],
  ['deaf', deaf],
  ['floor', floor],
  ['render', render],
  ['watch', watchCatalog],
]);
const benchmark = benchmarks.get(name ?? '');
if (name === undefined) {
  await hotPaths();
  console.log();
  await render(values);
  await watchCatalog({ n: '200', rounds: '5', seconds: '5', ...values });
} else if (benchmark === undefined || rest.length > 0) throw new Error(USAGE);
else await benchmark(values);
// What was started has been ended; connections that are kept open must not keep this process.
process.exit();
