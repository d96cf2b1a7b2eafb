import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { consulSettings } from '../../../src/config/consul-environment.ts';
import { createAuthority } from '../../support/certificates.ts';
import { createRecordingLog } from '../../support/recording-log.ts';
import { createTempFolder } from '../../support/temp-folder.ts';

/** The settings, with the token and the certificates of now. */
function settings(environment: Record<string, string>) {
  const { token, tls, ...rest } = consulSettings(environment);
  return { token: token(), tls: tls(), ...rest };
}

describe('consulSettings', () => {
  it('speaks plainly and without a token unless told otherwise', () => {
    expect(settings({})).toStrictEqual({ token: undefined, isTls: false, tls: { verify: true } });
  });

  it('takes empty variables for unset', () => {
    const names = ['HTTP_TOKEN', 'HTTP_TOKEN_FILE', 'HTTP_SSL', 'HTTP_SSL_VERIFY', 'HTTP_AUTH', 'TLS_SERVER_NAME'];
    const more = ['CACERT', 'CAPATH', 'CLIENT_CERT', 'CLIENT_KEY', 'NAMESPACE', 'PARTITION'];
    const empty = Object.fromEntries([...names, ...more].map((name) => [`CONSUL_${name}`, '']));
    expect(settings(empty)).toStrictEqual(settings({}));
  });

  it('reads all of it', async () => {
    const folder = createTempFolder();
    const authority = createAuthority();
    const client = authority.issue();
    const files = { 'ca.pem': authority.cert, 'cert.pem': client.cert, 'key.pem': client.key };
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
    const environment = {
      CONSUL_CACERT: join(folder, 'ca.pem'),
      CONSUL_CLIENT_CERT: join(folder, 'cert.pem'),
      CONSUL_CLIENT_KEY: join(folder, 'key.pem'),
      CONSUL_TLS_SERVER_NAME: 'server.dc1.consul',
      CONSUL_HTTP_SSL: 'true',
      CONSUL_HTTP_SSL_VERIFY: 'false',
      CONSUL_HTTP_TOKEN: 'secret',
      CONSUL_HTTP_AUTH: 'user:pass:word',
      CONSUL_NAMESPACE: 'team',
      CONSUL_PARTITION: 'p1',
    };
    expect(settings(environment)).toStrictEqual({
      token: 'secret',
      isTls: true,
      tls: { verify: false, ca: authority.cert, ...client, serverName: 'server.dc1.consul' },
      basicAuth: 'user:pass:word',
      namespace: 'team',
      partition: 'p1',
    });
  });

  it('takes a user without a password', () => {
    expect(settings({ CONSUL_HTTP_AUTH: 'user' }).basicAuth).toBe('user:');
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

  it('says what is wrong with the token file in the log that it is given', () => {
    const log = createRecordingLog();
    consulSettings({ CONSUL_HTTP_TOKEN_FILE: join(createTempFolder(), 'token') }, log).token();
    expect(log.messages()).toEqual(['cannot read the ACL token; looking again with each request']);
  });
});
