import { normalizeGoFlags } from './go-flags.ts';
import { RENDER_FLAGS } from './render-flags.ts';
import { readRenderFlag } from './render-read.ts';
import type { RenderFile } from './render-schema.ts';
import { unknownKey } from './render-values.ts';

/** What the arguments of `portolan render` say. */
export type RenderCommandLine =
  | { readonly kind: 'help' | 'version' }
  | { readonly kind: 'mistakes'; readonly mistakes: readonly string[] }
  | {
      readonly kind: 'command';
      readonly configPaths: readonly string[];
      /** One for each flag, in order. */
      readonly files: readonly RenderFile[];
      readonly mode: RenderMode;
      /** Flags of consul-template that mean nothing here. */
      readonly ignored: readonly string[];
    };

export interface RenderMode {
  readonly once: boolean;
  readonly dry: boolean;
  readonly parseOnly: boolean;
}

const HELP_WORDS = new Set(['-h', '--h', '-help', '--help']);
const VERSION_WORDS = new Set(['-v', '--v', '-version', '--version']);
const SHAPES = new Map(
  Object.entries(RENDER_FLAGS).map(([name, { placeholder }]) => [name, { isSwitch: placeholder === undefined }]),
);

/** Reads arguments in Go's notation. Source: consul-template v0.42.1, `CLI.ParseFlags`. */
export function parseRenderArguments(args: readonly string[]): RenderCommandLine {
  const normalized = normalizeGoFlags(args, SHAPES);
  const configPaths: string[] = [];
  const files: RenderFile[] = [];
  const ignored: string[] = [];
  const mistakes: string[] = [];
  const mode = { once: false, dry: false, parseOnly: false };
  const setMode = (key: keyof RenderMode, name: string, text: string): void => {
    if (/^(1|t|true|0|f|false)$/i.test(text)) mode[key] = /^[1t]/i.test(text);
    else mistakes.push(`-${name}: must be true or false`);
  };
  for (const arg of normalized) {
    if (HELP_WORDS.has(arg)) return { kind: 'help' };
    if (VERSION_WORDS.has(arg)) return { kind: 'version' };
    const [, name = '', text] = /^--?([^=]+)(?:=(.*))?$/s.exec(arg) ?? [];
    const flag = Object.hasOwn(RENDER_FLAGS, name) ? RENDER_FLAGS[name] : undefined;
    if (flag === undefined) mistakes.push(unknownArgument(arg, name));
    else if (text === undefined) mistakes.push(`-${name}: needs a value`);
    else if (flag.isIgnored === true) ignored.push(`-${name}`);
    else if (name === 'config') configPaths.push(text);
    else if (name === 'once' || name === 'dry') setMode(name, name, text);
    else if (name === 'parse-only') setMode('parseOnly', name, text);
    else {
      const outcome = readRenderFlag(name, { path: flag.path ?? [], value: flag.read?.(text) ?? text });
      if (outcome.kind === 'read') files.push(outcome.value);
      else mistakes.push(...outcome.mistakes);
    }
  }
  if (mistakes.length > 0) return { kind: 'mistakes', mistakes };
  return { kind: 'command', configPaths, files, mode, ignored };
}

function unknownArgument(arg: string, name: string): string {
  if (!arg.startsWith('-') || name === '') return `unexpected argument ${JSON.stringify(arg)}`;
  const known = Object.entries(RENDER_FLAGS).flatMap(([flag, { isHidden }]) => (isHidden === true ? [] : [flag]));
  return `${arg}: portolan render ${unknownKey(name, known)}`;
}
