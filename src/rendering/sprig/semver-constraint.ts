import { comparePrereleases, compareVersions, parseVersion, type Version } from './semver-version.ts';

/** One condition, such as `>=1.2`. */
interface Constraint {
  readonly operator: string;
  readonly version: Version;
  /** From which number on anything will do: `1.x` and `1` leave the minor open. */
  readonly open: 'all' | 'minor' | 'none' | 'patch';
}

const EXTRA = String.raw`(-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?(\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?`;
const VERSION = String.raw`v?([0-9|xX*]+)(\.[0-9|xX*]+)?(\.[0-9|xX*]+)?${EXTRA}`;
const SPACE = String.raw`[\t\n\f\r ]`;
const OPERATOR = String.raw`(=>|=<|=|!=|>=|<=|>|<|~>|~|\^|)`;
const CONSTRAINT = new RegExp(`${OPERATOR}${SPACE}*${VERSION}`, 'y');
const BETWEEN = new RegExp(`${SPACE}*,${SPACE}*|${SPACE}+`, 'y');
const RANGE = new RegExp(`${SPACE}*(${VERSION})${SPACE}+-${SPACE}+(${VERSION})${SPACE}*`, 'g');

/**
 * Whether a version meets a constraint: conditions with blanks or commas between them, `||` for other choices, `1 - 2`
 * for ranges. Throws an `Error` with the library's text. Source: Masterminds/semver v3.3.0, `constraints.go`.
 */
export function meetsConstraint(constraint: string, version: string): boolean {
  const choices = withoutRanges(constraint).split('||').map(parseConditions);
  const parsed = parseVersion(version);
  return choices.some((conditions) => conditions.every((condition) => meets(parsed, condition)));
}

function withoutRanges(constraint: string): string {
  return constraint.replace(RANGE, (...groups) => `>= ${groups[1]}, <= ${groups[7]} `);
}

function parseConditions(text: string): readonly Constraint[] {
  const found: RegExpExecArray[] = [];
  let position = text.search(/[^\t\n\f\r ]/);
  while (position >= 0 && position < text.length) {
    CONSTRAINT.lastIndex = position;
    const match = CONSTRAINT.exec(text);
    if (match === null) throw new Error(`improper constraint: ${text}`);
    found.push(match);
    position = CONSTRAINT.lastIndex;
    BETWEEN.lastIndex = position;
    const separator = BETWEEN.exec(text)?.[0];
    if (separator === undefined) break;
    position += separator.length;
    if (position === text.length && separator.includes(',')) position = -1;
  }
  if (found.length === 0 || position !== text.length) throw new Error(`improper constraint: ${text}`);
  return found.map(parseCondition);
}

function parseCondition([
  ,
  operator = '',
  major = '',
  minor = '',
  patch = '',
  prerelease = '',
]: RegExpExecArray): Constraint {
  const open = isOpen(major) ? 'all' : isOpen(minor) ? 'minor' : isOpen(patch) ? 'patch' : 'none';
  const numbers = {
    all: '0.0.0',
    minor: `${major}.0.0`,
    patch: `${major}${minor}.0`,
    none: `${major}${minor}${patch}`,
  };
  try {
    return { operator, version: parseVersion(numbers[open] + prerelease), open };
  } catch (error) {
    throw new Error('constraint Parser Error', { cause: error });
  }
}

function isOpen(segment: string): boolean {
  return segment === '' || /^\.?[xX*]$/.test(segment);
}

/** Prereleases are for those who ask for one. */
function meets(version: Version, constraint: Constraint): boolean {
  const { operator, version: bound, open } = constraint;
  const isHidden = version.prerelease !== '' && bound.prerelease === '';
  if (operator === '!=') return !(isHidden && open !== 'none') && differs(version, constraint);
  if (isHidden) return false;
  const order = compareVersions(version, bound);
  switch (operator) {
    case '>':
      return isAbove(version, constraint);
    case '<':
      return order < 0;
    case '>=':
    case '=>':
      return order >= 0;
    case '<=':
    case '=<':
      return isAtMost(version, constraint);
    case '^':
      return order >= 0 && isCompatible(version, constraint);
    case '~':
    case '~>':
      return order >= 0 && isNear(version, constraint);
    default:
      return open === 'none' ? order === 0 : order >= 0 && isNear(version, constraint);
  }
}

function differs(version: Version, { version: bound, open }: Constraint): boolean {
  if (open === 'none') return compareVersions(version, bound) !== 0;
  if (version.major !== bound.major) return true;
  if (version.minor !== bound.minor && open !== 'minor') return true;
  if (open === 'minor') return false;
  if (version.patch !== bound.patch && open !== 'patch') return true;
  if (open === 'patch') return comparePrereleases(version.prerelease, bound.prerelease) !== 0;
  return compareVersions(version, bound) !== 0;
}

/** Above `1` is 2, above `1.2` is 1.3. */
function isAbove(version: Version, { version: bound, open }: Constraint): boolean {
  if (open === 'none' || open === 'all') return compareVersions(version, bound) > 0;
  if (version.major !== bound.major) return version.major > bound.major;
  return open === 'patch' && version.minor > bound.minor;
}

/** 1.9 is at most `1`. */
function isAtMost(version: Version, { version: bound, open }: Constraint): boolean {
  if (open === 'none') return compareVersions(version, bound) <= 0;
  if (version.major > bound.major) return false;
  return !(version.major === bound.major && version.minor > bound.minor && open !== 'minor');
}

/** The major must be the same, and the minor where it was given. */
function isNear(version: Version, { version: bound, open }: Constraint): boolean {
  const isZero = bound.major === 0n && bound.minor === 0n && bound.patch === 0n;
  if (isZero && (open === 'none' || open === 'all')) return true;
  return version.major === bound.major && (version.minor === bound.minor || open === 'minor');
}

/** The first number that is not 0 must be the same. */
function isCompatible(version: Version, { version: bound, open }: Constraint): boolean {
  if (bound.major > 0n || open === 'minor') return version.major === bound.major;
  if (version.major > 0n) return false;
  if (bound.minor > 0n || open === 'patch') return version.minor === bound.minor;
  return version.minor === 0n && version.patch === bound.patch;
}
