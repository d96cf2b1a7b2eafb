import type { ContainerSnapshot } from '../domain/container.ts';
import { isSecret, isVocabulary } from './vocabulary.ts';

/** A label or variable of a container that begins with `SERVICE_`. */
export interface Setting {
  /** Empty counts as not set, but hides what it overrides. */
  readonly value: string;
  /** As written: `SERVICE_80_NAME`. */
  readonly label: string;
  readonly source: 'label' | 'environment';
  /** In lower case, without prefix, port and protocol: `name`, `check_http`, `version`. */
  readonly key: string;
  /** The port and the protocol that the key names, if it does. */
  readonly port: string | undefined;
  readonly protocol: string | undefined;
}

/** Something in a container's settings that was not done as asked. The container's other settings are not affected. */
export interface Warning {
  /** The setting as written: `SERVICE_CHECK_INTERVAL`. Of what is no setting the flag (`--ip`) or the port (`80/tcp`). */
  readonly label: string;
  readonly value: string;
  /** The rule that it breaks, and what happens instead. */
  readonly problem: string;
}

/** All settings of a container. */
export interface ContainerSettings {
  /** Those without a port: variables, then labels. */
  readonly general: readonly Setting[];
  /** Those for one port, by the port as written. */
  readonly byPort: ReadonlyMap<string, readonly Setting[]>;
  readonly warnings: readonly Warning[];
}

/** More than any of Portolan's settings and Consul's values need. Every container of a host may write labels. */
const MAX_SETTING_BYTES = 4_096;
/** These hold whole documents. */
const DOCUMENTS = new Set(['check_body', 'checks']);
const MAX_DOCUMENT_BYTES = 65_536;
const MAX_SETTINGS = 256;
const SHOWN_CHARACTERS = 40;

/**
 * Reads the settings of a container, within limits: what is too long is left out alone, and of too many those that
 * are words of Portolan's stay, then the first by their names.
 */
export function containerSettings({ env, labels }: Pick<ContainerSnapshot, 'env' | 'labels'>): ContainerSettings {
  const written = [...settingsOf(env, 'environment'), ...settingsOf(labels, 'label')];
  const fitting = written.filter((setting) => !isTooLong(setting));
  const warnings = written.length === fitting.length ? [] : written.filter(isTooLong).map(tooLong);
  const kept = fitting.length > MAX_SETTINGS ? mostImportant(fitting, warnings) : fitting;
  const byPort = new Map<string, Setting[]>();
  for (const setting of kept) {
    if (setting.port === undefined) continue;
    const others = byPort.get(setting.port);
    if (others === undefined) byPort.set(setting.port, [setting]);
    else others.push(setting);
  }
  return { general: kept.filter(({ port }) => port === undefined), byPort, warnings };
}

function settingsOf(values: Readonly<Record<string, string>>, source: Setting['source']): Setting[] {
  const settings: Setting[] = [];
  for (const [label, value] of Object.entries(values)) {
    if (!label.startsWith('SERVICE_')) continue;
    // Go, in which Consul is written, knows no half characters: it would give back another text than it was sent.
    settings.push({ ...parseKey(label), label, value: value.toWellFormed(), source });
  }
  return settings;
}

/** `SERVICE_` is case-sensitive, the rest is not. A number as first word is a port, whether or not it is one of ours. */
function parseKey(label: string): Pick<Setting, 'key' | 'port' | 'protocol'> {
  const rest = label.slice('SERVICE_'.length).toLowerCase();
  const match = /^([+-]?\d+)_(?:(tcp|udp|sctp)_)?(.*)$/s.exec(rest);
  return { key: match === null ? rest : (match[3] ?? ''), port: match?.[1], protocol: match?.[2] };
}

function maxBytesOf(key: string): number {
  return DOCUMENTS.has(key) ? MAX_DOCUMENT_BYTES : MAX_SETTING_BYTES;
}

function isTooLong({ key, label, value }: Setting): boolean {
  return isLongerThan(value, maxBytesOf(key)) || isLongerThan(label, MAX_SETTING_BYTES);
}

function isLongerThan(text: string, bytes: number): boolean {
  // No character has more than three bytes for each unit of its length.
  if (text.length * 3 <= bytes) return false;
  return text.length > bytes || new TextEncoder().encode(text).length > bytes;
}

function tooLong(setting: Setting): Warning {
  return warningOf(setting, `has more than the ${maxBytesOf(setting.key)} bytes of a setting; it is left out`);
}

function mostImportant(settings: readonly Setting[], warnings: Warning[]): readonly Setting[] {
  const rank = ({ key }: Setting) => (isVocabulary(key) ? 0 : 1);
  const byRank = settings.toSorted((a, b) => rank(a) - rank(b) || byText(a.label, b.label));
  const [first] = byRank.slice(MAX_SETTINGS);
  warnings.push({
    label: 'SERVICE_*',
    value: `${settings.length} settings`,
    problem: `are more than the ${MAX_SETTINGS} of one container; by their names those from ${beginning(first?.label ?? '')} on are left out`,
  });
  const kept = new Set(byRank.slice(0, MAX_SETTINGS));
  return settings.filter((setting) => kept.has(setting));
}

function byText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** A warning about a setting that shows no more of it than may be shown. */
export function warningOf({ key, label, value }: Setting, problem: string): Warning {
  return { label: beginning(label), value: isSecret(key) ? '(secret)' : beginning(value), problem };
}

function beginning(text: string): string {
  return text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS).toWellFormed()}…` : text;
}
