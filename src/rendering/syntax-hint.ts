import { nearestWords } from '../lib/nearest.ts';
import type { TemplateError } from '../template/index.ts';

const MAX_SUGGESTIONS = 3;
/** They work, but nobody should begin to write them. */
const OLD_NAMES: ReadonlySet<string> = new Set(['key_exists', 'key_or_default']);
const KNOWN = 'Functions of consul-template, of Go and, with the prefix sprig_, of sprig are known.';
const BLOCKS = 'if, range, with, define and block';

/** What the reader of a parse error can do about it, where that can be told. */
export function syntaxHint(
  { reason }: Pick<TemplateError, 'reason'>,
  text: string,
  functions: Iterable<string>,
): string | undefined {
  const unknown = /^function "(.*)" not defined$/.exec(reason)?.[1];
  if (unknown !== undefined) return functionHint(unknown, functions);
  if (reason === 'unexpected EOF') return unclosedBlock(text);
  if (/^unexpected \{\{(end|else)/.test(reason)) return `There is no block here: only ${BLOCKS} have an end.`;
  if (reason.startsWith('undefined variable')) return 'A variable is known from its := to the end of its block.';
  if (reason.startsWith('unclosed action')) return 'An action begins with {{ and must end with }}.';
  if (reason.startsWith('unterminated quoted string')) return 'A text in "…" ends on its line; one in `…` may go on.';
  if (reason.startsWith('malformed character constant')) return `Texts stand in "…" or \`…\`; '…' is one character.`;
  return undefined;
}

/** Who knows a function from elsewhere leaves the beginning out: `upper` is `toUpper`, or `sprig_upper`. */
function functionHint(name: string, functions: Iterable<string>): string {
  const all = [...functions].filter((one) => !OLD_NAMES.has(one));
  const shortNames = Map.groupBy(all, (one) => one.replace(/^(sprig_|to(?=[A-Z]))/, ''));
  // One letter is in every name.
  if (name.length < 2) return KNOWN;
  const whole = nearestWords(name, all);
  const short = nearestWords(name, shortNames.keys()).flatMap((one) => shortNames.get(one) ?? []);
  const nearest = [...new Set([...(shortNames.get(name) ?? []), ...whole, ...short])].slice(0, MAX_SUGGESTIONS);
  return nearest.length === 0 ? KNOWN : `Did you mean ${nearest.join(' or ')}?`;
}

/** Which block is open at the end, by the words of its actions. */
function unclosedBlock(text: string): string {
  const open: { readonly word: string; readonly line: number }[] = [];
  for (const match of text.matchAll(/\{\{-?\s*(if|range|with|define|block|end)\b/g)) {
    const [, word = ''] = match;
    if (word === 'end') open.pop();
    else open.push({ word, line: text.slice(0, match.index).split('\n').length });
  }
  const last = open.at(-1);
  const where = last === undefined ? '' : `: {{${last.word}}} on line ${last.line}`;
  return `A block has no {{end}}${where}.`;
}
