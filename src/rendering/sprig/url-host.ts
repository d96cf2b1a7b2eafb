import { quote } from '../../template/index.ts';
import { fromByteText } from './byte-text.ts';
import { addressFault, isIpv4 } from './ip-address.ts';
import { unescapeUrl } from './url-escapes.ts';

const PORT = /^(:[0-9]*)?$/;

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
  const fault = addressFault(name);
  if (fault !== undefined) {
    const place = fault.at === undefined ? '' : ` (at ${quote(fromByteText(fault.at))})`;
    throw new Error(`invalid host: ParseAddr(${quote(fromByteText(name))}): ${fault.message}${place}`);
  }
  if (isIpv4(name)) throw new Error('invalid IP-literal');
  return `[${name}]${port}`;
}

function checkPort(text: string): void {
  if (!PORT.test(text)) throw new Error(`invalid port ${quote(fromByteText(text))} after host`);
}
