import { consulAccess } from './render-consul.ts';
import type { ReadOutcome } from './render-read.ts';
import type { ExecBlock, RenderFile, TemplateBlock } from './render-schema.ts';
import type {
  CommandSettings,
  EnvironmentRule,
  ExecSettings,
  RenderSettings,
  TemplateSettings,
} from './render-settings.ts';

const DEFAULT_WAIT = { quietMs: 100, maxWaitMs: 1_000 };
const COMMAND_TIMEOUT_MS = 30_000;
const KILL_TIMEOUT_MS = 30_000;

export interface RenderNeeds {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Whether there must be a template or a program. */
  readonly needsTemplate: boolean;
  /** Whether something is written. */
  readonly needsDestination: boolean;
}

/**
 * Fills in what was not said, and finds what does not go together.
 *
 * Differs from consul-template: changes wait for 100 ms of calm, 1 s at most, unless `wait` says otherwise, and errors
 * of templates end the daemon only where `error_fatal` asks for it.
 */
export function finalizeRender(
  file: RenderFile,
  { environment, needsTemplate, needsDestination }: RenderNeeds,
): ReadOutcome<RenderSettings> {
  const consul = consulAccess(file.consul ?? {}, environment);
  const exec = execOf(file.exec);
  const blocks = file.template ?? [];
  const mistakes = blocks.flatMap((block, i) =>
    templateMistakes(block, needsDestination).map((rule) => `template[${i + 1}] ${rule}`),
  );
  if (needsTemplate && blocks.length === 0 && exec === undefined)
    mistakes.push('there is no template: -template IN:OUT, or -config PATH');
  if (consul.kind === 'mistakes') mistakes.push(...consul.mistakes);
  if (consul.kind === 'mistakes' || mistakes.length > 0) return { kind: 'mistakes', mistakes };
  const value: RenderSettings = {
    consul: consul.value,
    templates: blocks.map((block) => templateOf(block, file)),
    exec,
    killSignal: file.kill_signal || undefined,
    reloadSignal: file.reload_signal === undefined ? 'SIGHUP' : file.reload_signal || undefined,
    logLevel: file.log_level ?? 'info',
    logFormat: file.log_format ?? 'auto',
    pidFile: file.pid_file || undefined,
    admin: file.admin === 'off' ? undefined : file.admin,
  };
  return { kind: 'read', value };
}

function templateMistakes(
  { source, contents, destination }: TemplateBlock,
  needsDestination: boolean,
): readonly string[] {
  const sources = [source, contents].filter((it) => it !== undefined && it !== '').length;
  return [
    ...(sources === 0 ? ['needs a source or contents'] : []),
    ...(sources === 2 ? ['has both source and contents, of which only one can be'] : []),
    ...(destination || !needsDestination ? [] : ['needs a destination']),
  ];
}

function templateOf(block: TemplateBlock, file: RenderFile): TemplateSettings {
  const { left, right } = file.default_delimiters ?? {};
  const leftDelimiter = block.left_delimiter || left;
  const rightDelimiter = block.right_delimiter || right;
  return {
    source: block.source ? { kind: 'file', path: block.source } : { kind: 'text', text: block.contents ?? '' },
    destination: block.destination ?? '',
    createFolders: block.create_dest_dirs ?? true,
    permissions: block.perms,
    user: block.user ?? block.uid,
    group: block.group ?? block.gid,
    backup: block.backup ?? false,
    check: commandOf(block.check, block.check_timeout, undefined),
    command: commandOf(
      block.exec?.enabled === false ? [] : (block.exec?.command ?? block.command),
      block.exec?.timeout ?? block.command_timeout,
      block.exec,
    ),
    runsCommandOnStart: block.command_on_start ?? file.command_on_start ?? false,
    missingKey: block.error_on_missing_key === true ? 'error' : 'zero',
    endsOnError: block.error_fatal ?? file.template_error_fatal ?? false,
    delimiters: { ...(leftDelimiter && { left: leftDelimiter }), ...(rightDelimiter && { right: rightDelimiter }) },
    functionDenylist: [...(block.function_denylist ?? []), ...(block.function_blacklist ?? [])],
    sandboxPath: block.sandbox_path || undefined,
    wait: block.wait ?? file.wait ?? DEFAULT_WAIT,
  };
}

function commandOf(
  command: readonly string[] | undefined,
  timeoutMs: number | undefined,
  exec: ExecBlock | undefined,
): CommandSettings | undefined {
  if (command === undefined || command.length === 0) return undefined;
  return { command, timeoutMs: timeoutMs || COMMAND_TIMEOUT_MS, environment: environmentRule(exec) };
}

function execOf(block: ExecBlock | undefined): ExecSettings | undefined {
  const { command = [], enabled = command.length > 0 } = block ?? {};
  if (!enabled || command.length === 0) return undefined;
  return {
    command,
    environment: environmentRule(block),
    reloadSignal: block?.reload_signal || undefined,
    killSignal: block?.kill_signal || undefined,
    killTimeoutMs: block?.kill_timeout ?? KILL_TIMEOUT_MS,
    splayMs: block?.splay ?? 0,
  };
}

function environmentRule(block: ExecBlock | undefined): EnvironmentRule {
  const {
    pristine = false,
    custom = [],
    allowlist = [],
    whitelist = [],
    denylist = [],
    blacklist = [],
  } = block?.env ?? {};
  return { pristine, custom, allowlist: [...allowlist, ...whitelist], denylist: [...denylist, ...blacklist] };
}
