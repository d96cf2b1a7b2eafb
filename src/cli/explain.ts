import { readFileSync } from 'node:fs';
import { OPTION_RULES } from '../app.ts';
import { type Explanation, explainInspected } from '../app-explain.ts';
import { type Configuration, loadConfiguration } from '../config/load.ts';
import type { OptionName } from '../config/options.ts';
import { errorMessage, PortolanError } from '../lib/errors.ts';
import { askAdmin } from './admin-client.ts';
import { explanationLines } from './explanation-lines.ts';
import { type CliIo, EXIT } from './io.ts';
import { printable } from './printable.ts';
import { parseReport } from './status.ts';

export interface ExplainArguments {
  /** Names or IDs of containers; a registry URI among them says where they would be registered. */
  readonly words: readonly string[];
  /** The file with what `docker inspect` printed; `-` is standard input. Without it the running daemon is asked. */
  readonly inspect: string | undefined;
  readonly isJson: boolean;
  readonly socketPath: string;
  readonly flags: ReadonlyMap<OptionName, string>;
}

/** Where services would be registered when nobody says. It decides only whether a loopback address is worth a word. */
const USUAL_REGISTRY = 'consul://127.0.0.1:8500';

/** `portolan explain`: what would be registered, where each value comes from, and what was left out and why. */
export async function explain(args: ExplainArguments, io: CliIo): Promise<number> {
  const { words, inspect } = args;
  const containers = words.filter((word) => !isRegistry(word));
  if (inspect !== undefined) return await explainFile(inspect, containers, args, io);
  if (containers.length > 0) return await askDaemon(containers, args, io);
  io.stderr(
    'portolan: name a container, or give what docker inspect printed\n  For example: portolan explain web.1\n  Or without the daemon: docker inspect web.1 | portolan explain --inspect -\n',
  );
  return EXIT.usage;
}

async function explainFile(
  path: string,
  wanted: readonly string[],
  { words, flags, isJson }: ExplainArguments,
  io: CliIo,
): Promise<number> {
  const { environment } = io;
  const registry = words.find(isRegistry) ?? (environment['PORTOLAN_REGISTRY'] || USUAL_REGISTRY);
  const configuration = configurationOf(loadConfiguration({ registry, flags, environment, rules: OPTION_RULES }), io);
  if (configuration === undefined) return EXIT.usage;
  const name = path === '-' ? 'standard input' : path;
  let text: string;
  try {
    text = path === '-' ? await io.readStdin() : readFileSync(path, 'utf8');
  } catch (error) {
    io.stderr(`portolan: cannot read ${name}: ${errorMessage(error)}\n`);
    return EXIT.usage;
  }
  const outcome = explainInspected({ configuration, text, wanted });
  switch (outcome.kind) {
    case 'explained':
      show(outcome.explanation, { isJson, isOffline: true }, io);
      return EXIT.ok;
    case 'unreadable':
      io.stderr(
        `portolan: ${name} is not what docker inspect prints, a JSON list of containers: ${outcome.reason}\n  For example: docker inspect web.1 | portolan explain --inspect -\n`,
      );
      return EXIT.usage;
    case 'unknown':
      io.stderr(unknownText(`${outcome.reason} in ${name}`, outcome.nearest));
      return EXIT.failure;
  }
}

function configurationOf(loaded: ReturnType<typeof loadConfiguration>, io: CliIo): Configuration | undefined {
  if (loaded.kind === 'configuration') return loaded.configuration;
  const mistakes = loaded.kind === 'mistakes' ? loaded.mistakes : [];
  for (const { where, value, rule } of mistakes) io.stderr(`portolan: ${where} = ${JSON.stringify(value)} ${rule}\n`);
  io.stderr('See portolan run --help.\n');
  return undefined;
}

/** Whoever is unknown does not keep the others from being shown. */
async function askDaemon(
  containers: readonly string[],
  { isJson, socketPath }: ExplainArguments,
  io: CliIo,
): Promise<number> {
  const explanations: Explanation[] = [];
  const unknown: string[] = [];
  for (const container of containers) {
    const answer = await askAbout(container, socketPath);
    const refusal = answer.status === 404 ? refusalIn(answer.text) : undefined;
    if (refusal === undefined) explanations.push(parseReport(answer) as Explanation);
    else
      unknown.push(`${unknownText(refusal.error, refusal.nearest)}  ${offlineHint('If it does not run', container)}\n`);
  }
  const [first] = explanations;
  if (first !== undefined) {
    const all = { ...first, containers: explanations.flatMap((explanation) => explanation.containers) };
    show(all, { isJson, isOffline: false }, io);
  }
  io.stderr(unknown.join(''));
  return unknown.length === 0 ? EXIT.ok : EXIT.failure;
}

async function askAbout(container: string, socketPath: string): ReturnType<typeof askAdmin> {
  try {
    return await askAdmin(socketPath, `/api/v1/explain?container=${encodeURIComponent(container)}`);
  } catch (error) {
    if (!(error instanceof PortolanError) || error.code !== 'ADMIN_UNREACHABLE') throw error;
    const hint = `${error.hint}\n  ${offlineHint('Without it', container)}`;
    throw new PortolanError(error.code, error.message, { hint, cause: error });
  }
}

function offlineHint(when: string, container: string): string {
  return `${when}: docker inspect ${container} | portolan explain --inspect -`;
}

/** What the daemon says of a container that it does not know; `undefined` when it means something else. */
function refusalIn(text: string): { readonly error: string; readonly nearest: readonly string[] } | undefined {
  try {
    const answer = JSON.parse(text) as { readonly error: string; readonly nearest?: readonly string[] };
    return answer.nearest === undefined ? undefined : { error: answer.error, nearest: answer.nearest };
  } catch {
    return undefined;
  }
}

function show(
  explanation: Explanation,
  { isJson, isOffline }: { readonly isJson: boolean; readonly isOffline: boolean },
  io: CliIo,
): void {
  io.stdout(
    isJson ? `${JSON.stringify(explanation, undefined, 2)}\n` : printable(explanationLines(explanation, isOffline)),
  );
}

function unknownText(reason: string, nearest: readonly string[]): string {
  const hint = nearest.length === 0 ? '' : `  Did you mean ${nearest.join(' or ')}?\n`;
  return `portolan: ${reason}\n${hint}`;
}

/** Docker takes no name with a colon. */
function isRegistry(word: string): boolean {
  return word.includes('://');
}
