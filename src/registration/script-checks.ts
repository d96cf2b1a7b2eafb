import type { RawField, Warn } from './check-fields.ts';
import type { CheckTarget } from './check-target.ts';
import { lineProblem } from './check-values.ts';
import { SETTING_SPECS } from './setting-specs.ts';

/** Linux gives a program at most 128 KiB in one argument. */
const MAX_SCRIPT_LENGTH = 65_536;
const DEFAULT_SHELL = SETTING_SPECS.check_docker_shell.fallback;

/** What a check runs, as the agent takes it: a program and its arguments. */
export interface Program {
  readonly args: readonly string[];
}

/**
 * A script on the agent's host. `SERVICE_IP` and `SERVICE_PORT` are replaced where they are whole words.
 *
 * Source: registrator 6bfadbc, `consul/consul.go: buildCheck, interpolateService`.
 * Differs: registrator sent the whole line as the name of a program, so that nothing with arguments ever ran.
 */
export function scriptProgram(raw: RawField, target: CheckTarget, warn: Warn): Program | undefined {
  const args = programArgs(raw, ['sh', '-c'], warn);
  return args && { args: args.map((arg) => withAddress(arg, target)) };
}

/** A call of the user's `check-cmd` on the agent's host. Source: registrator 6bfadbc, `consul/consul.go: buildCheck`. */
export function cmdProgram(raw: RawField, { origin }: CheckTarget, warn: Warn): Program | undefined {
  const args = programArgs(raw, ['check-cmd', origin.containerId.slice(0, 12), String(origin.port)], warn);
  return args && { args };
}

/**
 * A command inside the container, through a shell there. Consul runs `ScriptArgs` as they are and never looks at
 * `Shell` beside them (1.8.7), so the shell stands in both.
 */
export function dockerProgram(
  raw: RawField,
  shellRaw: RawField | undefined,
  warn: Warn,
): (Program & { readonly shell: string }) | undefined {
  const shell = shellPath(shellRaw, warn);
  const args = programArgs(raw, [shell, '-c'], warn);
  return args && { args, shell };
}

/** Why the agent may not run programs for this service; `undefined` when it may. */
export function scriptProblem({ enableScriptChecks }: CheckTarget): string | undefined {
  return enableScriptChecks ? undefined : 'runs a program, which needs --enable-script-checks; the check is left out';
}

/** A text behind `before`; the list of an entry of `SERVICE_CHECKS` alone. */
function programArgs(raw: RawField, before: readonly string[], warn: Warn): readonly string[] | undefined {
  const args: readonly unknown[] = raw.json === undefined ? [...before, raw.text] : Object.values(raw.json);
  const texts = args.filter((arg) => typeof arg === 'string');
  const isList = texts.length === args.length && (raw.json === undefined || Array.isArray(raw.json));
  const problem =
    !isList || (texts[0] ?? '').trim() === ''
      ? 'is no command: a text, or a list of texts'
      : texts.some((text) => text.includes('\0'))
        ? 'has zero bytes'
        : texts.join('').length > MAX_SCRIPT_LENGTH
          ? `is longer than ${MAX_SCRIPT_LENGTH} characters`
          : undefined;
  if (problem === undefined) return texts;
  warn(raw, `${problem}; the check is left out`);
  return undefined;
}

function shellPath(raw: RawField | undefined, warn: Warn): string {
  if (raw === undefined) return DEFAULT_SHELL;
  const problem = lineProblem(raw.text);
  if (problem === undefined) return raw.text;
  warn(raw, `${problem}; ${DEFAULT_SHELL} is used instead`);
  return DEFAULT_SHELL;
}

function withAddress(text: string, { address, port }: CheckTarget): string {
  const value = (name: string) => (name === 'IP' ? address : String(port));
  return text.replaceAll(
    /\$(?:SERVICE_(IP|PORT)(?!\w)|\{SERVICE_(IP|PORT)\})/g,
    (_, bare: string | undefined, braced: string | undefined) => value(bare ?? braced ?? ''),
  );
}
