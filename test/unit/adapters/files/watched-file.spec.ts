import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFileSource } from '../../../../src/adapters/files/watched-file.ts';
import type { QuerySource } from '../../../../src/rendering/contracts.ts';
import { createFakeClock, type FakeClock } from '../../../support/fake-clock.ts';
import { createTempFolder } from '../../../support/temp-folder.ts';
import { until } from '../../../support/until.ts';

let folder: string;
let path: string;
let clock: FakeClock;
let source: QuerySource;
let changes: number;
let ending: AbortController;
let following: Promise<void>;

beforeEach(() => {
  folder = createTempFolder();
  path = join(folder, 'x');
  clock = createFakeClock();
  source = createFileSource(clock);
  changes = 0;
  ending = new AbortController();
  following = source.follow(() => (changes += 1), ending.signal);
});

afterEach(async () => {
  ending.abort();
  await following;
});

function want(over: { readonly path?: string; readonly sandbox?: string } = {}): void {
  source.want([{ text: 'file', query: { kind: 'file', path, ...over } }]);
}

/** The content, or why there is none. */
function content(): string {
  const reading = source.read('file');
  if (reading.kind === 'known') return Buffer.from(reading.answer as Uint8Array).toString('latin1');
  return reading.kind === 'failed' ? reading.error.message : 'pending';
}

async function becomes(expected: string): Promise<void> {
  await until(expected, async () => {
    await clock.advance(0);
    return content() === expected;
  });
}

describe('a file', () => {
  it('is read at once, byte by byte', async () => {
    writeFileSync(path, Buffer.from([0x61, 0xff, 0x0a]));
    expect(content()).toBe('pending');
    want();
    await becomes('a\xff\n');
    await until('it is told', () => changes === 1);
  });

  it('is looked at every 2 s', async () => {
    writeFileSync(path, 'a');
    want();
    await becomes('a');
    writeFileSync(path, 'changed');
    await clock.advance(1_900);
    expect(content()).toBe('a');
    await clock.advance(100);
    await becomes('changed');
    await until('it is told', () => changes === 2);
  });

  it('that is missing fails with the words of Go, until it is there', async () => {
    want();
    await becomes(`file(${path}): stat ${path}: no such file or directory`);
    writeFileSync(path, 'a');
    await clock.advance(2_000);
    await becomes('a');
    rmSync(path);
    await clock.advance(2_000);
    await becomes(`file(${path}): stat ${path}: no such file or directory`);
  });

  it('that is a folder fails', async () => {
    want({ path: folder });
    await becomes(`file(${folder}): read ${folder}: is a directory`);
  });

  it('that is a pipe fails, and holds nobody', async () => {
    execFileSync('mkfifo', [path]);
    want();
    await becomes(`file(${path}): read ${path}: is neither a file nor a folder`);
  });

  it('that is larger than 64 MiB fails', async () => {
    writeFileSync(path, '');
    truncateSync(path, 64 * 2 ** 20 + 1);
    want();
    await becomes(`file(${path}): read ${path}: has more than 67108864 bytes`);
  });

  it('is forgotten when it is no longer wanted', async () => {
    writeFileSync(path, 'a');
    want();
    await becomes('a');
    source.want([]);
    expect(content()).toBe('pending');
  });
});

describe('a sandbox', () => {
  it('holds files and links within it', async () => {
    mkdirSync(join(folder, 'in'));
    writeFileSync(path, 'a');
    symlinkSync(path, join(folder, 'in/link'));
    want({ path: join(folder, 'in/link'), sandbox: folder });
    await becomes('a');
  });

  it('may be named by a link, and hold names that begin with two dots', async () => {
    mkdirSync(join(folder, 'in'));
    symlinkSync(join(folder, 'in'), join(folder, 'link'));
    writeFileSync(join(folder, 'in/..x'), 'a');
    want({ path: join(folder, 'in/..x'), sandbox: join(folder, 'link') });
    await becomes('a');
  });

  it.each([
    ['a file outside', '../x'],
    ['a link to a file outside', 'link'],
  ])('refuses %s', async (_, name) => {
    const inside = join(folder, 'in');
    mkdirSync(inside);
    writeFileSync(path, 'a');
    symlinkSync(path, join(inside, 'link'));
    want({ path: `${inside}/${name}`, sandbox: inside });
    await becomes(`'${inside}/${name}' is outside of sandbox`);
  });

  it('cannot follow what is missing', async () => {
    want({ sandbox: folder });
    await becomes(`lstat ${path}: no such file or directory`);
  });
});
