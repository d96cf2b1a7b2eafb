import { parseBody, type RecordedBody, type RegisterCase } from './cases.ts';
import { filled } from './placeholders.ts';

/** What of a registration must be the same, in a form that can be compared. */
export interface Registered {
  readonly id: string;
  readonly name: string;
  readonly address: string;
  readonly port: number;
  /** Sorted: registrator reverses them, Portolan does not. */
  readonly tags: readonly string[];
  readonly meta: Readonly<Record<string, string>>;
  /** Checks of the application, as bodies without what may be added. Registrator sends one at most. */
  readonly checks: readonly Readonly<Record<string, unknown>>[];
}

const REGISTER = '/v1/agent/service/register';
const DEREGISTER = '/v1/agent/service/deregister/';

/**
 * Settings that registrator sends as Meta as well, as far as it does not know them or does not hide them. Portolan sends
 * none of them.
 */
const VOCABULARY: ReadonlySet<string> = new Set([
  ...['id', 'ignore', 'name', 'tags', 'check', 'checks', 'token'],
  ...['address', 'port', 'namespace', 'network', 'enable_tag_override', 'weights_passing', 'weights_warning'],
]);

/** What registrator had registered in the end, by ID. */
export function recorded({ request, vars }: RegisterCase): ReadonlyMap<string, Registered> {
  const registered = new Map<string, Registered>();
  for (const { method, path, body } of filled(request, vars)) {
    if (method !== 'PUT') continue;
    if (path.split('?', 1)[0] === REGISTER) {
      const one = fromRecording(parseBody(body));
      registered.set(one.id, one);
    } else if (path.startsWith(DEREGISTER)) {
      registered.delete(decodeURIComponent(path.slice(DEREGISTER.length)));
    }
  }
  return registered;
}

function fromRecording({ ID, Name, Address, Port, Tags, Meta, Check }: RecordedBody): Registered {
  const pairs = Object.entries(Meta ?? {}).filter(([key]) => !VOCABULARY.has(key) && !key.startsWith('check_'));
  return {
    id: ID,
    name: Name,
    address: Address,
    port: Number(Port),
    tags: (Tags ?? []).toSorted(),
    meta: Object.fromEntries(pairs),
    checks: Check ? [comparable(Check)] : [],
  };
}

/** The check without what Portolan may add to it. */
export function comparable(check: Readonly<Record<string, unknown>>): Registered['checks'][number] {
  const { CheckID: _id, Name: _name, Notes: _notes, ...rest } = check;
  return rest;
}
