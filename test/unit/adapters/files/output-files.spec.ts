import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { getgid, getuid } from 'node:process';
import { describe, expect, it } from 'vitest';
import { outputFiles } from '../../../../src/adapters/files/output-files.ts';
import type { OutputFile } from '../../../../src/rendering/runner-contracts.ts';
import { createTempFolder } from '../../../support/temp-folder.ts';

const text = (content: string): Uint8Array => Buffer.from(content);
const modeOf = (path: string): number => statSync(path).mode & 0o7777;

function output(destination: string, over: Partial<OutputFile> = {}): OutputFile {
  const plain = { createFolders: true, permissions: undefined, user: undefined, group: undefined, backup: false };
  return { destination, ...plain, ...over };
}

async function write(file: OutputFile, content: string): Promise<void> {
  await (await outputFiles.stage(file, text(content))).commit();
}

describe('stage', () => {
  it('writes beside the destination, which is as it was until the commit', async () => {
    const path = join(createTempFolder(), 'a');
    writeFileSync(path, 'old');
    const staged = await outputFiles.stage(output(path), text('new'));
    expect(staged.path).toMatch(/\/\.a\.[\da-f]{8}\.tmp$/);
    expect([readFileSync(path, 'utf8'), readFileSync(staged.path, 'utf8')]).toEqual(['old', 'new']);
    await staged.commit();
    expect(readFileSync(path, 'utf8')).toBe('new');
    expect(existsSync(staged.path)).toBe(false);
  });

  it('leaves nothing behind when it is discarded', async () => {
    const folder = createTempFolder();
    await (await outputFiles.stage(output(join(folder, 'a')), text('new'))).discard();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('writes bytes as they are', async () => {
    const path = join(createTempFolder(), 'a');
    await (await outputFiles.stage(output(path), Uint8Array.of(0xff, 0))).commit();
    expect([...readFileSync(path)]).toEqual([0xff, 0]);
  });

  it('makes missing folders', async () => {
    const folder = createTempFolder();
    await write(output(join(folder, 'b/c/a')), 'new');
    expect(readFileSync(join(folder, 'b/c/a'), 'utf8')).toBe('new');
  });

  it('refuses a missing folder where it is not to be made', async () => {
    const path = join(createTempFolder(), 'b/a');
    await expect(write(output(path, { createFolders: false }), 'new')).rejects.toMatchObject({
      code: 'FILE_UNWRITABLE',
      hint: 'Its folder does not exist, and create_dest_dirs is off.',
    });
  });

  it.each([
    { rule: '0644 for a new file', over: {}, old: undefined, mode: 0o644 },
    { rule: 'those of the old file', over: {}, old: 0o640, mode: 0o640 },
    { rule: 'those that are wanted', over: { permissions: 0o600 }, old: 0o640, mode: 0o600 },
  ])('gives permissions: $rule', async ({ over, old, mode }) => {
    const path = join(createTempFolder(), 'a');
    if (old !== undefined) {
      writeFileSync(path, 'old');
      chmodSync(path, old);
    }
    await write(output(path, over), 'new');
    expect(modeOf(path)).toBe(mode);
  });

  it('keeps one backup, with its permissions, where there was a file', async () => {
    const path = join(createTempFolder(), 'a');
    const file = output(path, { backup: true });
    await write(file, 'one');
    expect(existsSync(`${path}.bak`)).toBe(false);
    chmodSync(path, 0o600);
    await write(file, 'two');
    await write(file, 'three');
    expect(readFileSync(`${path}.bak`, 'utf8')).toBe('two');
    expect(modeOf(`${path}.bak`)).toBe(0o600);
  });

  it('takes an owner by name or number, and names one that is not there', async () => {
    const path = join(createTempFolder(), 'a');
    await write(output(path, { user: String(getuid?.()), group: String(getgid?.()) }), 'new');
    expect([statSync(path).uid, statSync(path).gid]).toEqual([getuid?.(), getgid?.()]);
    await expect(write(output(path, { group: 'no-such-group' }), 'new')).rejects.toMatchObject({
      code: 'FILE_UNWRITABLE',
      message: 'there is no group "no-such-group" on this machine',
    });
    expect(readdirSync(join(path, '..'))).toEqual(['a']);
  });

  it('says which file it cannot write, and leaves nothing behind', async () => {
    const folder = createTempFolder();
    mkdirSync(join(folder, 'a/b'), { recursive: true });
    const staged = await outputFiles.stage(output(join(folder, 'a')), text('new'));
    await expect(staged.commit()).rejects.toMatchObject({
      code: 'FILE_UNWRITABLE',
      message: expect.stringContaining(`cannot write ${folder}/a: `) as string,
    });
    await staged.discard();
    expect(readdirSync(folder)).toEqual(['a']);
  });
});

describe('isCurrent', () => {
  it.each([
    { rule: 'the same text', held: 'a', over: {}, is: true },
    { rule: 'another text', held: 'b', over: {}, is: false },
    { rule: 'no file', held: undefined, over: {}, is: false },
    { rule: 'the same text of the wanted owner', held: 'a', over: { user: String(getuid?.()) }, is: true },
    { rule: 'the same text of another owner', held: 'a', over: { user: '12345' }, is: false },
    { rule: 'the same text of another group', held: 'a', over: { group: '12345' }, is: false },
  ])('knows $rule', async ({ held, over, is }) => {
    const path = join(createTempFolder(), 'a');
    if (held !== undefined) writeFileSync(path, held);
    expect(await outputFiles.isCurrent(output(path, over), text('a'))).toBe(is);
  });

  it('refuses a folder', async () => {
    await expect(outputFiles.isCurrent(output(createTempFolder()), text('a'))).rejects.toMatchObject({
      code: 'FILE_UNREADABLE',
    });
  });
});
