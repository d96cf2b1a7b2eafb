/** An address and a socket where nothing listens, for what stands for servers of the recording. */
const NOWHERE = '127.0.0.1:1';
const NO_SOCKET = '/nonexistent/consul.sock';

const STAND_INS: Readonly<Record<string, string>> = {
  CONSUL: NOWHERE,
  CONSUL_SERVER: NOWHERE,
  ETCD: NOWHERE,
  NOTHING: NOWHERE,
  ZOOKEEPER: NOWHERE,
  CONSUL_SOCK: NO_SOCKET,
};

/** The value with its placeholders replaced, in keys too; those that nobody explains stay as they are. */
export function filled<T>(value: T, vars: Readonly<Record<string, string>>): T {
  const short = Object.entries(vars).map(([name, id]) => [`${name}12`, shortId(id)] as const);
  const known = new Map([...short, ...Object.entries(STAND_INS), ...Object.entries(vars)]);
  const text = (it: string): string => it.replaceAll(/<([^<>]+)>/g, (all, name: string) => known.get(name) ?? all);
  const fill = (part: unknown): unknown => {
    if (typeof part === 'string') return text(part);
    if (Array.isArray(part)) return part.map(fill);
    if (typeof part !== 'object' || part === null) return part;
    return Object.fromEntries(Object.entries(part).map(([key, inner]) => [text(key), fill(inner)]));
  };
  return fill(value) as T;
}

/** As Docker's tools print an ID. */
function shortId(id: string): string {
  return id.replace(/^sha256:/, '').slice(0, 12);
}
