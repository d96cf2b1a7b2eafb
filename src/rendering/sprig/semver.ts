import { goFunction } from '../../template/index.ts';
import { meetsConstraint } from './semver-constraint.ts';
import { parseVersion, versionType } from './semver-version.ts';

/** Versions of software. Source: sprig v3.3.0, `semver.go`. */
export const semverFunctions = {
  semver: goFunction('func(string) (*semver.Version, error)', parseVersion, { 'semver.Version': versionType }),
  semverCompare: goFunction('func(string, string) (bool, error)', meetsConstraint),
};
