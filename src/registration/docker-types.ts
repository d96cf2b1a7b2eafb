import { parseTimestampMs } from '../lib/timestamps.ts';
import { type GoType, goMethod, goType, namedType, structType, type TypeNames } from '../template/index.ts';

/** Part of Docker's answer: whatever it is, nobody has checked it. */
export type Json = Readonly<Record<string, unknown>>;

/** A field: its type, and its name in Docker's answer where that is another. */
type FieldSpec = string | readonly [type: string, jsonName: string];

/**
 * A struct whose values are objects of Docker's answer. What they lack, or have with another type, is the zero value.
 */
export function recordType(name: string, fields: Readonly<Record<string, FieldSpec>>, names: TypeNames = {}): GoType {
  const entries = Object.entries(fields).map(([field, spec]) => {
    const [text, jsonName] = typeof spec === 'string' ? [spec, field] : spec;
    const type = goType(text, { ...DOCKER_TYPES, ...names });
    return [field, { type, get: (it: Json) => decoded(type, it[jsonName]) }] as const;
  });
  return structType<Json>(name, Object.fromEntries(entries));
}

/** Go's zero time. */
const ZERO_TIME = '0001-01-01T00:00:00Z';
const ZERO_TIME_UNIX = -62_135_596_800n;

const PORT = namedType('docker.Port', goType('string'), {
  Port: goMethod('func() string', (port: string) => port.split('/', 1)[0]),
  Proto: goMethod('func() string', (port: string) => port.split('/')[1] ?? 'tcp'),
});

/** Its values are Docker's texts: `2026-01-02T03:04:05.123456789Z`. */
const TIME = structType<string>(
  'time.Time',
  {},
  {
    IsZero: goMethod('func() bool', (text: string) => text === ''),
    Unix: goMethod('func() int64', (text: string) =>
      text === '' ? ZERO_TIME_UNIX : BigInt(Math.floor(parseTimestampMs(text) / 1_000)),
    ),
    String: goMethod('func() string', timeText),
  },
);

const DOCKER_TYPES: TypeNames = {
  'docker.Port': PORT,
  'time.Time': TIME,
  'time.Duration': namedType('time.Duration', goType('int64')),
  Empty: structType('struct {}', {}),
};

/** The raw value of a type in what Docker answered. Source: Go's `encoding/json`. */
function decoded(type: GoType, json: unknown): unknown {
  if (type.name === 'time.Time') return typeof json === 'string' && !json.startsWith('0001-') ? json : '';
  switch (type.kind) {
    case 'string':
      return typeof json === 'string' ? json : '';
    case 'bool':
      return json === true;
    case 'slice':
      return Array.isArray(json) ? json.map((item) => decoded(type.elem, item)) : undefined;
    case 'map':
      if (!isObject(json)) return undefined;
      return new Map(Object.entries(json).map(([key, value]) => [key, decoded(type.elem, value)]));
    case 'ptr':
      return isObject(json) ? json : undefined;
    case 'struct':
      return isObject(json) ? json : {};
    default:
      return typeof json === 'number' && Number.isSafeInteger(json) ? json : 0;
  }
}

function isObject(json: unknown): json is Json {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

/** As Go prints a time of UTC, which Docker's are. */
function timeText(text: string): string {
  const [, day, time, fraction = ''] = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(\.\d+)?/.exec(text || ZERO_TIME) ?? [];
  const digits = fraction.replace(/\.?0+$/, '');
  return `${day} ${time}${digits} +0000 UTC`;
}
