import { readFileSync } from 'node:fs';
import { type CheckReport, checkTemplate } from '../app-check.ts';
import { errorMessage } from '../lib/errors.ts';
import { checkLines } from './check-lines.ts';
import { type CliIo, EXIT } from './io.ts';
import { printable } from './printable.ts';

export interface CheckArguments {
  /** `-` is standard input. */
  readonly file: string | undefined;
  readonly isJson: boolean;
}

/** `portolan check`: what is wrong with a template, what it calls and what it reads. */
export async function check({ file, isJson }: CheckArguments, io: CliIo): Promise<number> {
  if (file === undefined) {
    io.stderr('portolan: name a template\n  For example: portolan check haproxy.ctmpl\n');
    return EXIT.usage;
  }
  let text: string;
  try {
    text = file === '-' ? await io.readStdin() : readFileSync(file, 'utf8');
  } catch (error) {
    io.stderr(`portolan: cannot read ${file}: ${errorMessage(error)}\n`);
    return EXIT.usage;
  }
  return show(file, checkTemplate(text), isJson, io);
}

function show(file: string, report: CheckReport, isJson: boolean, io: CliIo): number {
  io.stdout(isJson ? `${JSON.stringify(report, undefined, 2)}\n` : printable(checkLines(file, report)));
  return report.problems.length === 0 ? EXIT.ok : EXIT.problems;
}
