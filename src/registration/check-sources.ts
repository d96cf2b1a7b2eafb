import type { CheckDefinition, ContainerCheckMode } from '../domain/service.ts';
import { checkDefinitions, containerCheckMode } from './check-definitions.ts';
import type { CheckTarget } from './check-target.ts';
import { type Metadata, type MetadataValue, settingOf } from './metadata.ts';
import { isSettingKey } from './setting-specs.ts';
import { type FieldSource, sourceOf } from './sourced.ts';

/** The field that says what a check of a kind tests. */
const TESTED = {
  http: 'url',
  tcp: 'target',
  ttl: 'ttl',
  grpc: 'target',
  script: 'args',
  docker: 'args',
} as const satisfies Record<CheckDefinition['kind'], string>;

/** What of a check comes from a setting. */
interface Origin {
  readonly fields: Map<string, MetadataValue>;
  /** The setting without which the check would not be there. */
  cause: { readonly key: string; readonly setting: MetadataValue } | undefined;
}

/**
 * Where the fields of the checks come from. Found by leaving out one setting after the other and seeing what becomes
 * of the checks, so that whatever reads the settings is asked, and nothing has to be kept true to it by hand.
 */
export function checkSources(metadata: Metadata, target: CheckTarget): readonly FieldSource[] {
  const { checks } = checkDefinitions(metadata, target);
  const traced = checks.map((check) => ({ check, origin: { fields: new Map(), cause: undefined } as Origin }));
  for (const [key, setting] of checkSettings(metadata)) {
    const others = checkDefinitions(without(metadata, key), target).checks;
    const isSameList = others.length === checks.length && checks.every((check, i) => check.kind === others[i]?.kind);
    for (const [i, { check, origin }] of traced.entries()) {
      const other = others[i];
      if (isSameList && other !== undefined) {
        for (const field of changedFields(check, other)) origin.fields.set(field, setting);
      } else if (!others.some((one) => isEqual(one, check))) {
        origin.cause ??= { key, setting };
      }
    }
  }
  return traced.flatMap(({ check, origin }, i) =>
    fieldSources(checks.length === 1 ? 'check' : `check[${i}]`, check, origin),
  );
}

/** Where the settings of the container check come from. */
export function containerCheckSources(metadata: Metadata): readonly FieldSource[] {
  const { mode } = containerCheckMode(metadata);
  const decisive = (isChange: (other: ContainerCheckMode) => boolean, value: string): string => {
    const found = checkSettings(metadata).find(([key]) => isChange(containerCheckMode(without(metadata, key)).mode));
    return found === undefined ? `default: ${value}` : sourceOf(found[1]);
  };
  const from = decisive((other) => other.kind !== mode.kind, mode.kind);
  const isOn = { field: 'containerCheck', value: mode.kind, from };
  if (mode.kind === 'off') return [isOn];
  const { startingStatus: value } = mode;
  const isOther = (other: ContainerCheckMode) => other.kind === 'on' && other.startingStatus !== value;
  return [isOn, { field: 'containerCheck.startingStatus', value, from: decisive(isOther, value) }];
}

function fieldSources(
  name: string,
  check: CheckDefinition,
  { fields: origins, cause }: Origin,
): readonly FieldSource[] {
  const { kind, ...fields } = check;
  return Object.entries(fields).map(([field, given]) => {
    const isTested = field === TESTED[kind];
    const value = typeof given === 'string' ? given : JSON.stringify(given);
    // A list of whole checks says everything of each.
    const setting = origins.get(field) ?? (isTested || cause?.key === 'checks' ? cause?.setting : undefined);
    const from = setting === undefined ? `default: ${value}` : sourceOf(setting);
    return { field: `${name}.${isTested ? kind : field}`, value, from };
  });
}

function checkSettings(metadata: Metadata): readonly (readonly [string, MetadataValue])[] {
  return [...metadata].filter(
    ([key]) => key.startsWith('check') && isSettingKey(key) && settingOf(metadata, key) !== undefined,
  );
}

function without(metadata: Metadata, key: string): Metadata {
  return new Map([...metadata].filter(([other]) => other !== key));
}

function changedFields(check: CheckDefinition, other: CheckDefinition): readonly string[] {
  const [before, after] = [check, other].map((one) => new Map<string, unknown>(Object.entries(one)));
  return [...(before ?? [])].flatMap(([field, value]) => (isEqual(after?.get(field), value) ? [] : [field]));
}

function isEqual(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
