/** Which variables a command sees. */
export interface EnvironmentRule {
  /** None of ours. */
  readonly pristine: boolean;
  /** `NAME=value`, added at the end. */
  readonly custom: readonly string[];
  /** Globs of names, in which `*` stands for anything; empty: all. */
  readonly allowlist: readonly string[];
  readonly denylist: readonly string[];
}

/** `added` is there whatever the rule says. Source: consul-template v0.42.1, `EnvConfig.Env` and `childEnv`. */
export function commandEnvironment(
  { pristine, custom, allowlist, denylist }: EnvironmentRule,
  ours: Readonly<Record<string, string | undefined>>,
  added: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const isAllowed = (name: string): boolean =>
    (allowlist.length === 0 || allowlist.some((glob) => isMatch(glob, name))) &&
    !denylist.some((glob) => isMatch(glob, name));
  const kept = pristine ? [] : Object.entries(ours).filter(([name]) => isAllowed(name));
  const given = kept.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
  return Object.fromEntries([...given, ...Object.entries(added), ...custom.map(splitPair)]);
}

function splitPair(text: string): readonly [string, string] {
  const [name = '', ...value] = text.split('=');
  return [name, value.join('=')];
}

function isMatch(glob: string, name: string): boolean {
  const [first = '', ...rest] = glob.split('*');
  if (rest.length === 0) return glob === name;
  const last = rest.pop() ?? '';
  if (!name.startsWith(first) || !name.endsWith(last) || name.length < first.length + last.length) return false;
  let at = first.length;
  for (const part of rest) {
    const found = name.indexOf(part, at);
    if (found === -1 || found + part.length > name.length - last.length) return false;
    at = found + part.length;
  }
  return true;
}
