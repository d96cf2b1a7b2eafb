import { bytesOf, goMethod, goType, pointerTo, structType } from '../../template/index.ts';
import { checkMetadata, checkPrerelease, compareVersions, textOfVersion, type Version } from './semver-version.ts';

const uint64 = goType('uint64');
const string = goType('string');

const plainType = structType<Version>(
  'semver.Version',
  {
    major: { type: uint64 },
    minor: { type: uint64 },
    patch: { type: uint64 },
    pre: { type: string, get: ({ prerelease }) => prerelease },
    metadata: { type: string },
    original: { type: string },
  },
  {
    Major: goMethod('func() uint64', ({ major }: Version) => major),
    MarshalJSON: goMethod('func() ([]uint8, error)', (version: Version) => bytesOf(`"${textOfVersion(version)}"`)),
    MarshalText: goMethod('func() ([]uint8, error)', (version: Version) => bytesOf(textOfVersion(version))),
    Metadata: goMethod('func() string', ({ metadata }: Version) => metadata),
    Minor: goMethod('func() uint64', ({ minor }: Version) => minor),
    Patch: goMethod('func() uint64', ({ patch }: Version) => patch),
    Prerelease: goMethod('func() string', ({ prerelease }: Version) => prerelease),
    String: goMethod('func() string', textOfVersion),
  },
);

const methods = new Map(plainType.methods);
const names = { 'semver.Version': { ...plainType, methods } };

// These give a version again, so its type must be there before them.
for (const [name, method] of Object.entries({
  IncMajor: goMethod(
    'func() semver.Version',
    (v: Version) => next(v, { major: v.major + 1n, minor: 0n, patch: 0n }),
    names,
  ),
  IncMinor: goMethod('func() semver.Version', (v: Version) => next(v, { minor: v.minor + 1n, patch: 0n }), names),
  IncPatch: goMethod(
    'func() semver.Version',
    (v: Version) => next(v, v.prerelease === '' ? { patch: v.patch + 1n } : {}),
    names,
  ),
  SetMetadata: goMethod(
    'func(string) (semver.Version, error)',
    (v: Version, metadata: string) => {
      checkMetadata(metadata);
      return next(v, { prerelease: v.prerelease, metadata });
    },
    names,
  ),
  SetPrerelease: goMethod(
    'func(string) (semver.Version, error)',
    (v: Version, prerelease: string) => {
      checkPrerelease(prerelease);
      return next(v, { prerelease, metadata: v.metadata });
    },
    names,
  ),
})) {
  methods.set(name, method);
}

/** `*semver.Version`, as templates see it: only the pointer can be compared. Source: Masterminds/semver v3.3.0. */
export const versionPointer = {
  ...pointerTo(names['semver.Version']),
  methods: new Map([
    ...methods,
    ...Object.entries({
      Compare: goMethod('func(*semver.Version) int', compareVersions, names),
      Equal: comparing((order) => order === 0),
      GreaterThan: comparing((order) => order > 0),
      GreaterThanEqual: comparing((order) => order >= 0),
      LessThan: comparing((order) => order < 0),
      LessThanEqual: comparing((order) => order <= 0),
      Original: goMethod('func() string', ({ original }: Version) => original),
    }),
  ]),
};

function comparing(isMet: (order: number) => boolean) {
  return goMethod('func(*semver.Version) bool', (a: Version, b: Version) => isMet(compareVersions(a, b)), names);
}

/** A version with changes; prerelease and metadata go unless they are among them. */
function next(version: Version, changes: Partial<Version>): Version {
  const changed = { ...version, prerelease: '', metadata: '', ...changes };
  return { ...changed, original: `${version.original.startsWith('v') ? 'v' : ''}${textOfVersion(changed)}` };
}
