import { RE2JS, RE2JSSyntaxException } from 're2js';
import { type GroupNumbers, withUniqueNames } from './regex-groups.ts';

/** A regular expression of Go: RE2 syntax, leftmost-first, linear time. Source: Go 1.26, `regexp`. */
export interface GoRegex {
  /** Whether it matches anywhere. */
  matches(text: string): boolean;
  /** In `replacement`, `$1`, `${1}`, `$name` and `${name}` are groups, `$$` is `$`; a `$` that is none of these is itself. */
  replaceAll(text: string, replacement: string): string;
  replaceAllLiteral(text: string, replacement: string): string;
  /** The leftmost match, empty where there is none. */
  find(text: string): string;
  /** At most `n` matches; all below 0. */
  findAll(text: string, n: number): readonly string[];
  /** At most `n` parts, the last being the rest; all below 0, none for 0. */
  split(text: string, n: number): readonly string[];
}

/** Where a match and its groups begin and end, in pairs; -1 for a group that takes no part. */
type Match = readonly number[];

/**
 * Throws an `Error` with Go's text: "error parsing regexp: missing closing ): `(`".
 * Differs: `\p{ASCII}` and the long names of categories (`\p{letter}`) are refused.
 */
export function compileRegex(pattern: string): GoRegex {
  const { engine, groups } = parsePattern(pattern);
  const matchesOf = (text: string, n: number): readonly Match[] => engine.findAllSubmatchIndex(readable(text), n) ?? [];
  const replaceBy = (text: string, replaced: (match: Match) => string): string => {
    let result = '';
    let end = 0;
    for (const match of matchesOf(text, -1)) {
      const [from = 0, to = 0] = match;
      result += text.slice(end, from) + replaced(match);
      end = to;
    }
    return result + text.slice(end);
  };
  return {
    matches: (text) => engine.match(readable(text)),
    replaceAll: (text, replacement) => replaceBy(text, (match) => expand(replacement, { text, match, groups })),
    replaceAllLiteral: (text, replacement) => replaceBy(text, () => replacement),
    find: (text) => matchesOf(text, 1).map(([from, to]) => text.slice(from, to))[0] ?? '',
    findAll: (text, n) => (n === 0 ? [] : matchesOf(text, n).map(([from, to]) => text.slice(from, to))),
    split: (text, n) => {
      if (n === 0) return [];
      return pattern !== '' && text === '' ? [''] : splitAt(text, matchesOf(text, n), n);
    },
  };
}

/** A text as a pattern that matches just that text. Source: Go's `regexp.QuoteMeta`. */
export function quoteMeta(text: string): string {
  return text.replace(/[\\.+*?()|[\]{}^$]/g, '\\$&');
}

interface Parsed {
  readonly engine: ReturnType<RE2JS['re2']>;
  readonly groups: GroupNumbers;
}

function parsePattern(pattern: string): Parsed {
  if (!pattern.isWellFormed()) {
    const start = pattern.search(/\p{Cs}/u);
    throw new Error(`error parsing regexp: invalid UTF-8: \`${pattern.slice(start)}\``);
  }
  try {
    const engine = RE2JS.compile(pattern).re2();
    const numbers = Object.entries(engine.namedGroups).map(([name, number]) => [name, [number]] as const);
    return { engine, groups: Object.fromEntries(numbers) };
  } catch (error) {
    if (!(error instanceof RE2JSSyntaxException)) throw error;
    const { message } = error;
    if (message.includes('duplicate capture group name')) {
      const unique = withUniqueNames(pattern);
      return { ...parsePattern(unique.pattern), groups: unique.groups };
    }
    // Go shows the rest of the pattern here too, which is nothing.
    const isBare = message.endsWith('trailing backslash at end of expression');
    throw new Error(isBare ? `${message}: \`\`` : message, { cause: error });
  }
}

/** Bytes that are no UTF-8 count as U+FFFD each, which takes as much room as what stands for them. */
function readable(text: string): string {
  return text.toWellFormed();
}

interface Expansion {
  readonly text: string;
  readonly match: Match;
  readonly groups: GroupNumbers;
}

/** Source: Go's `Regexp.Expand`. The longest name counts: `$1x` is the group `1x`. */
function expand(replacement: string, { text, match, groups }: Expansion): string {
  return replacement.replace(/\$(?:\$|\{([\p{L}\p{Nd}_]+)\}|([\p{L}\p{Nd}_]+))/gu, (all, inBraces, plain) => {
    if (all === '$$') return '$';
    const name: string = inBraces ?? plain;
    const numbers = /^(0|[1-9]\d{0,8})$/.test(name) ? [Number(name)] : (groups[name] ?? []);
    const group = numbers.find((number) => (match[2 * number] ?? -1) >= 0);
    return group === undefined ? '' : text.slice(match[2 * group], match[2 * group + 1]);
  });
}

/** Source: Go's `Regexp.Split`. An empty match at the start gives no part. */
function splitAt(text: string, matches: readonly Match[], n: number): readonly string[] {
  const parts: string[] = [];
  let start = 0;
  let end = 0;
  for (const [from = 0, to = 0] of matches) {
    if (n > 0 && parts.length === n - 1) break;
    end = from;
    if (to !== 0) parts.push(text.slice(start, from));
    start = to;
  }
  if (end !== text.length) parts.push(text.slice(start));
  return parts;
}
