import type { ConsulServer } from './consul-server.ts';

/** What anybody may register in a Consul 1.8.7 (measured), and what is said of it. */
export interface HostileService {
  readonly name: string;
  readonly address?: string;
  readonly port?: number;
  readonly tags?: readonly string[];
  readonly meta?: Readonly<Record<string, string>>;
  /** What people read: of the service, or of its one instance. */
  readonly because: RegExp;
}

const UNPRINTED = /^its name has characters that are not printed$/;
const OTHER = /^its name has other characters than letters, digits, _, \. and -$/;
const PATH = /^its name looks like a path$/;
const LONG = /^its name has 5000 characters, and 63 are the most$/;
const NO_IP = /^its address ".*" is no IP$/;

const NAMES: readonly (readonly [string, RegExp])[] = [
  ['a\nb', UNPRINTED],
  ['../../etc', PATH],
  ['/etc/passwd', PATH],
  ['x"}{', OTHER],
  ['with spaces', OTHER],
  ['nul\0', UNPRINTED],
  ['esc\u001b[31m', UNPRINTED],
  ['bidi\u202e', UNPRINTED],
  ['line\u2028end', UNPRINTED],
  ['x%[env(PATH)]', OTHER],
  [`x\${PATH}`, OTHER],
  ['x;shutdown frontend http', OTHER],
  ['x#comment', OTHER],
  ['wéb-服务', OTHER],
  ['portolan:unknown-host', OTHER],
  ['..', /^Consul answers no request about this name$/],
  ['w'.repeat(5_000), LONG],
];

const ADDRESSES: readonly (readonly [string, RegExp])[] = [
  ['10.0.0.1\n  server evil 192.0.2.66:80', NO_IP],
  ['\u001b[31m\u202e', NO_IP],
  ['web.example.com', NO_IP],
  ['fe80::1%eth0', NO_IP],
  ['w'.repeat(5_000), NO_IP],
  ['224.0.0.1', /^its address 224\.0\.0\.1 is that of many hosts$/],
];

/** One service each. */
export const HOSTILE: readonly HostileService[] = [
  ...NAMES.map(([name, because]) => ({ name, because })),
  ...ADDRESSES.map(([address, because], i) => ({ name: `bad-address-${i}`, address, because })),
  ...[70_000, -1, 0].map((port, i) => ({
    name: `bad-port-${i}`,
    port,
    because: new RegExp(`^its port ${port} is none$`),
  })),
  // Many of one kind.
  ...Array.from({ length: 250 }, (_, i) => ({ name: `evil ${i}\n  server evil 192.0.2.66:80`, because: UNPRINTED })),
];

/** Services that are odd, but can be routed. */
export const ODD: readonly Omit<HostileService, 'because'>[] = [
  { name: 'huge-tag', tags: ['t'.repeat(1_000_000)] },
  { name: 'many-tags', tags: Array.from({ length: 5_000 }, (_, i) => `tag-${i}`) },
  { name: 'odd-meta', meta: { note: 'a\nb\u001b[31m', route_panic: 'x\n' } },
];

/** Puts a service into the catalog, by the catalog's API on a node of its own or by the agent's. */
export async function register(
  consul: ConsulServer,
  { name, address = '127.0.0.1', port = 80, tags = [], meta = {} }: Omit<HostileService, 'because'>,
  { id, by }: { readonly id: string; readonly by: 'agent' | 'catalog' },
): Promise<void> {
  const service = { ID: id, Address: address, Port: port, Tags: tags, Meta: meta };
  const { status, answer } =
    by === 'agent'
      ? await consul.ask('PUT', '/agent/service/register', { Name: name, ...service })
      : await consul.ask('PUT', '/catalog/register', {
          Node: 'elsewhere',
          Address: '192.0.2.1',
          Service: { Service: name, ...service },
        });
  if (status !== 200)
    throw new Error(`Consul refuses ${JSON.stringify(name.slice(0, 100))}: ${JSON.stringify(answer)}`);
}

/** Gives a service so many instances, in as few requests as Consul takes. */
export async function flood(consul: ConsulServer, name: string, count: number): Promise<void> {
  const node = { Node: 'flooded', Address: '192.0.2.2' };
  await consul.ask('PUT', '/catalog/register', node);
  const ids = Array.from({ length: count }, (_, i) => i);
  for (let from = 0; from < count; from += 64) {
    const operations = ids.slice(from, from + 64).map((i) => ({
      Service: {
        Verb: 'set',
        Node: node.Node,
        Service: {
          Service: name,
          ID: `${name}-${i}`,
          Address: `10.${20 + (i >> 16)}.${(i >> 8) & 255}.${i & 255}`,
          Port: 80,
        },
      },
    }));
    const { status, answer } = await consul.ask('PUT', '/txn', operations);
    if (status !== 200) throw new Error(`Consul refuses a flood: ${JSON.stringify(answer).slice(0, 500)}`);
  }
}
