import { quote } from '../../template/index.ts';
import { fromByteText } from './byte-text.ts';

/** The parts of a URL that differ in what they may hold. */
export type UrlPart = 'fragment' | 'host' | 'path' | 'userPassword' | 'zone';

const HOST = /^[A-Za-z0-9\-_.~!$&'()*+,;=:[\]<>"]$/;

/** What may stand there as it is. Source: Go 1.26, `net/url`, `shouldEscape`. */
const PLAIN: Readonly<Record<UrlPart, RegExp>> = {
  fragment: /^[A-Za-z0-9\-_.~$&+,/:;=?@!()*]$/,
  host: HOST,
  path: /^[A-Za-z0-9\-_.~$&+,/:;=@]$/,
  userPassword: /^[A-Za-z0-9\-_.~$&+,;=]$/,
  zone: HOST,
};

export function escapeUrl(bytes: string, part: UrlPart): string {
  return Array.from(bytes, (char) => {
    if (PLAIN[part].test(char)) return char;
    return `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
  }).join('');
}

/** Throws an `Error` with Go's text. Source: Go's `unescape`: hosts may escape only what is not ASCII. */
export function unescapeUrl(bytes: string, part: UrlPart): string {
  const isHost = part === 'host' || part === 'zone';
  let text = '';
  for (let i = 0; i < bytes.length; i++) {
    const char = bytes.charAt(i);
    if (char !== '%') {
      if (isHost && char < '\x80' && !HOST.test(char)) {
        throw new Error(`invalid character ${quote(char)} in host name`);
      }
      text += char;
      continue;
    }
    const escape = bytes.slice(i, i + 3);
    if (!/^%[0-9A-Fa-f]{2}$/.test(escape) || !isAllowedEscape(escape, part)) {
      throw new Error(`invalid URL escape ${quote(fromByteText(escape))}`);
    }
    text += decodedEscape(escape);
    i += 2;
  }
  return text;
}

function isAllowedEscape(escape: string, part: UrlPart): boolean {
  const char = decodedEscape(escape);
  if (escape === '%25') return true;
  if (part === 'host') return char >= '\x80';
  return part !== 'zone' || char === ' ' || HOST.test(char);
}

function decodedEscape(escape: string): string {
  return String.fromCharCode(Number.parseInt(escape.slice(1), 16));
}
