import type { ServiceDefinition, ServiceWeights } from '../domain/service.ts';
import { isSwitchedOn, type Metadata, settingOf, type Warning } from './metadata.ts';
import { SETTING_SPECS } from './setting-specs.ts';
import { type FieldSource, sourceOf } from './sourced.ts';

/** The fields of a service that are only sent when a setting asks for them. */
export type ServiceExtras = Pick<ServiceDefinition, 'enableTagOverride' | 'weights' | 'namespace'>;

interface Outcome<T> {
  readonly fields: T;
  readonly sources: readonly FieldSource[];
  readonly warnings: readonly Warning[];
}

/** What Consul takes. Source: hashicorp/consul 1.8.7, `structs.ValidateWeights`. */
const MAX_WEIGHT = 65_535;
/** Consul's own. */
const DEFAULT_WEIGHT = SETTING_SPECS.weights_passing.fallback;

/** `ENABLE_TAG_OVERRIDE`, `WEIGHTS_PASSING`, `WEIGHTS_WARNING` and `NAMESPACE`. A bad value costs only itself. */
export function serviceExtras(metadata: Metadata): Outcome<ServiceExtras> {
  const parts = [tagOverride(metadata), weights(metadata), namespace(metadata)];
  return {
    fields: Object.assign({}, ...parts.map(({ fields }) => fields)) as ServiceExtras,
    sources: parts.flatMap(({ sources }) => sources),
    warnings: parts.flatMap(({ warnings }) => warnings),
  };
}

function tagOverride(metadata: Metadata): Outcome<Pick<ServiceExtras, 'enableTagOverride'>> {
  const setting = metadata.get('enable_tag_override');
  if (setting === undefined || settingOf(metadata, 'enable_tag_override') === undefined) return nothing();
  const enableTagOverride = isSwitchedOn(metadata, 'enable_tag_override');
  const source = { field: 'enableTagOverride', value: String(enableTagOverride), from: sourceOf(setting) };
  return { fields: { enableTagOverride }, sources: [source], warnings: [] };
}

/** One given alone leaves the other at Consul's default. */
function weights(metadata: Metadata): Outcome<Pick<ServiceExtras, 'weights'>> {
  const warnings: Warning[] = [];
  const read = (state: keyof ServiceWeights, min: number) => {
    const setting = metadata.get(`weights_${state}`);
    const text = settingOf(metadata, `weights_${state}`)?.trim();
    if (setting === undefined || text === undefined) return undefined;
    const value = /^\d{1,6}$/.test(text) ? Number(text) : -1;
    if (value >= min && value <= MAX_WEIGHT) return { value, from: sourceOf(setting) };
    const problem = `is no whole number from ${min} to ${MAX_WEIGHT}; ${DEFAULT_WEIGHT} is used instead`;
    warnings.push({ label: setting.label, value: setting.value, problem });
    return undefined;
  };
  const [passing, warning] = [read('passing', 1), read('warning', 0)];
  if (passing === undefined && warning === undefined) return { fields: {}, sources: [], warnings };
  const byDefault = { value: DEFAULT_WEIGHT, from: `default: ${DEFAULT_WEIGHT}` };
  const both = { passing: passing ?? byDefault, warning: warning ?? byDefault };
  return {
    fields: { weights: { passing: both.passing.value, warning: both.warning.value } },
    sources: Object.entries(both).map(([state, { value, from }]) => ({
      field: `weights.${state}`,
      value: String(value),
      from,
    })),
    warnings,
  };
}

/** Consul Enterprise only. What is no name of a namespace there would cost the whole service. */
function namespace(metadata: Metadata): Outcome<Pick<ServiceExtras, 'namespace'>> {
  const setting = metadata.get('namespace');
  const name = settingOf(metadata, 'namespace')?.trim();
  if (setting === undefined || name === undefined) return nothing();
  const from = sourceOf(setting);
  if (/^[A-Za-z0-9_-]{1,64}$/.test(name)) {
    return { fields: { namespace: name }, sources: [{ field: 'namespace', value: name, from }], warnings: [] };
  }
  const problem = 'is no namespace: only letters, digits, _ and - are, at most 64; it is left out';
  return { fields: {}, sources: [], warnings: [{ label: setting.label, value: setting.value, problem }] };
}

function nothing(): Outcome<object> {
  return { fields: {}, sources: [], warnings: [] };
}
