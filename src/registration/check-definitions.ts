import type { CheckDefinition, CheckStatus, ContainerCheckMode, ServiceOrigin } from '../domain/service.ts';
import { hostAndPort } from '../lib/addresses.ts';
import { parseDuration, parseGoDuration } from '../lib/durations.ts';
import { isSwitchedOn, type Metadata, settingOf, type Warning } from './metadata.ts';

const DEFAULT_INTERVAL = '10s';

export interface CheckTarget {
  readonly serviceId: string;
  readonly serviceName: string;
  readonly address: string;
  readonly port: number;
  readonly origin: ServiceOrigin;
  /** Whether labels may make the agent run programs. */
  readonly enableScriptChecks: boolean;
}

interface CheckResult {
  readonly checks: readonly CheckDefinition[];
  readonly warnings: readonly Warning[];
}

/**
 * The application's own check as its labels ask for it: at most one, HTTP before HTTPS before TTL before TCP. A value
 * that Consul would refuse costs only itself.
 *
 * Source: registrator 6bfadbc, `consul/consul.go: buildCheck`.
 * Differs: a path gets its leading `/`, IPv6 its brackets, and bad durations their default.
 */
export function checkDefinitions(metadata: Metadata, target: CheckTarget): CheckResult {
  const warnings: Warning[] = [];
  const kind = (['http', 'https', 'ttl', 'tcp'] as const).find((name) =>
    name === 'tcp' ? isSwitchedOn(metadata, 'check_tcp') : settingOf(metadata, `check_${name}`) !== undefined,
  );
  if (kind === undefined) return { checks: [], warnings };

  const common = commonFields(metadata, target, warnings);
  const interval = durationSetting(metadata, 'check_interval', DEFAULT_INTERVAL, warnings) ?? DEFAULT_INTERVAL;
  const timeout = durationSetting(metadata, 'check_timeout', undefined, warnings);
  const timing = { interval, ...(timeout !== undefined && { timeout }) };
  switch (kind) {
    case 'http':
    case 'https': {
      const path = checkPath(settingOf(metadata, `check_${kind}`) ?? '/');
      const url = `${kind}://${hostAndPort(target.address, target.port)}${path}`;
      return { checks: [{ ...common, kind: 'http', url, ...timing, ...method(metadata, kind, warnings) }], warnings };
    }
    case 'tcp':
      if (target.origin.protocol !== 'tcp') {
        warnings.push(
          warningOf(metadata, 'check_tcp', `cannot test a ${target.origin.protocol} port; the check is left out`),
        );
        return { checks: [], warnings };
      }
      return {
        checks: [{ ...common, kind: 'tcp', target: hostAndPort(target.address, target.port), ...timing }],
        warnings,
      };
    case 'ttl': {
      const ttl = durationSetting(metadata, 'check_ttl', undefined, warnings);
      return { checks: ttl === undefined ? [] : [{ ...common, kind: 'ttl', ttl }], warnings };
    }
  }
}

/** How the container check of a service behaves: `SERVICE_CHECK_CONTAINER`, `SERVICE_CHECK_STARTING`. */
export function containerCheckMode(metadata: Metadata): {
  readonly mode: ContainerCheckMode;
  readonly warnings: readonly Warning[];
} {
  const isOff = settingOf(metadata, 'check_container') !== undefined && !isSwitchedOn(metadata, 'check_container');
  if (isOff) return { mode: { kind: 'off' }, warnings: [] };
  const warnings: Warning[] = [];
  const startingStatus = statusSetting(metadata, 'check_starting', 'critical is used instead', warnings) ?? 'critical';
  return { mode: { kind: 'on', startingStatus }, warnings };
}

function commonFields(metadata: Metadata, { serviceId, serviceName }: CheckTarget, warnings: Warning[]) {
  const initialStatus = statusSetting(metadata, 'check_initial_status', 'it is left out', warnings);
  const deregisterAfter = durationSetting(metadata, 'check_deregister_after', undefined, warnings);
  return {
    id: `service:${serviceId}`,
    name: `Service '${serviceName}' check`,
    ...(initialStatus !== undefined && { initialStatus }),
    ...(deregisterAfter !== undefined && { deregisterCriticalServiceAfter: deregisterAfter }),
  };
}

/** A check always targets the container's own address, so of a full URL only the path is kept. */
function checkPath(value: string): string {
  const text = value.trim();
  if (text.toLowerCase() === 'true') return '/';
  const path = text.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '');
  const rooted = path.startsWith('/') ? path : `/${path}`;
  return rooted.replaceAll(/[^\x21-\x7e]|["<>\\^`{|}]/gu, (character) => encodeURIComponent(character.toWellFormed()));
}

function method(metadata: Metadata, kind: 'http' | 'https', warnings: Warning[]): { method?: string } {
  const key = [`check_${kind}_method`, 'check_method'].find((name) => settingOf(metadata, name) !== undefined);
  if (key === undefined) return {};
  const value = (settingOf(metadata, key) ?? '').trim().toUpperCase();
  if (/^[A-Z]{1,20}$/.test(value)) return { method: value };
  warnings.push(warningOf(metadata, key, 'is no HTTP method; GET is used instead'));
  return {};
}

/** A positive duration in the user's own words if Go reads them, `30` as `30s`; else the default, with a warning. */
function durationSetting(
  metadata: Metadata,
  key: string,
  fallback: string | undefined,
  warnings: Warning[],
): string | undefined {
  const text = settingOf(metadata, key)?.trim();
  if (text === undefined) return fallback;
  const ms = parseDuration(text, 's');
  if (ms !== undefined && ms > 0) return parseGoDuration(text) === undefined ? `${text}s` : text;
  const instead = fallback === undefined ? 'it is left out' : `${fallback} is used instead`;
  warnings.push(warningOf(metadata, key, `is no duration such as 10s or 1m30s; ${instead}`));
  return fallback;
}

function statusSetting(metadata: Metadata, key: string, instead: string, warnings: Warning[]): CheckStatus | undefined {
  const value = settingOf(metadata, key)?.trim().toLowerCase();
  if (value === undefined || value === 'passing' || value === 'warning' || value === 'critical') return value;
  warnings.push(warningOf(metadata, key, `is none of passing, warning and critical; ${instead}`));
  return undefined;
}

function warningOf(metadata: Metadata, key: string, problem: string): Warning {
  const { label = key, value = '' } = metadata.get(key) ?? {};
  return { label, value, problem };
}
