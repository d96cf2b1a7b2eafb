/** The numbers of the groups of a name. Go lets several groups have one, of which the first that takes part counts. */
export type GroupNumbers = Readonly<Record<string, readonly number[]>>;

/** What a pattern is made of, as far as it matters for its groups. */
const PARTS =
  /\\Q[\s\S]*?(?:\\E|$)|\\[\s\S]|\[\^?\]?(?:\\[\s\S]|\[:\^?\w+:\]|[^\]\\])*\]|\((?:\?P?<(?<name>\w+)>|(?!\?))/g;

/** A pattern with the same groups, of which only the first of each name keeps it. */
export function withUniqueNames(pattern: string): { readonly pattern: string; readonly groups: GroupNumbers } {
  const groups: Record<string, number[]> = {};
  let count = 0;
  const unique = pattern.replace(PARTS, (part, ...rest) => {
    if (!part.startsWith('(')) return part;
    count++;
    const { name } = rest.at(-1) as { readonly name?: string };
    if (name === undefined) return part;
    const numbers = groups[name];
    groups[name] = [...(numbers ?? []), count];
    return numbers === undefined ? part : '(';
  });
  return { pattern: unique, groups };
}
