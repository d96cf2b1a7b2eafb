/** Where services are registered and read. */
export type RegistryAddress =
  | { readonly kind: 'consul'; readonly host: string; readonly port: number; readonly isTls: boolean }
  | { readonly kind: 'consul-unix'; readonly path: string }
  | { readonly kind: 'memory' };

export type RegistryOutcome =
  | { readonly kind: 'address'; readonly address: RegistryAddress }
  | { readonly kind: 'refused'; readonly rule: string };

const OTHER_BACKENDS = new Set(['consulkv', 'consulkv-unix', 'etcd', 'skydns2', 'zookeeper']);
const DEFAULT_PORT = 8500;

/**
 * Reads a registry URI. User information, path and query of `consul://` mean nothing, as in registrator.
 *
 * @param consulHttpAddr `CONSUL_HTTP_ADDR`, for a URI without host.
 * Source: registrator 6bfadbc, `consul/consul.go`. Differs: a host without a port means 8500.
 */
export function parseRegistry(uri: string, consulHttpAddr: string | undefined): RegistryOutcome {
  const match = /^([A-Za-z][A-Za-z0-9+.-]*):\/\/(.*)$/s.exec(uri);
  const scheme = match?.[1]?.toLowerCase();
  const rest = match?.[2] ?? '';
  switch (scheme) {
    case 'memory':
      return { kind: 'address', address: { kind: 'memory' } };
    case 'consul-unix':
      return rest.startsWith('/')
        ? unixSocket(rest)
        : refused('must name an absolute path, as in consul-unix:///path.sock');
    case 'consul':
    case 'consul-tls':
      return consulAddress(rest, scheme === 'consul-tls', consulHttpAddr);
    default:
      return refused(schemeRule(scheme));
  }
}

function schemeRule(scheme: string | undefined): string {
  if (scheme !== undefined && OTHER_BACKENDS.has(scheme)) {
    return `names the back end ${scheme}, which is not supported; use consul:// or memory://`;
  }
  return 'must be consul://HOST:PORT, consul-unix:///PATH, consul-tls://HOST:PORT or memory://';
}

function consulAddress(rest: string, isTls: boolean, consulHttpAddr: string | undefined): RegistryOutcome {
  const authority = rest.split(/[/?#]/, 1)[0] ?? '';
  const place = authority.slice(authority.lastIndexOf('@') + 1);
  if (place === '' && consulHttpAddr !== undefined && consulHttpAddr !== '')
    return fromEnvironment(consulHttpAddr, isTls);
  const parsed = parseHostPort(place === '' ? '127.0.0.1' : place);
  return parsed === undefined
    ? refused('has no valid host and port, as in consul://127.0.0.1:8500')
    : { kind: 'address', address: { kind: 'consul', ...parsed, isTls } };
}

/** `host:port`, `http://host:port`, `https://host:port` or `unix:///path`. Source: Consul's API client. */
function fromEnvironment(text: string, isTls: boolean): RegistryOutcome {
  const [, scheme, rest = ''] = /^(?:(https?|unix):\/\/)?(.*)$/s.exec(text) ?? [];
  const none = refused(`needs a host, and CONSUL_HTTP_ADDR (${text}) has no valid one`);
  if (scheme === 'unix') return rest === '' ? none : unixSocket(rest);
  const parsed = parseHostPort(rest.replace(/\/$/, ''));
  return parsed === undefined
    ? none
    : { kind: 'address', address: { kind: 'consul', ...parsed, isTls: isTls || scheme === 'https' } };
}

function parseHostPort(text: string): { readonly host: string; readonly port: number } | undefined {
  const match = /^(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)?(?::(\d{1,5}))?$/.exec(text);
  const port = match?.[2] === undefined ? DEFAULT_PORT : Number(match[2]);
  if (match === null || port < 1 || port > 65_535) return undefined;
  return { host: (match[1] ?? '127.0.0.1').replace(/^\[(.*)\]$/, '$1'), port };
}

function unixSocket(path: string): RegistryOutcome {
  return { kind: 'address', address: { kind: 'consul-unix', path } };
}

function refused(rule: string): RegistryOutcome {
  return { kind: 'refused', rule };
}
