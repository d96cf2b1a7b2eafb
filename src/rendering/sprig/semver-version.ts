/** A version: `1.2.3-beta.1+build`. */
export interface Version {
  readonly major: bigint;
  readonly minor: bigint;
  readonly patch: bigint;
  readonly prerelease: string;
  readonly metadata: string;
  readonly original: string;
}

const VERSION =
  /^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?$/;
const MAX_UINT64 = 2n ** 64n - 1n;

/**
 * A version from a text; what is missing of its three numbers is 0. Throws an `Error` with the library's text.
 * Source: Masterminds/semver v3.3.0, `NewVersion`.
 */
export function parseVersion(text: string): Version {
  const [, major, minor = '0', patch = '0', prerelease = '', metadata = ''] = VERSION.exec(text) ?? [];
  if (major === undefined) throw new Error('Invalid Semantic Version');
  const [first, second, third] = [segment(major), segment(minor), segment(patch)];
  checkPrerelease(prerelease);
  return { major: first, minor: second, patch: third, prerelease, metadata, original: text };
}

/** Throws an `Error` with the library's text. */
export function checkPrerelease(text: string): void {
  for (const part of text.split('.')) {
    if (/^0\d+$/.test(part)) throw new Error('Version segment starts with 0');
    if (/[^0-9A-Za-z-]/.test(part)) throw new Error('Invalid Prerelease string');
  }
}

/** Throws an `Error` with the library's text. */
export function checkMetadata(text: string): void {
  if (/[^.0-9A-Za-z-]/.test(text)) throw new Error('Invalid Metadata string');
}

/** Below 0, 0, above 0. A prerelease comes before its release; metadata does not count. */
export function compareVersions(a: Version, b: Version): number {
  const difference = a.major - b.major || a.minor - b.minor || a.patch - b.patch;
  if (difference !== 0n) return difference < 0n ? -1 : 1;
  if (a.prerelease === '' || b.prerelease === '') return Number(a.prerelease === '') - Number(b.prerelease === '');
  return comparePrereleases(a.prerelease, b.prerelease);
}

/** Numbers come before words, fewer parts before more. */
export function comparePrereleases(a: string, b: string): number {
  const [parts, others] = [a.split('.'), b.split('.')];
  for (let i = 0; i < Math.max(parts.length, others.length); i++) {
    const [part = '', other = ''] = [parts[i], others[i]];
    if (part !== other) return comparePart(part, other);
  }
  return 0;
}

export function textOfVersion({ major, minor, patch, prerelease, metadata }: Version): string {
  return `${major}.${minor}.${patch}${prerelease && `-${prerelease}`}${metadata && `+${metadata}`}`;
}

function comparePart(part: string, other: string): number {
  if (part === '' || other === '') return part === '' ? -1 : 1;
  const [number, otherNumber] = [numberOf(part), numberOf(other)];
  if (number === undefined && otherNumber === undefined) return part > other ? 1 : -1;
  if (number === undefined || otherNumber === undefined) return number === undefined ? 1 : -1;
  return number > otherNumber ? 1 : -1;
}

function numberOf(part: string): bigint | undefined {
  const number = /^\d+$/.test(part) ? BigInt(part) : undefined;
  return number !== undefined && number <= MAX_UINT64 ? number : undefined;
}

function segment(text: string): bigint {
  const number = numberOf(text);
  if (number !== undefined) return number;
  throw new Error(`Error parsing version segment: strconv.ParseUint: parsing "${text}": value out of range`);
}
