import type { CheckDefinition } from '../domain/service.ts';
import { hostAndPort } from '../lib/addresses.ts';
import type { CheckFields, RawField, Warn } from './check-fields.ts';
import { headersValue } from './check-headers.ts';
import { checkIdProblem, defaultCheckId } from './check-ids.ts';
import { type CheckTarget, checkUrl, connectionProblem, grpcTarget } from './check-target.ts';
import { countValue, durationValue, given, lineValue, methodValue, notesValue, statusValue } from './check-values.ts';
import { isOffWord } from './metadata.ts';
import { cmdProgram, dockerProgram, scriptProblem, scriptProgram } from './script-checks.ts';
import { SETTING_SPECS } from './setting-specs.ts';

/** The strongest first. Source: registrator 6bfadbc, `consul/consul.go: buildCheck`; it has no `docker`. */
const KINDS = ['http', 'https', 'cmd', 'script', 'docker', 'ttl', 'tcp', 'grpc'] as const;
/** Kinds that `false`, `0`, `no` and `off` switch off. Of a script those words are the text. */
const SWITCHES: readonly Kind[] = ['http', 'https', 'tcp', 'grpc'];
const DEFAULT_INTERVAL = SETTING_SPECS.check_interval.fallback;

type Kind = (typeof KINDS)[number];

export interface CheckContext {
  readonly target: CheckTarget;
  /** IDs of the service's checks before this one. */
  readonly taken: readonly string[];
  readonly warn: Warn;
}

/** Kinds of check that are asked for, the strongest first. */
export function namedKinds(fields: CheckFields): readonly Kind[] {
  return KINDS.filter((kind) => {
    const raw = fields.get(kind);
    return raw !== undefined && !(SWITCHES.includes(kind) && isOffWord(raw.text));
  });
}

/**
 * The check that the fields ask for: of the kinds they name the strongest that can be had. A kind that cannot (a script
 * without `--enable-script-checks`, TCP on a UDP port) makes room for the next, so that the service is not left without
 * any; one that loses to a stronger one is told. `undefined` when no kind is left.
 */
export function buildCheck(fields: CheckFields, context: CheckContext): CheckDefinition | undefined {
  let winner: { readonly check: CheckDefinition; readonly label: string } | undefined;
  for (const kind of namedKinds(fields)) {
    const raw = fields.get(kind);
    if (raw === undefined) continue;
    if (winner === undefined) {
      const check = checkOfKind(kind, raw, { ...context, fields });
      winner = check && { check, label: raw.label };
    } else {
      context.warn(raw, `is not used beside ${winner.label}, which comes first; SERVICE_CHECKS takes several checks`);
    }
  }
  return winner?.check;
}

type Context = CheckContext & { readonly fields: CheckFields };

function checkOfKind(kind: Kind, raw: RawField, context: Context): CheckDefinition | undefined {
  const { target } = context;
  switch (kind) {
    case 'http':
    case 'https':
      return httpCheck(kind, raw, context);
    case 'cmd':
    case 'script':
    case 'docker':
      return scriptCheck(kind, raw, context);
    case 'ttl': {
      const ttl = durationValue(raw, 'the check is left out', context.warn);
      return ttl === undefined ? undefined : { ...commonFields(context), kind, ttl };
    }
    case 'tcp':
      if (isRefused(raw, connectionProblem(target), context)) return undefined;
      return { ...commonFields(context), kind, target: hostAndPort(target.address, target.port), ...polling(context) };
    case 'grpc':
      return grpcCheck(raw, context);
  }
}

function httpCheck(scheme: 'http' | 'https', raw: RawField, context: Context): CheckDefinition {
  const { fields, target, warn } = context;
  const isTls = scheme === 'https';
  return {
    ...commonFields(context),
    kind: 'http',
    url: checkUrl(scheme, raw.text, target),
    ...polling(context),
    ...given({
      method: methodValue(fields.get(isTls ? 'httpsMethod' : 'httpMethod') ?? fields.get('method'), warn),
      headers: headersValue(fields.get('header'), warn),
      // Not trimmed: blanks around it may belong to it.
      body: fields.get('body')?.written,
    }),
    ...(isTls && isOn(fields.get('tlsSkipVerify')) && { tlsSkipVerify: true }),
  };
}

function grpcCheck(raw: RawField, context: Context): CheckDefinition | undefined {
  const { fields, target, warn } = context;
  if (isRefused(raw, connectionProblem(target), context)) return undefined;
  const useTls = isOn(fields.get('grpcUseTls'));
  return {
    ...commonFields(context),
    kind: 'grpc',
    target: grpcTarget(raw, target, warn),
    ...polling(context),
    ...(useTls && { useTls }),
    // As registrator: without TLS there is nothing to verify.
    ...(useTls && isOn(fields.get('tlsSkipVerify')) && { tlsSkipVerify: true }),
  };
}

function scriptCheck(kind: 'cmd' | 'script' | 'docker', raw: RawField, context: Context): CheckDefinition | undefined {
  const { fields, target, warn } = context;
  if (isRefused(raw, scriptProblem(target), context)) return undefined;
  if (kind === 'docker') {
    const program = dockerProgram(raw, fields.get('dockerShell'), warn);
    const { containerId } = target.origin;
    return program && { ...commonFields(context), kind, containerId, ...program, ...polling(context) };
  }
  const program = kind === 'cmd' ? cmdProgram(raw, target, warn) : scriptProgram(raw, target, warn);
  return program && { ...commonFields(context), kind: 'script', ...program, ...polling(context) };
}

function isRefused(raw: RawField, problem: string | undefined, { warn }: Context): boolean {
  if (problem !== undefined) warn(raw, problem);
  return problem !== undefined;
}

function commonFields({ fields, target, taken, warn }: Context) {
  const defaultName = `Service '${target.serviceName}' check`;
  const leastDeregister = { ms: 60_000, text: '1m' };
  return {
    id: checkId(fields.get('id'), { target, taken, warn }),
    name: lineValue(fields.get('name'), `${defaultName} is used instead`, warn) ?? defaultName,
    ...given({
      notes: notesValue(fields.get('notes'), warn),
      initialStatus: statusValue(fields.get('initialStatus'), 'it is left out', warn),
      deregisterCriticalServiceAfter: durationValue(
        fields.get('deregisterAfter'),
        'it is left out',
        warn,
        leastDeregister,
      ),
    }),
  };
}

/** Of checks that the agent runs by itself. */
function polling({ fields, warn }: Context) {
  const instead = `${DEFAULT_INTERVAL} is used instead`;
  const interval = durationValue(fields.get('interval'), instead, warn, { ms: 1_000, text: '1s' }) ?? DEFAULT_INTERVAL;
  return {
    interval,
    ...given({
      timeout: durationValue(fields.get('timeout'), 'it is left out', warn),
      successBeforePassing: countValue(fields.get('successBeforePassing'), warn),
      failuresBeforeCritical: countValue(fields.get('failuresBeforeCritical'), warn),
    }),
  };
}

function checkId(raw: RawField | undefined, { target, taken, warn }: CheckContext): string {
  const byDefault = defaultCheckId(target.serviceId, taken.length + 1);
  if (raw === undefined || raw.text === byDefault) return byDefault;
  const problem = checkIdProblem(raw.text, taken);
  if (problem === undefined) return raw.text;
  warn(raw, `${problem}; ${byDefault} is used instead`);
  return byDefault;
}

function isOn(raw: RawField | undefined): boolean {
  return raw !== undefined && !isOffWord(raw.text);
}
