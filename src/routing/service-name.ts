/** As long as a label of a host name may be. */
const MAX_LENGTH = 63;

/** Why a service of this name cannot be routed: its name would stand in files and commands, and be a host name. */
export function nameProblem(name: string): string | undefined {
  if (name === '') return 'its name is empty';
  if (/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u.test(name)) return 'its name has characters that are not printed';
  if (/[/\\]/.test(name)) return 'its name looks like a path';
  if (!/^[A-Za-z0-9_.-]+$/.test(name)) return 'its name has other characters than letters, digits, _, . and -';
  if (name.length > MAX_LENGTH) return `its name has ${name.length} characters, and ${MAX_LENGTH} are the most`;
  return undefined;
}
