import { chmod, mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { geteuid } from 'node:process';
import { describe, expect, it } from 'vitest';
import { adminSocketIn, firstWritable, runFolders, stateFolders } from '../../../src/config/folders.ts';
import { createTempFolder } from '../../support/temp-folder.ts';

const ownTemp = `/tmp/portolan-${geteuid?.()}`;

describe('runFolders', () => {
  it.each([
    { what: 'the folder named, and no other', wanted: './run', own: '/run/user/7', folders: ['./run'] },
    {
      what: "the system's, the user's own, a temporary one",
      wanted: undefined,
      own: '/run/user/7',
      folders: ['/run/portolan', '/run/user/7/portolan', ownTemp],
    },
    {
      what: "no user's own where there is none",
      wanted: undefined,
      own: undefined,
      folders: ['/run/portolan', ownTemp],
    },
    {
      what: 'the usual ones where an empty name is given',
      wanted: '',
      own: undefined,
      folders: ['/run/portolan', ownTemp],
    },
    { what: "no user's own where it is empty", wanted: undefined, own: '', folders: ['/run/portolan', ownTemp] },
  ])('are $what', ({ wanted, own, folders }) => {
    expect(runFolders({ wanted, environment: { XDG_RUNTIME_DIR: own, XDG_STATE_HOME: '/other' } })).toEqual(folders);
  });
});

describe('stateFolders', () => {
  it.each([
    { what: 'the folder named, and no other', wanted: './state', own: '/home/a/.state', folders: ['./state'] },
    {
      what: "the system's, the user's own",
      wanted: undefined,
      own: '/home/a/.state',
      folders: ['/var/lib/portolan', '/home/a/.state/portolan'],
    },
    {
      what: "the system's alone where there is no user's own",
      wanted: undefined,
      own: undefined,
      folders: ['/var/lib/portolan'],
    },
    { what: "the system's alone where that is empty", wanted: undefined, own: '', folders: ['/var/lib/portolan'] },
  ])('are $what', ({ wanted, own, folders }) => {
    expect(stateFolders({ wanted, environment: { XDG_STATE_HOME: own, XDG_RUNTIME_DIR: '/other' } })).toEqual(folders);
  });
});

describe('firstWritable', () => {
  it('makes the first folder, with those above it, for others to look into', async () => {
    const root = createTempFolder();
    const [first, second] = [join(root, 'a/b'), join(root, 'c')];
    expect(firstWritable([first, second])).toBe(first);
    expect(((await stat(first)).mode & 0o777).toString(8)).toBe('755');
    await expect(stat(second)).rejects.toThrow('ENOENT');
  });

  it('takes a folder that exists as it is', async () => {
    const root = createTempFolder();
    await chmod(root, 0o700);
    expect(firstWritable([root])).toBe(root);
    expect(((await stat(root)).mode & 0o777).toString(8)).toBe('700');
  });

  it('passes over a file, what lies below a file, and no name at all', async () => {
    const root = createTempFolder();
    const file = join(root, 'file');
    await writeFile(file, '');
    expect(firstWritable([file, join(file, 'x'), '', root])).toBe(root);
  });

  it('finds none among none', () => {
    expect(firstWritable([])).toBeUndefined();
  });

  // Root may write everywhere, so there is nothing to see for it.
  it.skipIf(geteuid?.() === 0)('passes over a folder that may not be written', async () => {
    const root = createTempFolder();
    await chmod(root, 0o500);
    expect(firstWritable([root])).toBeUndefined();
  });
});

describe('adminSocketIn', () => {
  it('is in the first folder that has one', async () => {
    const root = createTempFolder();
    const folders = ['a', 'b', 'c'].map((name) => join(root, name));
    for (const folder of folders) await mkdir(folder);
    for (const name of ['b', 'c']) await writeFile(join(root, name, 'admin.sock'), '');
    expect(adminSocketIn(folders)).toBe(join(root, 'b/admin.sock'));
  });

  it('would be in the first folder where none has one', async () => {
    const root = createTempFolder();
    expect(adminSocketIn([join(root, 'a'), join(root, 'b')])).toBe(join(root, 'a/admin.sock'));
  });

  it('would be in the usual folder where there is none', () => {
    expect(adminSocketIn([])).toBe('/run/portolan/admin.sock');
  });
});
