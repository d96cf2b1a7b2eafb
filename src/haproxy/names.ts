/** Characters that HAProxy takes in names of backends and servers. Source: HAProxy, `invalid_char`. */
const LEGAL_NAME = /^[A-Za-z0-9_.:-]+$/;
const MAX_LENGTH = 120;

/** Whether a text can stand as a name in a configuration file and on the command line of HAProxy. */
export function isLegalName(text: string): boolean {
  return LEGAL_NAME.test(text) && text.length <= MAX_LENGTH;
}

/**
 * A legal server name for each item, in order, unique among them. Legal texts stay as they are; of others the illegal
 * characters become `_`, and where two would then be equal, all but the first get `-2`, `-3`, ….
 */
export function serverNames(texts: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  // Where to go on: thousands may meet in one name.
  const next = new Map<string, number>();
  return texts.map((text) => {
    const base = text.slice(0, MAX_LENGTH).replaceAll(/[^A-Za-z0-9_.:-]/g, '_') || '_';
    let name = base;
    let n = next.get(base) ?? 2;
    for (; taken.has(name); n++) name = `${base.slice(0, MAX_LENGTH - `-${n}`.length)}-${n}`;
    next.set(base, n);
    taken.add(name);
    return name;
  });
}
