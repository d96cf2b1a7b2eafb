import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fileStore } from '../../../../src/adapters/files/file-store.ts';
import { createTempFolder } from '../../../support/temp-folder.ts';

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);
const hint = 'Its folder must be writable for the user that Portolan runs as: see --state-dir and --run-dir.';

describe('read', () => {
  it('gives the text of a file', async () => {
    const path = join(createTempFolder(), 'a');
    writeFileSync(path, 'ü\n');
    expect(await fileStore.read(path)).toBe('ü\n');
  });

  it.each(['a', 'no/such/folder/a'])('gives nothing for %s, which is not there', async (name) => {
    expect(await fileStore.read(join(createTempFolder(), name))).toBeUndefined();
  });

  it('says which file cannot be read, and why', async () => {
    const folder = createTempFolder();
    await expect(fileStore.read(folder)).rejects.toMatchObject({
      code: 'FILE_UNREADABLE',
      message: `cannot read ${folder}: EISDIR: illegal operation on a directory, read`,
      cause: { code: 'EISDIR' },
    });
  });
});

describe('write', () => {
  it('makes a file with its folders, for their owner alone', async () => {
    const folder = createTempFolder();
    const path = join(folder, 'b/c/a');
    await fileStore.write(path, 'ü\n');
    expect(readFileSync(path, 'utf8')).toBe('ü\n');
    expect([path, join(folder, 'b'), join(folder, 'b/c')].map(modeOf)).toEqual(['600', '700', '700']);
  });

  it('replaces a file with a new one, so that who reads the old one reads it whole', async () => {
    const folder = createTempFolder();
    const path = join(folder, 'a');
    writeFileSync(path, 'a longer text');
    chmodSync(path, 0o644);
    const before = statSync(path).ino;
    await fileStore.write(path, 'new');
    expect(readFileSync(path, 'utf8')).toBe('new');
    expect(modeOf(path)).toBe('600');
    expect(statSync(path).ino).not.toBe(before);
    expect(readdirSync(folder)).toEqual(['a']);
  });

  it('goes over what an interrupted write has left', async () => {
    const folder = createTempFolder();
    writeFileSync(join(folder, 'a.tmp'), 'half of a much longer text');
    await fileStore.write(join(folder, 'a'), 'new');
    expect(readFileSync(join(folder, 'a'), 'utf8')).toBe('new');
    expect(readdirSync(folder)).toEqual(['a']);
  });

  it('leaves everything as it was when it fails', async () => {
    const folder = createTempFolder();
    const path = join(folder, 'a');
    mkdirSync(path);
    writeFileSync(join(path, 'inside'), '');
    await expect(fileStore.write(path, 'new')).rejects.toMatchObject({
      code: 'FILE_UNWRITABLE',
      message: `cannot write ${path}: EISDIR: illegal operation on a directory, rename '${path}.tmp' -> '${path}'`,
      hint,
      cause: { code: 'EISDIR' },
    });
    expect(readdirSync(folder)).toEqual(['a']);
    expect(readdirSync(path)).toEqual(['inside']);
  });

  it('says that a folder is a file', async () => {
    const folder = createTempFolder();
    writeFileSync(join(folder, 'b'), '');
    await expect(fileStore.write(join(folder, 'b/a'), 'new')).rejects.toMatchObject({ code: 'FILE_UNWRITABLE', hint });
  });

  it('says that the disk is full', async () => {
    const folder = createTempFolder();
    // On this device every write fails so.
    symlinkSync('/dev/full', join(folder, 'a.tmp'));
    await expect(fileStore.write(join(folder, 'a'), 'new')).rejects.toMatchObject({
      code: 'FILE_UNWRITABLE',
      message: `cannot write ${join(folder, 'a')}: ENOSPC: no space left on device, write`,
      hint: 'The disk is full.',
    });
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('remove', () => {
  it('removes a file', async () => {
    const folder = createTempFolder();
    writeFileSync(join(folder, 'a'), '');
    writeFileSync(join(folder, 'b'), '');
    await fileStore.remove(join(folder, 'a'));
    expect(readdirSync(folder)).toEqual(['b']);
  });

  it('removes a folder with all that is in it', async () => {
    const folder = createTempFolder();
    await fileStore.write(join(folder, 'b/c/a'), 'x');
    await fileStore.remove(join(folder, 'b'));
    expect(readdirSync(folder)).toEqual([]);
  });

  it('does not mind what is not there', async () => {
    await expect(fileStore.remove(join(createTempFolder(), 'a'))).resolves.toBeUndefined();
  });

  it('says what cannot be removed', async () => {
    const folder = createTempFolder();
    writeFileSync(join(folder, 'b'), '');
    await expect(fileStore.remove(join(folder, 'b/a'))).rejects.toMatchObject({ code: 'FILE_UNWRITABLE', hint });
  });
});
