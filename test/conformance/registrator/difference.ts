import { isDeepStrictEqual } from 'node:util';
import type { Registered } from './registered.ts';

type ById = ReadonlyMap<string, Registered>;

const FIELDS = ['name', 'address', 'port', 'tags', 'meta', 'checks'] as const;

/** What Portolan registers otherwise than registrator did, in lines for people. */
export function difference(recorded: ById, replayed: ById): readonly string[] {
  const ids = [...new Set([...recorded.keys(), ...replayed.keys()])].toSorted();
  return ids.flatMap((id) => {
    const [old, own] = [recorded.get(id), replayed.get(id)];
    if (old === undefined) return [`${id}: registered by Portolan, but not by registrator: ${JSON.stringify(own)}`];
    if (own === undefined) return [`${id}: registered by registrator, but not by Portolan: ${JSON.stringify(old)}`];
    const different = FIELDS.filter((field) => !isDeepStrictEqual(old[field], own[field]));
    return different.flatMap((field) => [
      `${id}: ${field}`,
      `  registrator  ${JSON.stringify(old[field])}`,
      `  Portolan     ${JSON.stringify(own[field])}`,
    ]);
  });
}
