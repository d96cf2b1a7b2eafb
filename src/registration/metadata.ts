import type { ContainerPort, ContainerSnapshot } from '../domain/container.ts';
import type { SettingKey } from './setting-specs.ts';
import { type ContainerSettings, containerSettings, type Setting, type Warning, warningOf } from './settings.ts';

export type { Warning } from './settings.ts';

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

/**
 * Keys in lower case, without prefix and port: `name`, `check_http`, `version`. Only settings of the table can be asked
 * for, so that none is read which the reference does not name.
 */
export interface Metadata extends Iterable<readonly [key: string, value: MetadataValue]> {
  get(key: SettingKey): MetadataValue | undefined;
}

/**
 * The settings of `container` that hold for `port`, strongest first: a key that names port and protocol, one that names
 * the port, a general one; within each, labels before environment.
 *
 * @param settings those of the container, so that they need not be read for each port anew.
 *
 * Source: registrator 6bfadbc, `bridge/util.go: serviceMetaData`.
 * Differs: keys that differ only in case have a fixed winner, and `SERVICE_53_UDP_NAME` addresses one protocol.
 */
export function metadataForPort(
  container: ContainerSnapshot,
  port: Pick<ContainerPort, 'port' | 'protocol'>,
  settings: ContainerSettings = containerSettings(container),
): { readonly metadata: Metadata; readonly warnings: readonly Warning[] } {
  const ofPort = settings.byPort.get(String(port.port)) ?? [];
  const winners = new Map<string, Setting>();
  const warnings: Warning[] = [...settings.warnings];
  addLayer(settings.general, winners, warnings);
  for (const protocol of [undefined, port.protocol]) {
    const layer = ofPort.filter((setting) => setting.protocol === protocol);
    addLayer(layer, winners, warnings);
  }
  const metadata = new Map<string, MetadataValue>();
  for (const [key, { value, label, source, port: named }] of winners) {
    metadata.set(key, { value, label, source, isPortSpecific: named !== undefined });
  }
  return { metadata, warnings };
}

/** The value of a key, or `undefined` when it is missing, empty or blank. */
export function settingOf(metadata: Metadata, key: SettingKey): string | undefined {
  const value = metadata.get(key)?.value;
  return value === undefined || value.trim() === '' ? undefined : value;
}

/** Whether a switch is on. Missing and empty are off, and so are `false`, `0`, `no`, `off` in any case. */
export function isSwitchedOn(metadata: Metadata, key: SettingKey): boolean {
  const value = settingOf(metadata, key);
  return value !== undefined && !isOffWord(value);
}

/** Whether a value of a switch means off. */
export function isOffWord(value: string): boolean {
  return /^\s*(false|0|no|off)\s*$/i.test(value);
}

/** Lets settings of one strength win over the weaker ones before them. */
function addLayer(layer: readonly Setting[], winners: Map<string, Setting>, warnings: Warning[]): void {
  for (const setting of layer) {
    const rival = winners.get(setting.key);
    if (rival === undefined || !isSameSetting(rival, setting)) {
      winners.set(setting.key, setting);
      continue;
    }
    const [winner, loser] = byCase(rival, setting);
    winners.set(setting.key, winner);
    warnings.push(warningOf(loser, `differs from ${winner.label} only in case; ${winner.label} is used`));
  }
}

function isSameSetting(a: Setting, b: Setting): boolean {
  return a.source === b.source && a.port === b.port && a.protocol === b.protocol;
}

function byCase(a: Setting, b: Setting): readonly [winner: Setting, loser: Setting] {
  const isUpper = ({ label }: Setting) => label === label.toUpperCase();
  if (isUpper(a) !== isUpper(b)) return isUpper(a) ? [a, b] : [b, a];
  return a.label < b.label ? [a, b] : [b, a];
}
