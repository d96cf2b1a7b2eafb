import * as z from 'zod';

// Keys are whatever somebody registered: zod's own records leave out the key `__proto__`.

/** An object of texts, as it came. */
export const textsSchema = z.custom<Readonly<Record<string, string>>>(
  (value) => isObject(value) && Object.values(value).every((text) => typeof text === 'string'),
  'Invalid input: expected an object of texts',
);

/** An object whose values are all of one kind. */
export function recordSchema<T>(value: z.ZodType<T>) {
  const entries = z.array(z.tuple([z.string(), value]));
  return z
    .custom<object>(isObject, 'Invalid input: expected an object')
    .transform((raw): readonly unknown[] => Object.entries(raw))
    .pipe(entries)
    .transform((pairs): Readonly<Record<string, T>> => Object.fromEntries(pairs));
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
