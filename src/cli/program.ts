import { Command, CommanderError, Option } from 'commander';
import { adminSocketIn, runFolders } from '../config/folders.ts';
import { type FlagShape, normalizeGoFlags } from '../config/go-flags.ts';
import { flagOf, OPTION_SPECS, type OptionName } from '../config/options.ts';
import { PortolanError } from '../lib/errors.ts';
import { explain } from './explain.ts';
import { healthcheck } from './healthcheck.ts';
import { checkHelp, explainHelp, programHelp, releaseHelp, runHelp } from './help.ts';
import { type CliIo, EXIT } from './io.ts';
import { release } from './release.ts';
import { run } from './run.ts';
import { services } from './services.ts';
import { status } from './status.ts';

const OPTION_NAMES = Object.keys(OPTION_SPECS) as OptionName[];
const COMMANDS = ['run', 'status', 'services', 'release', 'explain', 'check', 'healthcheck', 'version'];
const UNREACHABLE: ReadonlySet<string> = new Set(['ADMIN_UNREACHABLE', 'CONSUL_UNREACHABLE']);
const HELP_WORDS = new Set(['-h', '-help', '--help', 'help']);
const VERSION_WORDS = new Set(['version', '-version', '--version', '-V']);

/** Runs one command line, without the program's own name. Resolves to the exit code. */
export async function runCli(argv: readonly string[], io: CliIo): Promise<number> {
  const [first = ''] = argv;
  if (HELP_WORDS.has(first)) return print(io, programHelp());
  if (VERSION_WORDS.has(first)) return print(io, `${io.version}\n`);
  if (first === 'render') {
    // It has a command line and exit codes of its own. The daemon does without the memory that it takes.
    const { render } = await import('./render.ts');
    return await render(argv.slice(1), io);
  }
  const result = { code: EXIT.ok as number };
  try {
    const args = COMMANDS.includes(first) ? argv : ['run', ...argv];
    await createProgram(io, result).parseAsync(normalize(args), { from: 'user' });
    return result.code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    if (!(error instanceof PortolanError)) throw error;
    io.stderr(`portolan: ${error.message}\n${error.hint === undefined ? '' : `  ${error.hint}\n`}`);
    return UNREACHABLE.has(error.code) ? EXIT.unreachable : EXIT.failure;
  }
}

function createProgram(io: CliIo, result: { code: number }): Command {
  const program = new Command('portolan');
  program.exitOverride().configureOutput({ writeOut: io.stdout, writeErr: io.stderr });
  program.helpInformation = programHelp;
  addRun(program, io, result);
  addExplain(program, io, result);
  addCheck(program, io, result);
  addRelease(program, io, result);
  const ask = (
    name: string,
    action: (socketPath: string, flags: { readonly isJson: boolean }) => Promise<number>,
  ): Command =>
    program
      .command(name)
      .option('--run-dir <path>', 'folder of the sockets of the running daemon')
      .action(async ({ json, runDir }: { readonly json?: boolean; readonly runDir?: string }) => {
        result.code = await action(socketPathOf(runDir, io), { isJson: json === true });
      });
  ask('status', (path, flags) => status(path, flags, io)).option('--json', 'as JSON');
  ask('services', (path, flags) => services(path, flags, io)).option('--json', 'as JSON');
  ask('healthcheck', (path) => healthcheck(path, io));
  return program;
}

function addRun(program: Command, io: CliIo, result: { code: number }): void {
  const command = program.command('run').argument('[registry]').allowExcessArguments(false);
  command.helpInformation = runHelp;
  command.showHelpAfterError('See portolan run --help.');
  addDaemonOptions(command);
  command.action(async (registry: string | undefined, given: Given) => {
    result.code = await run({ registry, flags: flagsIn(given) }, io);
  });
}

function addExplain(program: Command, io: CliIo, result: { code: number }): void {
  const command = program.command('explain').argument('[words...]');
  command.helpInformation = explainHelp;
  command.showHelpAfterError('See portolan explain --help.');
  command.option('--inspect <file>', 'what docker inspect printed').option('--json', 'as JSON');
  addDaemonOptions(command);
  command.action(async (words: readonly string[], { inspect, json, ...given }: Given & { readonly json?: boolean }) => {
    const socketPath = socketPathOf(given['runDir'], io);
    result.code = await explain({ words, inspect, isJson: json === true, socketPath, flags: flagsIn(given) }, io);
  });
}

function addRelease(program: Command, io: CliIo, result: { code: number }): void {
  const command = program.command('release').argument('[services...]');
  command.helpInformation = releaseHelp;
  command.showHelpAfterError('See portolan release --help.');
  command.option('--run-dir <path>', 'folder of the sockets of the running daemon').option('--json', 'as JSON');
  command.action(
    async (services: readonly string[], { json, runDir }: { readonly json?: boolean; readonly runDir?: string }) => {
      result.code = await release(socketPathOf(runDir, io), { services, isJson: json === true }, io);
    },
  );
}

interface CheckFlags {
  readonly against?: string;
  readonly json?: boolean;
}

function addCheck(program: Command, io: CliIo, result: { code: number }): void {
  const command = program.command('check').argument('[file]').allowExcessArguments(false);
  command.helpInformation = checkHelp;
  command.showHelpAfterError('See portolan check --help.');
  command.option('--against <uri>', 'evaluate it with the data of this Consul').option('--json', 'as JSON');
  command.action(async (file: string | undefined, { against, json }: CheckFlags) => {
    const { check } = await import('./check.ts');
    result.code = await check({ file, against, isJson: json === true }, io);
  });
}

/** Options by their names, as written. */
type Given = Readonly<Record<string, string | undefined>>;

function addDaemonOptions(command: Command): void {
  for (const name of OPTION_NAMES) command.addOption(new Option(`--${flagOf(name)} <value>`).argParser((text) => text));
}

function flagsIn(given: Given): ReadonlyMap<OptionName, string> {
  return new Map(OPTION_NAMES.flatMap((name) => (given[name] === undefined ? [] : [[name, given[name]] as const])));
}

function socketPathOf(runDir: string | undefined, { environment }: CliIo): string {
  return adminSocketIn(runFolders({ wanted: runDir ?? environment['PORTOLAN_RUN_DIR'], environment }));
}

/** Go's notation of flags, which registrator's users write, where the daemon's options are taken. */
function normalize(args: readonly string[]): readonly string[] {
  const [command = ''] = args;
  if (command !== 'run' && command !== 'explain') return args;
  const shapes = new Map<string, FlagShape>(OPTION_NAMES.map((name) => [flagOf(name), OPTION_SPECS[name]]));
  if (command === 'explain') shapes.set('inspect', { isSwitch: false });
  // Values are joined to their flags by then, so what is left as `-help` is the question.
  return [command, ...normalizeGoFlags(args.slice(1), shapes).map((arg) => (arg === '-help' ? '--help' : arg))];
}

function print(io: CliIo, text: string): number {
  io.stdout(text);
  return EXIT.ok;
}
