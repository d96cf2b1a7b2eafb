import type { CheckDefinition, ContainerCheckMode } from '../domain/service.ts';
import { labelField, labelFields, shownValue, unknownCheckLabels, type Warn } from './check-fields.ts';
import { buildCheck, namedKinds } from './check-kinds.ts';
import type { CheckTarget } from './check-target.ts';
import { statusValue } from './check-values.ts';
import { jsonEntries } from './checks-json.ts';
import { isSwitchedOn, type Metadata, settingOf, type Warning } from './metadata.ts';
import { SETTING_SPECS } from './setting-specs.ts';

interface CheckResult {
  readonly checks: readonly CheckDefinition[];
  readonly warnings: readonly Warning[];
}

/**
 * The application's own checks: at most one from `SERVICE_CHECK_…` labels, then those of `SERVICE_CHECKS`. All test the
 * container's own address. A value that Consul would refuse costs only itself.
 *
 * Source: registrator 6bfadbc, `consul/consul.go: buildCheck`.
 * Differs: a path gets its leading `/`, IPv6 its brackets, bad durations their default; several checks, headers, bodies,
 * names, commands in the container; scripts run only where the operator allows them.
 */
export function checkDefinitions(metadata: Metadata, target: CheckTarget): CheckResult {
  const { warnings, warn } = createWarnings();
  const checks: CheckDefinition[] = [];
  const context = () => ({ target, taken: checks.map(({ id }) => id), warn });
  const single = buildCheck(labelFields(metadata), context());
  if (single !== undefined) checks.push(single);

  const list = labelField(metadata, 'checks');
  for (const { label, fields } of list === undefined ? [] : jsonEntries(list, warn)) {
    const check = buildCheck(fields, context());
    if (check !== undefined) checks.push(check);
    else if (namedKinds(fields).length === 0) {
      const written = [...fields.values()].map((field) => field.label.slice(label.length + 1)).join(', ');
      warn({ label, written }, 'names no kind of check: HTTP, ScriptArgs, TTL, TCP or GRPC; it is left out');
    }
  }
  return { checks, warnings: [...warnings, ...unknownCheckLabels(metadata)] };
}

/** How the container check of a service behaves: `SERVICE_CHECK_CONTAINER`, `SERVICE_CHECK_STARTING`. */
export function containerCheckMode(metadata: Metadata): {
  readonly mode: ContainerCheckMode;
  readonly warnings: readonly Warning[];
} {
  const isOff = settingOf(metadata, 'check_container') !== undefined && !isSwitchedOn(metadata, 'check_container');
  if (isOff) return { mode: { kind: 'off' }, warnings: [] };
  const { warnings, warn } = createWarnings();
  const starting = labelField(metadata, 'check_starting');
  const { fallback } = SETTING_SPECS.check_starting;
  const startingStatus = statusValue(starting, `${fallback} is used instead`, warn) ?? fallback;
  return { mode: { kind: 'on', startingStatus }, warnings };
}

function createWarnings(): { readonly warnings: readonly Warning[]; readonly warn: Warn } {
  const warnings: Warning[] = [];
  const warn: Warn = ({ label, written }, problem) => {
    warnings.push({ label, value: shownValue(written), problem });
  };
  return { warnings, warn };
}
