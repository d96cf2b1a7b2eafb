// Holds Portolan against recordings of the programs that it replaces:
// npm run conformance -- registrator|gotemplate|consul-template FILE [--only NAME]
import { readFileSync } from 'node:fs';
import { runConformance } from '../test/conformance/run-conformance.ts';
import { SUITES } from '../test/conformance/suites.ts';

process.exitCode = await runConformance(process.argv.slice(2), {
  suites: SUITES,
  readFile: (path) => readFileSync(path, 'utf8'),
  print: (text) => process.stdout.write(text),
});
