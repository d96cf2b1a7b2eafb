import { readFileSync } from 'node:fs';
import { type CheckedConsul, type CheckReport, checkAgainst, checkTemplate } from '../app-check.ts';
import { parseRegistry } from '../config/registry-address.ts';
import { systemClock } from '../lib/clock.ts';
import { errorMessage } from '../lib/errors.ts';
import { checkLines } from './check-lines.ts';
import { type CliIo, EXIT } from './io.ts';
import { printable } from './printable.ts';

export interface CheckArguments {
  /** `-` is standard input. */
  readonly file: string | undefined;
  /** The URI of a Consul with whose data it is evaluated. */
  readonly against: string | undefined;
  readonly isJson: boolean;
}

/** `portolan check`: what is wrong with a template, what it calls and what it reads. */
export async function check({ file, against, isJson }: CheckArguments, io: CliIo): Promise<number> {
  if (file === undefined) {
    io.stderr('portolan: name a template\n  For example: portolan check haproxy.ctmpl\n');
    return EXIT.usage;
  }
  const consul = against === undefined ? undefined : consulAt(against, io);
  if (consul === 'refused') return EXIT.usage;
  let text: string;
  try {
    text = file === '-' ? await io.readStdin() : readFileSync(file, 'utf8');
  } catch (error) {
    io.stderr(`portolan: cannot read ${file}: ${errorMessage(error)}\n`);
    return EXIT.usage;
  }
  const report = consul === undefined ? checkTemplate(text) : await checkAgainst(text, consul, io.signal);
  return show(file, report, isJson, io);
}

function consulAt(uri: string, { environment, stderr }: CliIo): CheckedConsul | 'refused' {
  const parsed = parseRegistry(uri, environment['CONSUL_HTTP_ADDR']);
  if (parsed.kind === 'address' && parsed.address.kind !== 'memory') {
    return { uri, address: parsed.address, environment, clock: systemClock };
  }
  const rule = parsed.kind === 'refused' ? parsed.rule : 'holds nothing that a template could read';
  stderr(`portolan: --against = ${JSON.stringify(uri)} ${rule}\n`);
  return 'refused';
}

function show(file: string, report: CheckReport, isJson: boolean, io: CliIo): number {
  io.stdout(isJson ? `${JSON.stringify(report, undefined, 2)}\n` : printable(checkLines(file, report)));
  return report.problems.length === 0 ? EXIT.ok : EXIT.problems;
}
