import { quote } from '../../template/index.ts';
import { fromByteText } from './byte-text.ts';
import { escapeUrl, unescapeUrl } from './url-escapes.ts';
import { parseHost } from './url-host.ts';

/** A URL in parts, without escapes but where `raw` or `escaped` says so. All texts are byte texts. */
export interface Url {
  readonly scheme: string;
  readonly opaque: string;
  /** What stands before the `@`, escaped anew. */
  readonly userinfo: string | undefined;
  readonly host: string;
  readonly path: string;
  readonly rawQuery: string;
  readonly fragment: string;
}

/** Throws an `Error` with Go's text. Source: Go 1.26, `net/url`, `Parse`. */
export function parseUrl(text: string): Url {
  const [before, fragment] = cut(text, '#');
  const url = attempt(before, () => parseWithoutFragment(before));
  return fragment === '' ? url : { ...url, fragment: attempt(text, () => unescapeUrl(fragment, 'fragment')) };
}

/** Source: Go's `URL.String`. */
export function textOfUrl({ scheme, opaque, userinfo, host, path, rawQuery, fragment }: Url): string {
  let text = scheme && `${scheme}:`;
  if (opaque !== '') text += opaque;
  else {
    const hasAuthority = host !== '' || userinfo !== undefined;
    if (hasAuthority || (scheme !== '' && path !== '')) text += '//';
    if (userinfo !== undefined) text += `${userinfo}@`;
    text += escapeUrl(host, 'host');
    const escaped = path === '*' ? '*' : escapeUrl(path, 'path');
    if (escaped !== '' && !escaped.startsWith('/') && host !== '') text += '/';
    // Without it the colon would end a scheme.
    if (text === '' && cut(escaped, '/')[0].includes(':')) text += './';
    text += escaped;
  }
  return text + (rawQuery && `?${rawQuery}`) + (fragment && `#${escapeUrl(fragment, 'fragment')}`);
}

function attempt<T>(shown: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`parse ${quote(fromByteText(shown))}: ${reason}`, { cause: error });
  }
}

function parseWithoutFragment(text: string): Url {
  const nothing = { scheme: '', opaque: '', userinfo: undefined, host: '', path: '', rawQuery: '', fragment: '' };
  if (Array.from(text).some((char) => char < ' ' || char === '\x7f'))
    throw new Error('net/url: invalid control character in URL');
  if (text === '*') return { ...nothing, path: '*' };
  if (text.startsWith(':')) throw new Error('missing protocol scheme');
  const [, given = '', behind = text] = /^([A-Za-z][A-Za-z0-9+.-]*):(.*)$/s.exec(text) ?? [];
  const scheme = given.toLowerCase();
  const [rest, rawQuery] = cut(behind, '?');
  if (!rest.startsWith('/')) {
    if (scheme !== '') return { ...nothing, scheme, opaque: rest, rawQuery };
    if (cut(rest, '/')[0].includes(':')) throw new Error('first path segment in URL cannot contain colon');
  }
  const hasAuthority = rest.startsWith('//') && (scheme !== '' || !rest.startsWith('///'));
  if (!hasAuthority) return { ...nothing, scheme, rawQuery, path: unescapeUrl(rest, 'path') };
  const end = rest.indexOf('/', 2);
  const authority = parseAuthority(scheme, rest.slice(2, end < 0 ? undefined : end));
  return { ...nothing, scheme, rawQuery, ...authority, path: unescapeUrl(end < 0 ? '' : rest.slice(end), 'path') };
}

function parseAuthority(scheme: string, text: string): Pick<Url, 'host' | 'userinfo'> {
  const at = text.lastIndexOf('@');
  const host = parseHost(scheme, text.slice(at + 1));
  if (at < 0) return { host, userinfo: undefined };
  const userinfo = text.slice(0, at);
  if (/[^A-Za-z0-9\-._:~!$&'()*+,;=%@]/.test(userinfo)) throw new Error('net/url: invalid userinfo');
  const [user, password] = cut(userinfo, ':');
  const escaped = [user, ...(userinfo.includes(':') ? [password] : [])].map((part) =>
    escapeUrl(unescapeUrl(part, 'userPassword'), 'userPassword'),
  );
  return { host, userinfo: escaped.join(':') };
}

/** What stands before and behind the first separator. */
function cut(text: string, separator: string): readonly [before: string, behind: string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + separator.length)];
}
