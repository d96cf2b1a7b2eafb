import type { ContainerPort, ContainerSnapshot } from '../domain/container.ts';

/** One setting of a container for one of its ports, and where it was found. */
export interface MetadataValue {
  /** Empty counts as not set, but hides what it overrides. */
  readonly value: string;
  /** As written: `SERVICE_80_NAME`. */
  readonly label: string;
  readonly source: 'label' | 'environment';
  /** Whether the key names this port: then it beats every general key. */
  readonly isPortSpecific: boolean;
}

/** Keys in lower case, without prefix and port: `name`, `check_http`, `version`. */
export type Metadata = ReadonlyMap<string, MetadataValue>;

/** Something in a container's settings that was not done as asked. The container's other settings are not affected. */
export interface Warning {
  /** The setting as written: `SERVICE_CHECK_INTERVAL`. */
  readonly label: string;
  readonly value: string;
  /** The rule that it breaks, and what happens instead. */
  readonly problem: string;
}

interface Entry extends MetadataValue {
  readonly key: string;
  /** The port and protocol that the key names, if it does. */
  readonly port: string | undefined;
  readonly protocol: string | undefined;
}

/**
 * The settings of `container` that hold for `port`, strongest first: a key that names port and protocol, one that names
 * the port, a general one; within each, labels before environment.
 *
 * Source: registrator 6bfadbc, `bridge/util.go: serviceMetaData`.
 * Differs: keys that differ only in case have a fixed winner, and `SERVICE_53_UDP_NAME` addresses one protocol.
 */
export function metadataForPort(
  container: ContainerSnapshot,
  port: ContainerPort,
): { readonly metadata: Metadata; readonly warnings: readonly Warning[] } {
  const entries = [...entriesOf(container.env, 'environment'), ...entriesOf(container.labels, 'label')];
  const layers: readonly ((entry: Entry) => boolean)[] = [
    (entry) => entry.port === undefined,
    (entry) => entry.port === String(port.port) && entry.protocol === undefined,
    (entry) => entry.port === String(port.port) && entry.protocol === port.protocol,
  ];
  const metadata = new Map<string, Entry>();
  const warnings: Warning[] = [];
  for (const isInLayer of layers) {
    for (const entry of entries.filter(isInLayer)) {
      const rival = metadata.get(entry.key);
      if (rival !== undefined && isSameSetting(rival, entry)) {
        const [winner, loser] = byCase(rival, entry);
        metadata.set(entry.key, winner);
        warnings.push({
          label: loser.label,
          value: loser.value,
          problem: `differs from ${winner.label} only in case; ${winner.label} is used`,
        });
      } else {
        metadata.set(entry.key, entry);
      }
    }
  }
  return { metadata, warnings };
}

/** The value of a key, or `undefined` when it is missing, empty or blank. */
export function settingOf(metadata: Metadata, key: string): string | undefined {
  const value = metadata.get(key)?.value;
  return value === undefined || value.trim() === '' ? undefined : value;
}

/** Whether a switch is on. Missing and empty are off, and so are `false`, `0`, `no`, `off` in any case. */
export function isSwitchedOn(metadata: Metadata, key: string): boolean {
  const value = settingOf(metadata, key);
  return value !== undefined && !isOffWord(value);
}

/** Whether a value of a switch means off. */
export function isOffWord(value: string): boolean {
  return /^\s*(false|0|no|off)\s*$/i.test(value);
}

function entriesOf(values: Readonly<Record<string, string>>, source: MetadataValue['source']): Entry[] {
  return Object.entries(values).flatMap(([label, value]) => {
    const parsed = parseKey(label);
    return parsed === undefined ? [] : [{ ...parsed, label, value, source, isPortSpecific: parsed.port !== undefined }];
  });
}

/** `SERVICE_` is case-sensitive, the rest is not. A number as first word is a port, whether or not it is one of ours. */
function parseKey(label: string): Pick<Entry, 'key' | 'port' | 'protocol'> | undefined {
  if (!label.startsWith('SERVICE_')) return undefined;
  const rest = label.slice('SERVICE_'.length).toLowerCase();
  const match = /^([+-]?\d+)_(?:(tcp|udp|sctp)_)?(.*)$/s.exec(rest);
  return { key: match === null ? rest : (match[3] ?? ''), port: match?.[1], protocol: match?.[2] };
}

function isSameSetting(a: Entry, b: Entry): boolean {
  return a.source === b.source && a.port === b.port && a.protocol === b.protocol;
}

function byCase(a: Entry, b: Entry): readonly [winner: Entry, loser: Entry] {
  const isUpper = ({ label }: Entry) => label === label.toUpperCase();
  if (isUpper(a) !== isUpper(b)) return isUpper(a) ? [a, b] : [b, a];
  return a.label < b.label ? [a, b] : [b, a];
}
