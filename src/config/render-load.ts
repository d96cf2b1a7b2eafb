import type { RenderMode } from './render-command-line.ts';
import { finalizeRender } from './render-finalize.ts';
import { mergeRenderFiles } from './render-merge.ts';
import { type ReadOutcome, readRenderPath, readRenderText } from './render-read.ts';
import { type RenderFile, renderFileSchema } from './render-schema.ts';
import type { RenderSettings } from './render-settings.ts';

export interface RenderSources {
  /** Files and folders, in order. */
  readonly configPaths: readonly string[];
  /** What the flags say. */
  readonly files: readonly RenderFile[];
  readonly mode: RenderMode;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export interface LoadedRender {
  readonly settings: RenderSettings;
  /** Keys that mean nothing here. */
  readonly ignored: readonly string[];
}

/** Keys of consul-template whose wishes Portolan does not have; leaving them out changes no output. */
const IGNORED_KEYS = [
  'block_query_wait',
  'deduplicate',
  'err_on_failed_lookup',
  'log_file',
  'max_stale',
  'nomad',
  'syslog',
  'vault',
] as const;

/**
 * Puts the configuration together: files and folders in order, `CT_LOCAL_CONFIG`, flags; the later counts. All mistakes
 * at once. Source: consul-template v0.42.1, `loadConfigs` and the entry point of its image.
 */
export function loadRender({ configPaths, files, mode, environment }: RenderSources): ReadOutcome<LoadedRender> {
  const local = environment['CT_LOCAL_CONFIG'];
  const outcomes = configPaths.map(readRenderPath);
  if (local) outcomes.push(asList(readRenderText('CT_LOCAL_CONFIG', local)));
  const mistakes = outcomes.flatMap((outcome) => (outcome.kind === 'mistakes' ? outcome.mistakes : []));
  if (mistakes.length > 0) return { kind: 'mistakes', mistakes };
  const read = outcomes.flatMap((outcome) => (outcome.kind === 'read' ? outcome.value : []));
  const merged = mergeRenderFiles([...logLevelOf(environment), ...read, ...files]);
  const finalized = finalizeRender(merged, {
    environment,
    // A folder of configurations may fill up later; a command line without anything is a mistake.
    needsTemplate: read.length === 0 && configPaths.length === 0,
    needsDestination: !mode.dry && !mode.parseOnly,
  });
  if (finalized.kind === 'mistakes') return finalized;
  return { kind: 'read', value: { settings: finalized.value, ignored: ignoredIn(merged) } };
}

function asList(outcome: ReadOutcome<RenderFile>): ReadOutcome<readonly RenderFile[]> {
  return outcome.kind === 'read' ? { kind: 'read', value: [outcome.value] } : outcome;
}

/** A level that means nothing is as good as none. */
function logLevelOf(environment: RenderSources['environment']): readonly RenderFile[] {
  const level = environment['CT_LOG'] || environment['CONSUL_TEMPLATE_LOG'];
  const outcome = level ? renderFileSchema.safeParse({ log_level: level }) : undefined;
  return outcome?.success === true ? [outcome.data] : [];
}

function ignoredIn(file: RenderFile): readonly string[] {
  const keys: readonly string[] = IGNORED_KEYS.filter((key) => file[key] !== undefined);
  return file.consul?.transport === undefined ? keys : [...keys, 'consul.transport'];
}
