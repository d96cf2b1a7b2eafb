import {
  type CheckField,
  type CheckFields,
  CONCEALED,
  FIELD_NAMES,
  type RawField,
  shownValue,
  type Warn,
} from './check-fields.ts';
import { given } from './check-values.ts';

const MAX_ENTRIES = 16;
/** Twice as many as there are settings; each may cost a warning. */
const MAX_KEYS = 64;

/** Consul's checks name the container that a command runs in; ours run in their own. */
type ConsulField = CheckField | 'containerId';

/** Fields as Consul's API spells them, where that is not the label's name without `_`. */
const CONSUL_NAMES: readonly (readonly [name: string, field: ConsulField])[] = [
  ['checkid', 'id'],
  ['status', 'initialStatus'],
  ['args', 'script'],
  ['scriptargs', 'script'],
  ['dockercontainerid', 'containerId'],
];
const FIELD_OF: ReadonlyMap<string, ConsulField> = new Map([
  ...Object.entries(FIELD_NAMES).flatMap(([field, names]) =>
    names.map((name) => [name.replaceAll('_', ''), field as CheckField] as const),
  ),
  ...CONSUL_NAMES,
]);
/** Kinds of check that Consul has and Portolan has not. */
const UNSUPPORTED = new Set(['aliasnode', 'aliasservice', 'h2ping', 'osservice', 'udp']);
/** Fields that may be an object or a list. */
const STRUCTURED: ReadonlySet<string> = new Set<CheckField>(['docker', 'header', 'script']);

/** One entry of `SERVICE_CHECKS`. */
export interface CheckEntry {
  /** Counted from 0: `SERVICE_CHECKS[0]`. */
  readonly label: string;
  readonly fields: CheckFields;
}

/**
 * The entries of a JSON array of Consul check definitions, with keys in CamelCase or snake_case. What cannot be read
 * costs itself: a value, an entry, or, where it is no JSON, the label.
 */
export function jsonEntries(raw: RawField, warn: Warn): readonly CheckEntry[] {
  const list = parsedList(raw, warn);
  if (list.length > MAX_ENTRIES) {
    const written = `${list.length} entries`;
    warn({ ...raw, written }, `is more than ${MAX_ENTRIES} checks; those from [${MAX_ENTRIES}] on are left out`);
  }
  return list.slice(0, MAX_ENTRIES).flatMap((entry, i) => {
    const label = `${raw.label}[${i}]`;
    if (typeof entry === 'object' && entry !== null && !Array.isArray(entry)) {
      return [{ label, fields: entryFields(entry, label, warn) }];
    }
    warn({ label, written: CONCEALED }, 'is no check: a JSON object; it is left out');
    return [];
  });
}

function parsedList({ text, label }: RawField, warn: Warn): readonly unknown[] {
  let where = '';
  try {
    const list: unknown = JSON.parse(text);
    if (Array.isArray(list)) return list;
  } catch (error) {
    // Only the place: the rest of the message quotes the text, which may hold secrets.
    where = / at position \d+/.exec(error instanceof Error ? error.message : '')?.[0] ?? '';
  }
  warn({ label, written: CONCEALED }, `is no JSON array of checks${where && ` (wrong${where})`}; it is left out`);
  return [];
}

function entryFields(entry: object, label: string, warn: Warn): CheckFields {
  const fields = new Map<ConsulField, RawField>();
  const unknown: string[] = [];
  const pairs = Object.entries(entry);
  if (pairs.length > MAX_KEYS) {
    warn({ label, written: `${pairs.length} settings` }, `is more than ${MAX_KEYS}; the rest is left out`);
  }
  for (const [key, value] of pairs.slice(0, MAX_KEYS)) {
    const name = key.toLowerCase().replaceAll('_', '');
    const field = FIELD_OF.get(name);
    const place = { label: `${label}.${shownValue(key)}`, written: CONCEALED };
    if (value === null || (typeof value === 'string' && value.trim() === '')) continue;
    if (UNSUPPORTED.has(name)) warn(place, 'is a kind of check that Portolan does not have; it is left out');
    else if (field === undefined) unknown.push(key);
    else if (fields.has(field)) warn(place, `says what ${fields.get(field)?.label} says already; it is left out`);
    else if (typeof value !== 'object') {
      const written = String(value);
      fields.set(field, { ...place, written, text: written.trim() });
    } else if (STRUCTURED.has(field)) fields.set(field, { ...place, text: '', json: value });
    else warn(place, 'is no text, number or switch; it is left out');
  }
  if (unknown.length > 0) {
    warn({ label, written: unknown.join(', ') }, 'has settings that no check of Portolan has; they are left out');
  }
  return asLabels(fields);
}

/** Consul says with a scheme in the URL, and with the ID of a container, what labels say with a name of their own. */
function asLabels(consul: ReadonlyMap<ConsulField, RawField>): CheckFields {
  const { containerId, http, script, ...rest } = Object.fromEntries(consul) as Partial<Record<ConsulField, RawField>>;
  const isTls = rest.https === undefined && /^https:/i.test(http?.text ?? '');
  const isInside = rest.docker === undefined && containerId !== undefined;
  const fields = given({
    ...rest,
    ...(isTls ? { https: http } : { http }),
    ...(isInside ? { docker: script } : { script }),
  });
  return new Map(Object.entries(fields) as [CheckField, RawField][]);
}
