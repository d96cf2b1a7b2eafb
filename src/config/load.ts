import type { OptionSpec } from './option.ts';
import { flagOf, OPTION_SPECS, type OptionName, type Options, variableOf } from './options.ts';
import { parseRegistry, type RegistryAddress } from './registry-address.ts';

/** What was written, and where; nothing of it is checked yet. */
export interface Settings {
  /** The registry URI among the arguments. */
  readonly registry: string | undefined;
  readonly flags: ReadonlyMap<OptionName, string>;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Rules that this module cannot judge, by option. */
  readonly rules?: OptionRules;
}

/** For a value that has the form of its option: the rule that it breaks, or `undefined`. */
export type OptionRules = Readonly<Partial<Record<OptionName, (text: string) => string | undefined>>>;

/** Something that cannot be used as it is written. */
export interface Mistake {
  /** `--resync`, `PORTOLAN_RESYNC`, or the registry URI. */
  readonly where: string;
  readonly value: string;
  readonly rule: string;
  /** Not even a number, a duration or a switch. */
  readonly isMalformed: boolean;
}

export interface Configuration {
  readonly options: Options;
  readonly registry: RegistryAddress;
  readonly registryUri: string;
  /** Life of the container check and time between heartbeats, whichever of the two was given. */
  readonly ttlMs: number;
  readonly heartbeatMs: number;
  /** Whether either was given. */
  readonly isTtlGiven: boolean;
}

export type Loaded =
  | {
      readonly kind: 'configuration';
      readonly configuration: Configuration;
      readonly unknownVariables: readonly string[];
    }
  | { readonly kind: 'mistakes'; readonly mistakes: readonly Mistake[] }
  | { readonly kind: 'no-registry' };

const DEFAULT_TTL_MS = 60_000;
/** A heartbeat that fails can be repeated three times before the TTL ends. */
const HEARTBEATS_PER_TTL = 4;

/** Puts settings together, flags before environment before defaults, and finds all mistakes at once. */
export function loadConfiguration({ registry, flags, environment, rules = {} }: Settings): Loaded {
  const registryUri = registry ?? environment['PORTOLAN_REGISTRY'];
  if (registryUri === undefined || registryUri === '') return { kind: 'no-registry' };
  const mistakes: Mistake[] = [];
  const outcome = parseRegistry(registryUri, environment['CONSUL_HTTP_ADDR']);
  if (outcome.kind === 'refused') {
    mistakes.push({ where: 'the registry', value: registryUri, rule: outcome.rule, isMalformed: false });
  }
  const options = readOptions({ flags, environment, rules }, mistakes);
  const times = ttlAndHeartbeat(options);
  if (times.heartbeatMs >= times.ttlMs && times.ttlMs > 0) {
    const { where, text: value = '' } = settingOf('ttl', { flags, environment });
    mistakes.push({ where, value, rule: 'must be greater than --ttl-refresh', isMalformed: false });
  }
  if (options.registrarOnly && options.routerOnly) {
    const { where, text: value = '' } = settingOf('registrarOnly', { flags, environment });
    mistakes.push({
      where,
      value,
      rule: 'leaves nothing to do together with --router-only',
      isMalformed: false,
    });
  }
  if (mistakes.length > 0 || outcome.kind === 'refused') return { kind: 'mistakes', mistakes };
  const configuration = { options, registry: outcome.address, registryUri, ...times };
  return { kind: 'configuration', configuration, unknownVariables: unknownVariables(environment) };
}

type Sources = Pick<Settings, 'flags' | 'environment'>;

/** What was written for an option, if anything, and where. */
function settingOf(
  name: OptionName,
  { flags, environment }: Sources,
): { readonly where: string; readonly text: string | undefined } {
  // Empty counts as unset, as in scripts and Compose files that pass on what may be missing.
  const flag = flags.get(name) || undefined;
  if (flag !== undefined) return { where: `--${flagOf(name)}`, text: flag };
  const variable = variableOf(name);
  return { where: variable, text: environment[variable] || undefined };
}

function readOptions(sources: Sources & { readonly rules: OptionRules }, mistakes: Mistake[]): Options {
  const entries = Object.entries(OPTION_SPECS).map(([key, spec]: [string, OptionSpec<unknown>]) => {
    const name = key as OptionName;
    const { where, text } = settingOf(name, sources);
    if (text === undefined) return [name, spec.fallback];
    const parsed = spec.parse(text);
    if (parsed.kind === 'value') {
      const rule = sources.rules[name]?.(text);
      if (rule !== undefined) mistakes.push({ where, value: text, rule, isMalformed: true });
      return [name, parsed.value];
    }
    mistakes.push({ where, value: text, rule: parsed.rule, isMalformed: parsed.isMalformed });
    return [name, spec.fallback];
  });
  // Each entry was made by the spec of its name, which the type of `fromEntries` cannot express.
  return Object.fromEntries(entries) as Options;
}

/** One alone implies the other. Registrator's 0 for the refresh is the same as not giving it. */
function ttlAndHeartbeat({ ttl, ttlRefresh: given }: Options): {
  readonly ttlMs: number;
  readonly heartbeatMs: number;
  readonly isTtlGiven: boolean;
} {
  const ttlRefresh = given === 0 ? undefined : given;
  const ttlMs = ttl ?? (ttlRefresh === undefined ? DEFAULT_TTL_MS : ttlRefresh * HEARTBEATS_PER_TTL);
  const isTtlGiven = ttl !== undefined || ttlRefresh !== undefined;
  return { ttlMs, heartbeatMs: ttlRefresh ?? ttlMs / HEARTBEATS_PER_TTL, isTtlGiven };
}

function unknownVariables(environment: Settings['environment']): readonly string[] {
  const known = new Set([
    'PORTOLAN_REGISTRY',
    ...Object.keys(OPTION_SPECS).map((name) => variableOf(name as OptionName)),
  ]);
  return Object.keys(environment).filter((name) => name.startsWith('PORTOLAN_') && !known.has(name));
}
