import { CONCEALED, type RawField, type Warn } from './check-fields.ts';

/** More would only serve to fill logs and requests. */
const MAX_HEADERS = 64;

type Headers = Readonly<Record<string, readonly string[]>>;

/**
 * The headers of an HTTP check: a JSON object of texts or lists of texts, or lines of `Name: value`. A bad header costs
 * itself. Warnings never show values, which may be secrets.
 *
 * Source of what is allowed: RFC 9110, 5.1 and 5.5. `Host` too, since it does not change where the request goes.
 */
export function headersValue(raw: RawField | undefined, warn: Warn): Headers | undefined {
  if (raw === undefined) return undefined;
  const headers = new Map<string, { readonly name: string; readonly values: string[] }>();
  const pairs = pairsOf(raw, warn);
  if (pairs.length > MAX_HEADERS) {
    warn({ ...raw, written: CONCEALED }, `has more than ${MAX_HEADERS} headers; the rest is left out`);
  }
  for (const [name, value] of pairs.slice(0, MAX_HEADERS)) {
    const values = textsOf(value);
    const problem = headerProblem(name, values);
    if (problem !== undefined) {
      const shown = /^[\w.-]{1,100}$/.test(name) ? `${name}: ${CONCEALED}` : CONCEALED;
      warn({ ...raw, written: shown }, `${problem}; the header is left out`);
      continue;
    }
    // Consul would let the last spelling win, at random.
    const header = headers.get(name.toLowerCase()) ?? { name, values: [] };
    headers.set(name.toLowerCase(), header);
    header.values.push(...(values ?? []).map((text) => text.trim()));
  }
  if (headers.size === 0) return undefined;
  return Object.fromEntries([...headers.values()].map(({ name, values }) => [name, values]));
}

function pairsOf(raw: RawField, warn: Warn): readonly (readonly [name: string, value: unknown])[] {
  const { json = raw.text.startsWith('{') ? parsedObject(raw.text) : undefined } = raw;
  if (json !== undefined && !Array.isArray(json)) return Object.entries(json);
  if (json === undefined && !raw.text.startsWith('{')) {
    const lines = raw.text.split(/\r?\n/).filter((line) => line.trim() !== '');
    return lines.map((line) => {
      const colon = line.indexOf(':');
      return colon < 0 ? [line.trim(), undefined] : [line.slice(0, colon).trim(), line.slice(colon + 1)];
    });
  }
  warn({ ...raw, written: CONCEALED }, 'is neither a JSON object nor lines of `Name: value`; it is left out');
  return [];
}

function headerProblem(name: string, values: readonly string[] | undefined): string | undefined {
  if (values !== undefined && values.length > MAX_HEADERS) return `has more than ${MAX_HEADERS} values`;
  if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,256}$/.test(name)) return 'has a name that no header can have';
  if (values === undefined) return 'has no text as its value';
  return values.some((text) => /[^\t\P{Cc}]/u.test(text.trim())) ? 'has control characters' : undefined;
}

function textsOf(value: unknown): readonly string[] | undefined {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  const texts = list.filter((each) => ['string', 'number', 'boolean'].includes(typeof each));
  return texts.length === list.length && list.length > 0 ? texts.map(String) : undefined;
}

function parsedObject(text: string): object | undefined {
  try {
    return JSON.parse(text) as object;
  } catch {
    return undefined;
  }
}
