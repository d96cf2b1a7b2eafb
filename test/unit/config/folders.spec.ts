import { existsSync } from 'node:fs';
import { chmod, chown, mkdir, stat, symlink, writeFile } from 'node:fs/promises';
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

  it('makes those above it with the same rights', async () => {
    const root = createTempFolder();
    firstWritable([join(root, 'a/b/c')]);
    const modes = await Promise.all(['a', 'a/b', 'a/b/c'].map(async (name) => (await stat(join(root, name))).mode));
    expect(modes.map((mode) => (mode & 0o777).toString(8))).toEqual(['755', '755', '755']);
  });

  // Node's own way to make folders never comes back from there.
  it.each(['/proc/portolan-spec', '/proc/portolan-spec/run'])('passes over %s, where nothing can be made', (folder) => {
    const root = createTempFolder();
    expect(firstWritable([folder, root])).toBe(root);
  });

  it.each([
    { mode: 0o775, who: 'its group' },
    { mode: 0o757, who: 'anybody' },
    { mode: 0o1777, who: 'anybody, though nobody can take away what is there' },
  ])('passes over a folder below /tmp to which $who may write', async ({ mode }) => {
    const root = createTempFolder('/tmp');
    const [open, own] = [join(root, 'open'), join(root, 'own')];
    await mkdir(open);
    await chmod(open, mode);
    expect(firstWritable([open, own])).toBe(own);
  });

  it('passes over a link below /tmp, though it leads to a folder of ours', async () => {
    const root = createTempFolder('/tmp');
    const [target, link, own] = [join(root, 'target'), join(root, 'link'), join(root, 'own')];
    await mkdir(target);
    await symlink(target, link);
    expect(firstWritable([link, own])).toBe(own);
  });

  // Only root can give a folder away, and may still write to it.
  it.runIf(geteuid?.() === 0)('passes over a folder below /tmp that another user has made', async () => {
    const root = createTempFolder('/tmp');
    const [theirs, own] = [join(root, 'theirs'), join(root, 'own')];
    await mkdir(theirs);
    await chown(theirs, 65_534, 65_534);
    expect(firstWritable([theirs, own])).toBe(own);
  });

  // /tmp alone belongs to everybody; /dev/shm is another place where a spec may write.
  it.runIf(existsSync('/dev/shm'))('takes such a folder elsewhere, where the operator knows why', async () => {
    const root = createTempFolder('/dev/shm');
    const [target, link] = [join(root, 'target'), join(root, 'link')];
    await mkdir(target);
    await chmod(target, 0o777);
    await symlink(target, link);
    expect([firstWritable([target]), firstWritable([link])]).toEqual([target, link]);
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
