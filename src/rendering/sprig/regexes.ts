import { canBackquote, goFunction, quote } from '../../template/index.ts';
import { compileRegex, type GoRegex, quoteMeta } from '../regex.ts';

/** Regular expressions; `must...` tells of a bad one more briefly. Source: sprig v3.3.0, `regex.go`. */
export const regexFunctions = {
  ...twins('regexFind', 'func(string, string) string', (regex, text: string) => regex.find(text)),
  ...twins('regexFindAll', 'func(string, string, int) []string', (regex, text: string, count: number) =>
    orNil(regex.findAll(text, count)),
  ),
  ...twins('regexReplaceAll', 'func(string, string, string) string', (regex, text: string, by: string) =>
    regex.replaceAll(text, by),
  ),
  ...twins('regexReplaceAllLiteral', 'func(string, string, string) string', (regex, text: string, by: string) =>
    regex.replaceAllLiteral(text, by),
  ),
  ...twins('regexSplit', 'func(string, string, int) []string', (regex, text: string, count: number) =>
    count === 0 ? undefined : regex.split(text, count),
  ),
  mustRegexMatch: goFunction('func(string, string) (bool, error)', (pattern: string, text: string) =>
    compileRegex(pattern).matches(text),
  ),
  regexMatch: goFunction('func(string, string) bool', matchesIfGood),
  regexQuoteMeta: goFunction('func(string) string', quoteMeta),
};

type Use = (regex: GoRegex, ...args: never[]) => unknown;

/** `regexFind` and `mustRegexFind`. */
function twins(name: string, signature: string, use: Use) {
  const strict = `must${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  return {
    [name]: goFunction(signature, (pattern: string, ...args: never[]) => use(compiledOrPanic(pattern), ...args)),
    [strict]: goFunction(signature.replace(/\) (\S+)$/, ') ($1, error)'), (pattern: string, ...args: never[]) =>
      use(compileRegex(pattern), ...args),
    ),
  };
}

/** Source: Go's `regexp.MustCompile`. */
function compiledOrPanic(pattern: string): GoRegex {
  try {
    return compileRegex(pattern);
  } catch (error) {
    const shown = canBackquote(pattern) ? `\`${pattern}\`` : quote(pattern);
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`regexp: Compile(${shown}): ${reason}`, { cause: error });
  }
}

/** A bad pattern matches nothing. */
function matchesIfGood(pattern: string, text: string): boolean {
  try {
    return compileRegex(pattern).matches(text);
  } catch {
    return false;
  }
}

/** No match at all is a nil list. */
function orNil(found: readonly string[]): readonly string[] | undefined {
  return found.length === 0 ? undefined : found;
}
