type Texts = Readonly<Record<string, string>>;

/** A setting of Portolan's has at most 4 KiB. What is longer stays longer, so that it is refused with its name. */
const MAX_SETTING_LENGTH = 8_192;
/** Labels that are not Portolan's: some hold an address (`--useIpFromLabel`) or a name of Compose. */
const MAX_FOREIGN_LENGTH = 32_768;

/**
 * The labels of a container that are kept in memory: those of Portolan, and of the others as many as fit, the shortest
 * first. A label may have megabytes, and every container of the host may have thousands.
 */
export function keptLabels(labels: Texts): Texts {
  const entries = Object.entries(labels);
  const foreign = new Set(shortest(entries.filter(([name]) => !isOwn(name))));
  return Object.fromEntries(entries.filter((entry) => isOwn(entry[0]) || foreign.has(entry)).map(cut));
}

/** The variables that are meant for Portolan: the rest of an environment may be secrets. */
export function keptVariables(lines: readonly string[]): Texts {
  const pairs = lines
    .filter((line) => isOwn(line) && line.includes('='))
    .map((line): [string, string] => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]);
  return Object.fromEntries(pairs.map(cut));
}

function isOwn(name: string): boolean {
  return name.startsWith('SERVICE_');
}

function shortest(entries: readonly [string, string][]): readonly [string, string][] {
  const lengthOf = ([name, value]: [string, string]) => name.length + value.length;
  let left = MAX_FOREIGN_LENGTH;
  return entries
    .toSorted((a, b) => lengthOf(a) - lengthOf(b))
    .filter((entry) => {
      left -= lengthOf(entry);
      return left >= 0;
    });
}

function cut([name, value]: [string, string]): [string, string] {
  if (!isOwn(name) || value.length <= MAX_SETTING_LENGTH) return [name, value];
  // Through a buffer: a mere slice would keep the whole text in memory.
  return [name, Buffer.from(value.slice(0, MAX_SETTING_LENGTH)).toString()];
}
