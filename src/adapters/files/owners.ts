import { readFile } from 'node:fs/promises';
import { PortolanError } from '../../lib/errors.ts';

/** Numbers of a user and a group; `undefined` where none is wanted. */
export interface Owner {
  readonly uid: number | undefined;
  readonly gid: number | undefined;
}

/** Finds the numbers of names; numbers are taken as they are. Throws `FILE_UNWRITABLE` for a name that nobody has. */
export async function findOwner(user: string | undefined, group: string | undefined): Promise<Owner> {
  const [uid, gid] = await Promise.all([numberOf('user', user), numberOf('group', group)]);
  return { uid, gid };
}

const LISTS = { user: '/etc/passwd', group: '/etc/group' } as const;

async function numberOf(kind: keyof typeof LISTS, name: string | undefined): Promise<number | undefined> {
  if (name === undefined || name === '') return undefined;
  if (/^\d+$/.test(name)) return Number(name);
  const lines = (await readFile(LISTS[kind], 'utf8').catch(() => '')).split('\n').map((line) => line.split(':'));
  const found = lines.find(([first]) => first === name)?.[2];
  if (found !== undefined) return Number(found);
  throw new PortolanError('FILE_UNWRITABLE', `there is no ${kind} ${JSON.stringify(name)} on this machine`, {
    hint: `Give the number, or add it to ${LISTS[kind]}.`,
  });
}
