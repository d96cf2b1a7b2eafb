import { rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { consulSettings } from '../../../src/config/consul-environment.ts';
import { TerminalError } from '../../../src/lib/errors.ts';
import { createTempFolder } from '../../support/temp-folder.ts';

/** The settings, with the token of now. */
function settings(environment: Record<string, string>) {
  const { token, ...rest } = consulSettings(environment);
  return { token: token(), ...rest };
}

describe('consulSettings', () => {
  it('speaks plainly and without a token unless told otherwise', () => {
    expect(settings({})).toStrictEqual({ token: undefined, isTls: false, tls: { verify: true } });
  });

  it('takes empty variables for unset', () => {
    const names = ['HTTP_TOKEN', 'HTTP_TOKEN_FILE', 'HTTP_SSL', 'HTTP_SSL_VERIFY', 'TLS_SERVER_NAME', 'CACERT'];
    const empty = Object.fromEntries([...names, 'CLIENT_CERT', 'CLIENT_KEY'].map((name) => [`CONSUL_${name}`, '']));
    expect(settings(empty)).toStrictEqual(settings({}));
  });

  it('reads certificates, the key, the server name and the token', async () => {
    const folder = createTempFolder();
    for (const name of ['ca.pem', 'cert.pem', 'key.pem']) await writeFile(join(folder, name), `text of ${name}\n`);
    const environment = {
      CONSUL_CACERT: join(folder, 'ca.pem'),
      CONSUL_CLIENT_CERT: join(folder, 'cert.pem'),
      CONSUL_CLIENT_KEY: join(folder, 'key.pem'),
      CONSUL_TLS_SERVER_NAME: 'server.dc1.consul',
      CONSUL_HTTP_SSL: 'true',
      CONSUL_HTTP_SSL_VERIFY: 'false',
      CONSUL_HTTP_TOKEN: 'secret',
    };
    expect(settings(environment)).toStrictEqual({
      token: 'secret',
      isTls: true,
      tls: {
        verify: false,
        ca: 'text of ca.pem\n',
        cert: 'text of cert.pem\n',
        key: 'text of key.pem\n',
        serverName: 'server.dc1.consul',
      },
    });
  });

  // What Go's `strconv.ParseBool` takes; nothing else counts.
  it.each([
    { words: ['1', 't', 'T', 'true', 'TRUE', 'True'], isTls: true, verify: true },
    { words: ['0', 'f', 'F', 'false', 'FALSE', 'False'], isTls: false, verify: false },
    { words: ['yes', 'no', 'on', ' true', '01'], isTls: false, verify: true },
  ])('understands $words for switches', ({ words, isTls, verify }) => {
    for (const word of words) {
      expect(settings({ CONSUL_HTTP_SSL: word, CONSUL_HTTP_SSL_VERIFY: word })).toStrictEqual({
        token: undefined,
        isTls,
        tls: { verify },
      });
    }
  });

  it.each(['CONSUL_CACERT', 'CONSUL_CLIENT_CERT', 'CONSUL_CLIENT_KEY'])(
    'ends at once when the file of %s cannot be read',
    async (variable) => {
      const path = join(createTempFolder(), 'missing.pem');
      const read = () => consulSettings({ [variable]: path });
      expect(read).toThrow(TerminalError);
      expect(read).toThrow(
        expect.objectContaining({
          code: 'FILE_UNREADABLE',
          message: `${variable}: cannot read ${path}: ENOENT: no such file or directory, open '${path}'`,
          cause: expect.objectContaining({ code: 'ENOENT' }),
        }),
      );
    },
  );
});

describe('the token', () => {
  /** A file for the token, each text with a time of its own, as the clock of a file system is coarse. */
  async function aTokenFile() {
    const path = join(createTempFolder(), 'token');
    let second = 1_000;
    const write = async (text: string) => {
      await writeFile(path, text);
      second += 1;
      await utimes(path, second, second);
    };
    return { path, write };
  }

  it('is that of the file before that of the variable, without the blanks around it', async () => {
    const { path, write } = await aTokenFile();
    await write(' from-file\n');
    expect(settings({ CONSUL_HTTP_TOKEN_FILE: path, CONSUL_HTTP_TOKEN: 'fixed' }).token).toBe('from-file');
  });

  it('follows the file', async () => {
    const { path, write } = await aTokenFile();
    const { token } = consulSettings({ CONSUL_HTTP_TOKEN_FILE: path, CONSUL_HTTP_TOKEN: 'fixed' });
    const tokens = [token()];
    for (const text of ['first\n', 'second\n', ' \n', 'third']) {
      await write(text);
      tokens.push(token());
    }
    expect(tokens).toEqual(['fixed', 'first', 'second', 'fixed', 'third']);
  });

  it('stays the last one while the file is away', async () => {
    const { path, write } = await aTokenFile();
    await write('first');
    const { token } = consulSettings({ CONSUL_HTTP_TOKEN_FILE: path });
    const before = token();
    await rm(path);
    expect([before, token()]).toEqual(['first', 'first']);
  });

  it('is not read from the file again when the file did not change', async () => {
    const { path, write } = await aTokenFile();
    await write('first');
    const { token } = consulSettings({ CONSUL_HTTP_TOKEN_FILE: path });
    token();
    await writeFile(path, 'other');
    await utimes(path, 1_001, 1_001);
    expect(token()).toBe('first');
  });
});
