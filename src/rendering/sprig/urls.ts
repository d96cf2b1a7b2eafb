import { goFunction, textOfValue, type Value } from '../../template/index.ts';
import { fromByteText, toByteText } from './byte-text.ts';
import { parseUrl, textOfUrl } from './url.ts';
import { hostnameOf } from './url-host.ts';
import { kindName, nilDereference } from './values.ts';

/** URLs as maps of their parts. Source: sprig v3.3.0, `url.go`. */
export const urlFunctions = {
  urlJoin: goFunction('func(map[string]any) string', urlJoin),
  urlParse: goFunction('func(string) map[string]any', urlParse),
};

function urlParse(text: string): ReadonlyMap<string, Value> {
  const url = explained('unable to parse url', () => parseUrl(toByteText(text)));
  const parts = {
    ...{ scheme: url.scheme, host: url.host, hostname: hostnameOf(url.host), path: url.path, query: url.rawQuery },
    ...{ opaque: url.opaque, fragment: url.fragment, userinfo: url.userinfo ?? '' },
  };
  return new Map(Object.entries(parts).map(([name, part]) => [name, fromByteText(part)]));
}

function urlJoin(parts: ReadonlyMap<string, Value>): string {
  const url = {
    scheme: partOf(parts, 'scheme'),
    host: partOf(parts, 'host'),
    path: partOf(parts, 'path'),
    rawQuery: partOf(parts, 'query'),
    opaque: partOf(parts, 'opaque'),
    fragment: partOf(parts, 'fragment'),
  };
  const given = partOf(parts, 'userinfo');
  const userinfo =
    given === ''
      ? undefined
      : explained('unable to parse userinfo in dict', () => parseUrl(`proto://${given}@host`).userinfo);
  return fromByteText(textOfUrl({ ...url, userinfo }));
}

/** A part as a byte text; a missing one is empty. */
function partOf(parts: ReadonlyMap<string, Value>, key: string): string {
  if (!parts.has(key)) return '';
  const value = parts.get(key) ?? null;
  if (value === null) throw nilDereference();
  const text = textOfValue(value);
  if (text !== undefined) return toByteText(text);
  throw new Error(`unable to parse ${key} key, must be of type string, but ${kindName(value)} found`);
}

function explained<T>(problem: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`${problem}: ${reason}`, { cause: error });
  }
}
