import { rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { consulToken } from '../../../src/config/consul-token.ts';
import { createRecordingLog, type RecordingLog } from '../../support/recording-log.ts';
import { createTempFolder } from '../../support/temp-folder.ts';

let path: string;
let second: number;
let log: RecordingLog;

beforeEach(() => {
  path = join(createTempFolder(), 'token');
  second = 1_000;
  log = createRecordingLog();
});

/** Each text with a time of its own, as the clock of a file system is coarse. */
async function write(text: string): Promise<void> {
  await writeFile(path, text);
  second += 1;
  await utimes(path, second, second);
}

const reader = (fixed = '') => consulToken({ CONSUL_HTTP_TOKEN_FILE: path, CONSUL_HTTP_TOKEN: fixed }, log);

describe('consulToken', () => {
  it.each([
    { environment: {}, token: undefined },
    { environment: { CONSUL_HTTP_TOKEN: '' }, token: undefined },
    { environment: { CONSUL_HTTP_TOKEN: 'fixed', CONSUL_HTTP_TOKEN_FILE: '' }, token: 'fixed' },
  ])('is $token for $environment', ({ environment, token }) => {
    expect(consulToken(environment)()).toBe(token);
  });

  it('is that of the file before that of the variable, without the blanks around it', async () => {
    await write(' from-file\n');
    expect(reader('fixed')()).toBe('from-file');
    expect(log.lines).toEqual([]);
  });

  it('follows the file, and keeps the last token while it is empty or away', async () => {
    const token = reader('fixed');
    const tokens = [token()];
    for (const text of ['first\n', 'second\n', ' \n', 'third']) {
      await write(text);
      tokens.push(token());
    }
    await rm(path);
    tokens.push(token());
    expect(tokens).toEqual(['fixed', 'first', 'second', 'second', 'third', 'third']);
  });

  it('follows a file that is replaced by another of the same time', async () => {
    await write('first');
    const token = reader();
    const before = token();
    await rm(path);
    await writeFile(path, 'second');
    await utimes(path, second, second);
    expect([before, token()]).toEqual(['first', 'second']);
  });

  it('is not read from the file again when the file did not change', async () => {
    await write('first');
    const token = reader();
    token();
    await writeFile(path, 'other');
    await utimes(path, second, second);
    expect(token()).toBe('first');
  });
});

describe('the trouble with a token file', () => {
  const warned = (error: string, instead: string) => ({
    level: 'warn',
    message: 'cannot read the ACL token; looking again with each request',
    facts: { variable: 'CONSUL_HTTP_TOKEN_FILE', path, error, instead },
  });
  const recovered = () => ({ level: 'info', message: 'the file of the ACL token can be read again', facts: { path } });
  const missing = () => `ENOENT: no such file or directory, stat '${path}'`;

  it('is said once, and once that it is over', async () => {
    const token = reader();
    for (let times = 0; times < 3; times++) token();
    expect(log.lines).toEqual([warned(missing(), 'no token')]);
    await write('first');
    for (let times = 0; times < 3; times++) token();
    expect(log.lines).toEqual([warned(missing(), 'no token'), recovered()]);
  });

  it('says which token counts meanwhile', async () => {
    const token = reader('fixed');
    token();
    await write('first');
    token();
    await write('');
    token();
    expect(log.lines).toEqual([
      warned(missing(), 'CONSUL_HTTP_TOKEN'),
      recovered(),
      warned('the file is empty', 'its last token'),
    ]);
  });
});
