import type { ConformanceCase, Suite } from '../suite.ts';
import { type CliCase, isCli, isRegister, parseRecordings, type Recording, type RegisterCase } from './cases.ts';
import { type Ending, endingOf } from './command.ts';
import { difference } from './difference.ts';
import { filled } from './placeholders.ts';
import { recorded } from './registered.ts';
import { replayed } from './replay.ts';

/** Registrator v7.4.0: what it registered for a container, and how its command lines ended. */
export const registratorSuite: Suite = {
  parse: (text) =>
    parseRecordings(text).map((recording): ConformanceCase => {
      const { name } = recording;
      return { name, skipped: skipReason(recording), judge: async () => await judge(recording) };
    }),
};

function skipReason(recording: Recording): string | undefined {
  const { kind, verdict, rule } = recording;
  if (verdict === 'differs') return `differs by ${rule ?? 'a rule without name'}`;
  if (kind === 'lifecycle') return 'lifecycle, for reference';
  if (verdict !== 'same') return `verdict ${verdict}`;
  if (!(isRegister(recording) || isCli(recording))) return `kind ${kind} is not known`;
  return undefined;
}

async function judge(recording: Recording): Promise<readonly string[]> {
  if (isRegister(recording)) return registerDifference(recording);
  return isCli(recording) ? await cliDifference(recording) : [];
}

/** What Portolan would register otherwise. */
function registerDifference(recording: RegisterCase): readonly string[] {
  const old = recorded(recording);
  return difference(old, replayed(recording, new Set(old.keys())));
}

async function cliDifference({ registratorArgs, registratorEnv, ...recording }: CliCase): Promise<readonly string[]> {
  const { vars, stillRunning, exitCode } = recording;
  const args = filled(registratorArgs, vars);
  const ending = await endingOf({ args, environment: filled(registratorEnv, vars) });
  const old: Ending = stillRunning ? { kind: 'running' } : { kind: 'exited', code: exitCode ?? null };
  const [expected, actual] = [old, ending].map(wordsOf);
  return expected === actual ? [] : [`registrator ${expected}, Portolan ${actual}: ${args.join(' ')}`];
}

function wordsOf(ending: Ending): string {
  return ending.kind === 'running' ? 'went on running' : `exited with ${ending.code ?? 'a signal'}`;
}
