import { quote } from '../../template/index.ts';
import { fromByteText } from './byte-text.ts';
import { unescapeUrl } from './url-escapes.ts';

const PORT = /^(:[0-9]*)?$/;
const IPV4 = /^(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(\.(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)){3}$/;

/** A host and perhaps a port. Throws an `Error` with Go's text. Source: Go 1.26, `net/url`, `parseHost`. */
export function parseHost(scheme: string, host: string): string {
  const open = host.lastIndexOf('[');
  if (open > 0) throw new Error('invalid IP-literal');
  if (open === 0) return parseLiteral(host);
  const [first, last] = [host.indexOf(':'), host.lastIndexOf(':')];
  const isWeb = scheme === 'http' || scheme === 'https';
  if (first >= 0) checkPort(host.slice(isWeb ? first : last));
  return unescapeUrl(host, 'host');
}

/** The host without its port and brackets. Source: Go's `URL.Hostname`. */
export function hostnameOf(host: string): string {
  const colon = host.lastIndexOf(':');
  const name = colon >= 0 && PORT.test(host.slice(colon)) ? host.slice(0, colon) : host;
  return name.startsWith('[') && name.endsWith(']') ? name.slice(1, -1) : name;
}

/** `[IPv6]:port`, where a zone may follow the address. */
function parseLiteral(host: string): string {
  const close = host.lastIndexOf(']');
  if (close < 0) throw new Error("missing ']' in host");
  const port = host.slice(close + 1);
  checkPort(port);
  const inside = host.slice(1, close);
  const zone = inside.indexOf('%25');
  const address = unescapeUrl(zone < 0 ? inside : inside.slice(0, zone), 'host');
  const name = zone < 0 ? address : address + unescapeUrl(inside.slice(zone), 'zone');
  if (IPV4.test(name)) throw new Error('invalid IP-literal');
  if (!isIpv6(address) || name.endsWith('%')) {
    throw new Error(`invalid host: ParseAddr(${quote(fromByteText(name))}): unable to parse IP`);
  }
  return `[${name}]${port}`;
}

function checkPort(text: string): void {
  if (!PORT.test(text)) throw new Error(`invalid port ${quote(fromByteText(text))} after host`);
}

function isIpv6(address: string): boolean {
  const halves = address.split('::');
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  const last = groups.at(-1) ?? '';
  const hasIpv4 = IPV4.test(last) && address.endsWith(last);
  const hex = hasIpv4 ? groups.slice(0, -1) : groups;
  const count = hex.length + (hasIpv4 ? 2 : 0);
  if (halves.length > 2 || !hex.every((group) => /^[0-9A-Fa-f]{1,4}$/.test(group))) return false;
  return halves.length === 2 ? count < 8 : count === 8;
}
