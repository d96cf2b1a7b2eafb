/** What a flag is called and whether it stands alone. */
export interface FlagShape {
  readonly isSwitch: boolean;
}

/**
 * Rewrites arguments in Go's notation to `--flag=value`: one dash or two, the value after `=` or after a blank,
 * switches alone or with `=true`. What is not in `flags` stays as it is, and everything after `--`.
 *
 * Source: Go's `flag` package. Differs: options may also follow the other arguments.
 */
export function normalizeGoFlags(args: readonly string[], flags: ReadonlyMap<string, FlagShape>): readonly string[] {
  const end = args.includes('--') ? args.indexOf('--') : args.length;
  const normalized: string[] = [];
  for (let i = 0; i < end; i++) {
    const arg = args[i] ?? '';
    const match = /^--?([A-Za-z][\w-]*)(?:=(.*))?$/s.exec(arg);
    const name = match?.[1] ?? '';
    const flag = flags.get(name);
    if (match === null || flag === undefined) {
      normalized.push(arg);
    } else if (match[2] !== undefined) {
      normalized.push(`--${name}=${match[2]}`);
    } else if (flag.isSwitch) {
      normalized.push(`--${name}=true`);
    } else if (i + 1 < end) {
      i += 1;
      normalized.push(`--${name}=${args[i]}`);
    } else {
      normalized.push(`--${name}`);
    }
  }
  return [...normalized, ...args.slice(end)];
}
