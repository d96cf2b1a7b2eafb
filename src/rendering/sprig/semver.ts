import { GoStruct, goFunction } from '../../template/index.ts';
import { meetsConstraint } from './semver-constraint.ts';
import { versionPointer } from './semver-type.ts';
import { parseVersion } from './semver-version.ts';

/** Versions of software. Source: sprig v3.3.0, `semver.go`. */
export const semverFunctions = {
  semver: goFunction(
    'func(string) (*semver.Version, error)',
    (text: string) => new GoStruct(versionPointer, parseVersion(text)),
    { 'semver.Version': versionPointer.elem },
  ),
  semverCompare: goFunction('func(string, string) (bool, error)', meetsConstraint),
};
