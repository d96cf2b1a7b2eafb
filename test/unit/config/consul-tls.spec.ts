import { createPrivateKey } from 'node:crypto';
import { mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { consulTls } from '../../../src/config/consul-tls.ts';
import { TerminalError } from '../../../src/lib/errors.ts';
import { createAuthority } from '../../support/certificates.ts';
import { createRecordingLog } from '../../support/recording-log.ts';
import { createTempFolder } from '../../support/temp-folder.ts';

const authority = createAuthority('One');
const other = createAuthority('Other');
const client = authority.issue();
const next = authority.issue();

let folder: string;
let second: number;

beforeEach(() => {
  folder = createTempFolder();
  second = 1_000;
});

/** Gives the path. Each text has a time of its own, as the clock of a file system is coarse. */
function write(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  second += 1;
  utimesSync(path, second, second);
  return path;
}

function pair({ cert, key } = client) {
  return { CONSUL_CLIENT_CERT: write('cert.pem', cert), CONSUL_CLIENT_KEY: write('key.pem', key) };
}

describe('consulTls', () => {
  it('takes a file with several authorities', () => {
    const both = `A comment.\n${authority.cert}\n${other.cert}`;
    expect(consulTls({ CONSUL_CACERT: write('ca.pem', both) })()).toStrictEqual({ verify: true, ca: both });
  });

  it('takes all files of a folder, without hidden ones and folders', () => {
    for (const [name, text] of [
      ['b.crt', other.cert],
      ['a.pem', authority.cert],
      ['.hidden', 'nothing'],
    ] as const) {
      write(name, text);
    }
    mkdirSync(join(folder, 'folder'));
    expect(consulTls({ CONSUL_CAPATH: folder })()).toStrictEqual({
      verify: true,
      ca: `${authority.cert}\n${other.cert}`,
    });
  });

  it('takes the file before the folder', () => {
    const file = join(createTempFolder(), 'ca.pem');
    writeFileSync(file, authority.cert);
    write('b.pem', other.cert);
    expect(consulTls({ CONSUL_CACERT: file, CONSUL_CAPATH: folder })().ca).toBe(authority.cert);
  });

  it('takes a key in an older format', () => {
    const { cert } = client;
    const key = createPrivateKey(client.key).export({ type: 'sec1', format: 'pem' }) as string;
    expect(consulTls(pair({ cert, key }))()).toStrictEqual({ verify: true, cert, key });
  });
});

describe('what cannot be used ends the start at once', () => {
  const none = "ENOENT: no such file or directory, open '$'";
  const noLine = 'there is no line BEGIN CERTIFICATE';
  const broken = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';

  it.each<{ rule: string; environment: () => Record<string, string>; says: (place: string) => string | RegExp }>([
    {
      rule: 'a missing file',
      environment: () => ({ CONSUL_CACERT: join(folder, 'x.pem') }),
      says: (place) => `CONSUL_CACERT: cannot read ${place}/x.pem: ${none.replace('$', `${place}/x.pem`)}`,
    },
    {
      rule: 'a missing folder',
      environment: () => ({ CONSUL_CAPATH: join(folder, 'x') }),
      says: (place) => `CONSUL_CAPATH: cannot read ${place}/x: ENOENT: no such file or directory, scandir '${place}/x'`,
    },
    {
      rule: 'an empty folder',
      environment: () => ({ CONSUL_CAPATH: folder }),
      says: (place) => `CONSUL_CAPATH: there is no file in ${place}`,
    },
    {
      rule: 'a file that is no PEM',
      environment: () => ({ CONSUL_CACERT: write('ca.pem', 'text') }),
      says: (place) => `CONSUL_CACERT: ${place}/ca.pem holds no certificate in PEM format that can be used: ${noLine}`,
    },
    {
      rule: 'one such file in a folder',
      environment: () => {
        write('a.pem', authority.cert);
        write('README', 'text');
        return { CONSUL_CAPATH: folder };
      },
      says: (place) => `CONSUL_CAPATH: ${place}/README holds no certificate in PEM format that can be used: ${noLine}`,
    },
    {
      rule: 'a certificate that is cut',
      environment: () => ({ CONSUL_CACERT: write('ca.pem', `${authority.cert}${broken}`) }),
      says: (place) =>
        new RegExp(`^CONSUL_CACERT: ${place}/ca.pem holds no certificate in PEM format that can be used: `),
    },
    {
      rule: 'a key for a certificate',
      environment: () => ({ ...pair(), CONSUL_CLIENT_CERT: write('cert.pem', client.key) }),
      says: (place) =>
        `CONSUL_CLIENT_CERT: ${place}/cert.pem holds no certificate in PEM format that can be used: ${noLine}`,
    },
    {
      rule: 'a certificate for a key',
      environment: () => ({ ...pair(), CONSUL_CLIENT_KEY: write('key.pem', client.cert) }),
      says: (place) =>
        new RegExp(`^CONSUL_CLIENT_KEY: ${place}/key.pem holds no private key in PEM format that can be used: `),
    },
    {
      rule: 'a key of another certificate',
      environment: () => ({ ...pair(), CONSUL_CLIENT_KEY: write('key.pem', next.key) }),
      says: (place) => `CONSUL_CLIENT_KEY: ${place}/key.pem does not belong to the certificate in ${place}/cert.pem`,
    },
    {
      rule: 'a certificate without a key',
      environment: () => ({ CONSUL_CLIENT_CERT: write('cert.pem', client.cert) }),
      says: () => 'CONSUL_CLIENT_CERT and CONSUL_CLIENT_KEY: one is set without the other',
    },
    {
      rule: 'a key without a certificate',
      environment: () => ({ CONSUL_CLIENT_KEY: write('key.pem', client.key) }),
      says: () => 'CONSUL_CLIENT_CERT and CONSUL_CLIENT_KEY: one is set without the other',
    },
  ])('$rule', ({ environment, says }) => {
    const read = () => consulTls(environment());
    expect(read).toThrow(TerminalError);
    expect(read).toThrow(expect.objectContaining({ code: 'FILE_UNREADABLE' }));
    const message = says(folder);
    expect(read).toThrow(typeof message === 'string' ? expect.objectContaining({ message }) : message);
  });
});

describe('files that change', () => {
  it('are the same object as long as they do not', () => {
    const tls = consulTls(pair());
    expect(tls()).toBe(tls());
  });

  it('are read again', () => {
    const log = createRecordingLog();
    const tls = consulTls({ CONSUL_CACERT: write('ca.pem', authority.cert), ...pair() }, log);
    tls();
    pair(next);
    write('ca.pem', other.cert);
    expect(tls()).toStrictEqual({ verify: true, ca: other.cert, ...next });
    expect(log.messages()).toEqual(['certificates for Consul were read again']);
  });

  it('are read again when a folder gets another one', () => {
    write('a.pem', authority.cert);
    const tls = consulTls({ CONSUL_CAPATH: folder });
    tls();
    write('b.pem', other.cert);
    expect(tls().ca).toBe(`${authority.cert}\n${other.cert}`);
  });

  it('are read again when one in a folder is written over', () => {
    write('a.pem', authority.cert);
    const tls = consulTls({ CONSUL_CAPATH: folder });
    tls();
    write('a.pem', other.cert);
    expect(tls().ca).toBe(other.cert);
  });

  it('leave the old ones in force as long as they cannot be used', () => {
    const log = createRecordingLog();
    const tls = consulTls(pair(), log);
    const before = tls();
    write('cert.pem', next.cert);
    expect([tls(), tls()]).toStrictEqual([before, before]);
    expect(log.lines).toEqual([
      {
        level: 'warn',
        message: 'the changed certificates for Consul cannot be used; going on with those of before',
        facts: {
          error: `CONSUL_CLIENT_KEY: ${folder}/key.pem does not belong to the certificate in ${folder}/cert.pem`,
        },
      },
    ]);
    rmSync(join(folder, 'key.pem'));
    expect(tls()).toBe(before);
    write('key.pem', next.key);
    expect(tls()).toStrictEqual({ verify: true, ...next });
  });
});
