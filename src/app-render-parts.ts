import { readFileSync } from 'node:fs';
import { createConsulCatalog } from './adapters/consul/catalog-source.ts';
import { createConsulClient } from './adapters/consul/client.ts';
import { watchConsul } from './adapters/consul/patience.ts';
import { createConsulQueries } from './adapters/consul/query-source.ts';
import { createFileSource } from './adapters/files/watched-file.ts';
import { consulEndpoint } from './app-consul-endpoint.ts';
import type { CommandSettings, ExecSettings, RenderSettings, TemplateSettings } from './config/render-settings.ts';
import type { Clock } from './lib/clock.ts';
import { errorMessage, PortolanError } from './lib/errors.ts';
import type { Log } from './lib/log.ts';
import { createCatalogData } from './rendering/catalog-data.ts';
import { commandEnvironment } from './rendering/command-environment.ts';
import type { KeptProgram } from './rendering/program-keeper.ts';
import { createReadNotes } from './rendering/read-notes.ts';
import { createRenderer, type Renderer } from './rendering/renderer.ts';
import type { RenderTarget, TemplateSet, TimedCommand } from './rendering/runner-contracts.ts';
import { createTemplateData } from './rendering/template-data.ts';
import { createTemplateSet } from './rendering/template-set.ts';
import { createGuardedSource } from './routing/guarded-source.ts';
import { TemplateError, textOf } from './template/index.ts';

export interface RenderSurroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly log: Log;
}

/** A configuration with all that it needs, wired but not running. */
export interface RenderParts {
  readonly settings: RenderSettings;
  readonly templates: TemplateSet;
  readonly targets: readonly RenderTarget[];
  readonly program: KeptProgram | undefined;
}

/** Parses all templates. Throws `TEMPLATE_FAILED` with what is wrong with each. */
export function parseTemplates({ templates }: RenderSettings): readonly Renderer[] {
  const mistakes: string[] = [];
  const renderers = templates.flatMap((template): readonly Renderer[] => {
    try {
      return [createRenderer(readTemplate(template), rendererOptions(template))];
    } catch (error) {
      if (!(error instanceof TemplateError || error instanceof PortolanError)) throw error;
      mistakes.push(`${templateName(template)}: ${error.message}`);
      return [];
    }
  });
  if (mistakes.length > 0) throw new PortolanError('TEMPLATE_FAILED', mistakes.join('\n'));
  return renderers;
}

/** Throws `TEMPLATE_FAILED`, or a `TerminalError` for certificates that cannot be used. */
export function buildRender(settings: RenderSettings, surroundings: RenderSurroundings): RenderParts {
  const { environment, clock, log } = surroundings;
  const renderers = parseTemplates(settings);
  const { address, name, environment: access } = settings.consul;
  const endpoint = consulEndpoint({ address, name, environment: access, log });
  const source = createConsulCatalog({ endpoint, clock, random: Math.random });
  // Who runs consul-template expects what somebody deregisters to go at once.
  const catalog = createGuardedSource({ source, clock, log, believesSingles: true });
  const notes = createReadNotes(log);
  const data = createTemplateData({
    catalog: createCatalogData(catalog, notes),
    consul: createConsulQueries({ endpoint, clock, random: Math.random, notes }),
    files: createFileSource(clock),
  });
  const warn = (message: string, i: number): void => {
    const template = settings.templates[i];
    log.warn('a template should be written otherwise', { template: template && templateName(template), message });
  };
  const templates = createTemplateSet({
    renderers,
    data,
    surroundings: { environment: { ...environment, ...settings.consul.forCommands }, clock },
    warn,
  });
  const { attempts, ...pauses } = settings.consul.retry;
  const watch = async (signal: AbortSignal): Promise<void> => {
    if (attempts === undefined) return;
    const client = createConsulClient({ endpoint, clock, maxSockets: 1 });
    await watchConsul(client, { clock, patience: { attempts, ...pauses } }, signal).finally(() => client.close());
  };
  const follow: TemplateSet['follow'] = async (onChange, signal) => {
    await Promise.all([templates.follow(onChange, signal), watch(signal)]);
  };
  const variables = { ours: environment, added: settings.consul.forCommands };
  return {
    settings,
    templates: { evaluate: () => templates.evaluate(), follow },
    targets: settings.templates.map((template) => targetOf(template, variables)),
    program: settings.exec && programOf(settings.exec, variables),
  };
}

function readTemplate({ source }: TemplateSettings): string {
  if (source.kind === 'text') return source.text;
  try {
    return textOf(readFileSync(source.path));
  } catch (error) {
    throw new PortolanError('FILE_UNREADABLE', `cannot be read: ${errorMessage(error)}`, { cause: error });
  }
}

function rendererOptions({ delimiters, missingKey, functionDenylist, sandboxPath }: TemplateSettings) {
  return { delimiters, missingKey, denied: functionDenylist, ...(sandboxPath !== undefined && { sandboxPath }) };
}

function templateName({ source, destination }: TemplateSettings): string {
  return source.kind === 'file' ? source.path : `the template of ${destination}`;
}

interface Variables {
  readonly ours: RenderSurroundings['environment'];
  readonly added: Readonly<Record<string, string>>;
}

function targetOf(template: TemplateSettings, { ours, added }: Variables): RenderTarget {
  const { destination, createFolders, permissions, user, group, backup } = template;
  const timed = (settings: CommandSettings | undefined): TimedCommand | undefined =>
    settings && { ...settings, environment: commandEnvironment(settings.environment, ours, added) };
  return {
    name: templateName(template),
    output: { destination, createFolders, permissions, user, group, backup },
    check: timed(template.check),
    command: timed(template.command),
    runsCommandOnStart: template.runsCommandOnStart,
    endsOnError: template.endsOnError,
    wait: template.wait,
  };
}

/** Source of the signal: consul-template, `DefaultExecKillSignal`. */
function programOf(
  { killSignal = 'SIGINT', environment, ...exec }: ExecSettings,
  { ours, added }: Variables,
): KeptProgram {
  return { ...exec, killSignal, environment: commandEnvironment(environment, ours, added) };
}
