import * as z from 'zod';

/** A container as the engine lists it: enough to know whether it must be looked at. */
export interface ListedContainer {
  readonly id: string;
  readonly name: string;
  /** Docker's word: `running`, `exited`, …; empty where the engine does not say. */
  readonly state: string;
  /** Changes whenever something changes that `inspect` would show. */
  readonly fingerprint: string;
}

const listedSchema = z.object({
  Id: z.string().min(1),
  Names: z.array(z.string()).nullish(),
  State: z.string().default(''),
  Status: z.string().default(''),
  Ports: z.array(z.unknown()).nullish(),
  NetworkSettings: z.object({ Networks: z.record(z.string(), z.unknown()).nullish() }).nullish(),
});

/** The fields with which Docker begins an element. */
const BEGINNING = /^\{\s*"Id"\s*:\s*"([^"\\]+)"(?:\s*,\s*"Names"\s*:\s*\[\s*"([^"\\]*)")?/;

/**
 * One element of Docker's list, or its beginning: then of a container that is too long to be read at all. Throws a `ZodError` or
 * `SyntaxError` for anything else.
 */
export function parseListed(text: string, isWhole: boolean): ListedContainer {
  if (isWhole) return toListed(listedSchema.parse(JSON.parse(text)));
  const [, id, name = ''] = BEGINNING.exec(text) ?? [];
  if (id === undefined) throw new SyntaxError('a container of it is too long, and does not begin with its ID');
  return { id, name: name.replace(/^\//, ''), state: '', fingerprint: '' };
}

function toListed({ Id, Names, State, Status, Ports, NetworkSettings }: z.infer<typeof listedSchema>): ListedContainer {
  // The time in `Status` ("Up 5 minutes (healthy)", "Exited (137) 2 hours ago") always changes, so only the words in
  // brackets count.
  const notes = Status.match(/\([^)]*\)/g) ?? [];
  // The first is its own; the others are those by which other containers link to it.
  const name = (Names?.find((one) => one.lastIndexOf('/') === 0) ?? '').replace(/^\//, '');
  const fingerprint = JSON.stringify([Names, State, notes, Ports, NetworkSettings?.Networks]);
  return { id: Id, name, state: State, fingerprint };
}
