const IPV4 = /^(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)){3}$/;

/** What is wrong with an address, and from where on; `undefined` for a good one. */
export interface AddressFault {
  readonly message: string;
  readonly at?: string;
}

export function isIpv4(text: string): boolean {
  return IPV4.test(text);
}

/** Source: Go 1.26, `net/netip`, `ParseAddr`. Differs: of a bad IPv4 address it only says that it is one. */
export function addressFault(text: string): AddressFault | undefined {
  const first = /[.:%]/.exec(text)?.[0];
  if (first === undefined) return { message: 'unable to parse IP' };
  if (first === '%') return { message: 'missing IPv6 address' };
  if (first === '.') return isIpv4(text) ? undefined : { message: 'unable to parse IP' };
  if (text.endsWith('%') && text.indexOf('%') === text.length - 1) {
    return { message: 'zone must be a non-empty string' };
  }
  return ipv6Fault(text.split('%')[0] ?? '');
}

/** Groups of hexadecimal digits with colons between them; `::` stands for the zeros that are left out. */
function ipv6Fault(address: string): AddressFault | undefined {
  let rest = address;
  let hasGap = rest.startsWith('::');
  if (hasGap) rest = rest.slice(2);
  let count = 0;
  for (; count < 8 && !(hasGap && rest === ''); count++) {
    const digits = /^[0-9A-Fa-f]*/.exec(rest)?.[0] ?? '';
    if (digits.length > 4) return { message: 'each group must have 4 or less digits', at: rest };
    if (digits === '') return { message: 'each colon-separated field must have at least one digit', at: rest };
    if (rest[digits.length] === '.') return embeddedFault(rest, count, hasGap);
    rest = rest.slice(digits.length);
    if (rest === '') {
      count++;
      break;
    }
    if (!rest.startsWith(':')) return { message: 'unexpected character, want colon', at: rest };
    if (rest === ':') return { message: 'colon must be followed by more characters', at: rest };
    rest = rest.slice(1);
    if (!rest.startsWith(':')) continue;
    if (hasGap) return { message: 'multiple :: in address', at: rest };
    hasGap = true;
    rest = rest.slice(1);
  }
  if (rest !== '') return { message: 'trailing garbage after address', at: rest };
  if (count < 8 && !hasGap) return { message: 'address string too short' };
  return count === 8 && hasGap ? { message: 'the :: must expand to at least one field of zeros' } : undefined;
}

/** An IPv4 address in place of the last two groups. */
function embeddedFault(rest: string, count: number, hasGap: boolean): AddressFault | undefined {
  if (!hasGap && count !== 6) {
    return { message: 'embedded IPv4 address must replace the final 2 fields of the address', at: rest };
  }
  if (count > 6) {
    return { message: 'too many hex fields to fit an embedded IPv4 at the end of the address', at: rest };
  }
  if (!isIpv4(rest)) return { message: 'unable to parse IP' };
  return count === 6 && hasGap ? { message: 'the :: must expand to at least one field of zeros' } : undefined;
}
