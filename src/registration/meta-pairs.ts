import type { Metadata, Warning } from './metadata.ts';
import { isSecret, isVocabulary } from './vocabulary.ts';

/** Consul takes 64 pairs, and two are Portolan's own. */
const MAX_PAIRS = 62;
const MAX_KEY_LENGTH = 128;
const MAX_VALUE_BYTES = 512;

/**
 * The user's own pairs, by key: every setting that is not vocabulary or secret. What Consul would refuse is dropped
 * alone, since otherwise it refuses the whole service.
 *
 * Source of the limits: hashicorp/consul, `structs.ValidateServiceMetadata` (1.8.7, measured).
 */
export function metaPairs(metadata: Metadata): {
  readonly meta: Readonly<Record<string, string>>;
  readonly warnings: readonly Warning[];
} {
  const pairs: [string, string][] = [];
  const warnings: Warning[] = [];
  for (const [key, { value, label }] of [...metadata].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    if (isVocabulary(key) || isSecret(key)) continue;
    const problem =
      pairs.length >= MAX_PAIRS ? `is beyond the ${MAX_PAIRS} pairs that Consul has room for` : refusal(key, value);
    if (problem === undefined) pairs.push([key, value]);
    else warnings.push({ label, value, problem: `${problem}; the pair is left out` });
  }
  return { meta: Object.fromEntries(pairs), warnings };
}

function refusal(key: string, value: string): string | undefined {
  if (!/^[a-z0-9_-]+$/.test(key)) return 'is no Meta key: only letters, digits, _ and - are';
  if (key.length > MAX_KEY_LENGTH) return `is longer than the ${MAX_KEY_LENGTH} characters of a Meta key`;
  if (key.startsWith('consul-')) return 'begins with consul-, which Consul keeps for itself';
  if (key.startsWith('portolan-')) return 'begins with portolan-, which Portolan keeps for itself';
  // Readers of JSON in JavaScript drop this key, ours too: the service would look changed for ever.
  if (key === '__proto__') return 'is a name that JavaScript keeps for itself';
  if (new TextEncoder().encode(value).length > MAX_VALUE_BYTES)
    return `has more than the ${MAX_VALUE_BYTES} bytes of a Meta value`;
  return undefined;
}
