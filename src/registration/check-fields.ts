import { type Metadata, settingOf, type Warning } from './metadata.ts';
import { isSettingKey, type SettingKey } from './setting-specs.ts';

type NameOf<Key> = Key extends `check_${infer Name}` ? Name : never;

/**
 * What can be said of one check, and its names: of a label after `SERVICE_CHECK_`, the usual one first. An entry of
 * `SERVICE_CHECKS` knows the same names, in any case and with or without `_`.
 */
export const FIELD_NAMES = {
  http: ['http'],
  https: ['https'],
  cmd: ['cmd'],
  script: ['script'],
  docker: ['docker'],
  ttl: ['ttl'],
  tcp: ['tcp'],
  grpc: ['grpc'],
  httpMethod: ['http_method'],
  httpsMethod: ['https_method'],
  method: ['method'],
  header: ['header'],
  body: ['body'],
  tlsSkipVerify: ['tls_skip_verify'],
  grpcUseTls: ['grpc_use_tls'],
  dockerShell: ['docker_shell', 'shell'],
  interval: ['interval'],
  timeout: ['timeout'],
  successBeforePassing: ['success_before_passing'],
  failuresBeforeCritical: ['failures_before_critical'],
  initialStatus: ['initial_status'],
  deregisterAfter: ['deregister_after', 'deregister_critical_service_after'],
  id: ['id'],
  name: ['name'],
  notes: ['notes'],
} as const satisfies Readonly<Record<string, readonly NameOf<SettingKey>[]>>;

export type CheckField = keyof typeof FIELD_NAMES;

/** One setting of a check as its author wrote it. */
export interface RawField {
  /** Without the blanks around it; empty for a JSON object or list. */
  readonly text: string;
  /** With them: for warnings, and where blanks count. */
  readonly written: string;
  /** Where it stands: `SERVICE_80_CHECK_INTERVAL`, `SERVICE_CHECKS[0].Interval`. */
  readonly label: string;
  /** The object or list that an entry of `SERVICE_CHECKS` gives instead of a text. */
  readonly json?: object;
}

/** What is said of one check, be it by labels or in JSON. Blank values are none. */
export type CheckFields = ReadonlyMap<CheckField, RawField>;

/** Where a rule that is broken is told: which one, and what happens instead. */
export type Warn = (field: Pick<RawField, 'label' | 'written'>, problem: string) => void;

/** Stands for a value that may hold a secret: headers and bodies carry passwords. */
export const CONCEALED = '(not shown)';

const MAX_SHOWN = 200;

/** The check that labels ask for. Of two names of one thing the one that names the port counts, else the usual one. */
export function labelFields(metadata: Metadata): CheckFields {
  const fields = new Map<CheckField, RawField>();
  for (const [field, names] of Object.entries(FIELD_NAMES)) {
    const keys = names.map((name) => `check_${name}` as const).filter((key) => settingOf(metadata, key) !== undefined);
    const key = keys.find((each) => metadata.get(each)?.isPortSpecific === true) ?? keys[0];
    const raw = key === undefined ? undefined : labelField(metadata, key);
    if (raw !== undefined) fields.set(field as CheckField, raw);
  }
  return fields;
}

/** One setting, unless it is missing or blank. */
export function labelField(metadata: Metadata, key: SettingKey): RawField | undefined {
  const written = settingOf(metadata, key);
  return written === undefined ? undefined : { text: written.trim(), written, label: metadata.get(key)?.label ?? key };
}

/** Keys that look like settings of a check and are none: they never become Meta, so nobody would miss them. */
export function unknownCheckLabels(metadata: Metadata): readonly Warning[] {
  return [...metadata]
    .filter(([key]) => key.startsWith('check_') && !isSettingKey(key))
    .map(([, { label }]) => ({ label, value: CONCEALED, problem: 'is no setting of a check; it is left out' }));
}

/** A value as a warning shows it. */
export function shownValue(written: string): string {
  return written.length <= MAX_SHOWN ? written : `${written.slice(0, MAX_SHOWN).toWellFormed()}…`;
}
