// For answers with thousands of entries of which little is looked at and less is kept: a schema would copy all of them.

export type Fields = Readonly<Record<string, unknown>>;

/** Consul says `null` for an empty list. Throws for what is none. */
export function listOf(answer: unknown): readonly unknown[] {
  if (answer === undefined || answer === null) return [];
  if (!Array.isArray(answer)) throw new Error('Invalid input: expected array');
  return answer;
}

/** `place` is for the message of what is thrown. */
export function fieldsOf(value: unknown, place: string | number): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields;
  throw new Error(`Invalid input: expected object at ${place}`);
}

/** Throws when there is another value, or none and no `fallback`. */
export function textOf(fields: Fields, name: string, place: string | number, fallback?: string): string {
  const value = fields[name] === undefined ? fallback : fields[name];
  if (typeof value === 'string') return value;
  throw new Error(`Invalid input: expected string at ${place}.${name}`);
}

/** 0 where there is none. Throws for another value. */
export function indexOf(fields: Fields, name: string, place: string | number): number {
  const value = fields[name] ?? 0;
  if (typeof value === 'number') return value;
  throw new Error(`Invalid input: expected number at ${place}.${name}`);
}
