/** A number of more digits than a double keeps for sure. */
const LARGE_FLAGS = /"Flags":\s*\d{16}/;

/**
 * JSON of Consul, where the flags of a key are 64 bits wide: those of 16 digits and more become the text of the number.
 * All other values are as `JSON.parse` has them. Throws its `SyntaxError`.
 */
export function parseExactJson(text: string): unknown {
  return LARGE_FLAGS.test(text) ? JSON.parse(text, exactFlags) : JSON.parse(text);
}

function exactFlags(key: string, value: unknown, { source = '' }: { readonly source?: string } = {}): unknown {
  return key === 'Flags' && typeof value === 'number' && /^\d{16,}$/.test(source) ? source : value;
}
