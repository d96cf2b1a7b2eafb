import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { registrationBody } from '../../src/adapters/consul/registration-body.ts';
import { parseInspect } from '../../src/adapters/docker/inspect-schema.ts';
import { desiredRegistrations } from '../../src/registration/desired.ts';

/** A container and what registrator sent to Consul for it: recorded by running the real program. */
export interface RegisterCase {
  readonly name: string;
  readonly kind: 'register';
  readonly verdict: 'same' | 'differs';
  readonly registratorArgs: readonly string[];
  readonly inspect: Readonly<Record<string, unknown>>;
  readonly request: readonly { readonly method: string; readonly path: string; readonly body?: Body }[];
  /** The values behind placeholders such as `<HOST>`. */
  readonly vars: Readonly<Record<string, string>>;
}

interface Body {
  readonly ID: string;
  readonly Name: string;
  readonly Address?: string;
  readonly Port?: number;
  readonly Tags?: readonly string[];
  readonly Meta?: Readonly<Record<string, string>>;
  readonly Check?: Readonly<Record<string, unknown>> | null;
}

/** What of a registration must be the same. Tags are a multiset: registrator reverses them. */
export interface Registered {
  readonly id: string;
  readonly name: string;
  readonly address: string;
  readonly port: number;
  readonly tags: readonly string[];
  readonly meta: Readonly<Record<string, string>>;
  /** Fields of the check that registrator sends, as Portolan sends them; `undefined` for none. */
  readonly check: Readonly<Record<string, unknown>> | undefined;
}

export function readCases(): readonly RegisterCase[] {
  const text = readFileSync(join(import.meta.dirname, 'data/registrator.json'), 'utf8');
  const cases = JSON.parse(text) as readonly { readonly kind: string; readonly verdict: string }[];
  return cases.filter((one) => one.kind === 'register' && one.verdict === 'same') as unknown as readonly RegisterCase[];
}

/** What registrator registered, by ID. */
export function recorded(recording: RegisterCase): readonly Registered[] {
  const bodies = filled(recording, recording.request).flatMap(({ path, body }) =>
    path.endsWith('/register') && body !== undefined ? [body] : [],
  );
  return bodies.map((body) => toRegistered(body, body.Check ?? undefined)).toSorted(byId);
}

/** What Portolan would register for the same container and options, by ID; its checks reduced to those recorded. */
export function replayed(recording: RegisterCase): readonly Registered[] {
  const args = filled(recording, recording.registratorArgs);
  const flag = (name: string): string | undefined => {
    const i = args.findIndex((arg) => arg.replace(/^--?/, '') === name);
    return i < 0 ? undefined : args[i + 1];
  };
  const { snapshot } = parseInspect(filled(recording, recording.inspect));
  const { registrations } = desiredRegistrations([snapshot], {
    hostname: recording.vars['HOST'] ?? '',
    hostAddress: recording.vars['HOST_IP'],
    owner: 'us',
    ttlMs: 60_000,
    heartbeatMs: 15_000,
    isTtlGiven: false,
    ip: flag('ip'),
    internal: flag('internal') !== undefined,
    explicit: flag('explicit') !== undefined,
    useIpFromLabel: flag('useIpFromLabel'),
    network: undefined,
    enableScriptChecks: false,
    tags: flag('tags') ?? '',
    onStop: 'drain',
    deregister: 'always',
  });
  const wanted = new Map(recorded(recording).map(({ id, check }) => [id, check]));
  const bodies = [...registrations.values()].map(registrationBody) as unknown as readonly SentBody[];
  return bodies.map((body) => toRegistered(body, matching(body.Checks, wanted.get(body.ID)))).toSorted(byId);
}

type SentBody = Body & { readonly Checks: readonly Readonly<Record<string, unknown>>[] };

/** Of the checks that are sent the one with all fields of `wanted`, reduced to these; else the first but the container's. */
function matching(
  checks: SentBody['Checks'],
  wanted: Readonly<Record<string, unknown>> | undefined,
): Readonly<Record<string, unknown>> | undefined {
  const own = checks.filter(({ CheckID }) => !String(CheckID).endsWith(':container'));
  if (wanted === undefined) return own[0];
  const reduced = own.map((check) => Object.fromEntries(Object.keys(wanted).map((key) => [key, check[key]])));
  return reduced.find((check) => JSON.stringify(check) === JSON.stringify(wanted)) ?? reduced[0];
}

/** Keys that were settings all along, and that registrator sent as Meta as well. */
const VOCABULARY = new Set(['id', 'ignore', 'name', 'tags']);

function toRegistered({ ID, Name, Address = '', Port = 0, Tags, Meta }: Body, check: Registered['check']): Registered {
  const pairs = Object.entries(Meta ?? {}).filter(
    ([key]) => !VOCABULARY.has(key) && !key.startsWith('check_') && !key.startsWith('portolan-'),
  );
  return {
    id: ID,
    name: Name,
    address: Address,
    port: Port,
    tags: (Tags ?? []).toSorted(),
    meta: Object.fromEntries(pairs),
    check,
  };
}

/** The value with its placeholders replaced; `"<PORT:80/tcp>"` alone becomes a number. */
function filled<T>({ vars }: RegisterCase, value: T): T {
  const replace = (_key: string, part: unknown): unknown => {
    if (typeof part !== 'string') return part;
    const text = part.replaceAll(/<([^<>]+)>/g, (placeholder, name: string) => vars[name] ?? placeholder);
    return /^<PORT:[^<>]+>$/.test(part) && _key === 'Port' ? Number(text) : text;
  };
  return JSON.parse(JSON.stringify(value), replace) as T;
}

function byId(a: Registered, b: Registered): number {
  return a.id < b.id ? -1 : 1;
}
