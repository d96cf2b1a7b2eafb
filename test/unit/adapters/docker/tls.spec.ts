import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dockerTls } from '../../../../src/adapters/docker/tls.ts';
import { TerminalError } from '../../../../src/lib/errors.ts';
import { createAuthority } from '../../../support/certificates.ts';
import { createTempFolder } from '../../../support/temp-folder.ts';

const HOST = 'tcp://docker.example:2376';

function newCertificates() {
  const authority = createAuthority();
  return { ca: authority.cert, ...authority.issue() };
}

function writeCertificates(folder: string, files: Readonly<Record<string, string>>): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, `${name}.pem`), text);
}

describe('dockerTls', () => {
  it.each([
    { rule: 'without any variable', environment: {} },
    { rule: 'with a folder alone', environment: { DOCKER_CERT_PATH: '/certs' } },
    { rule: 'with an empty DOCKER_TLS_VERIFY', environment: { DOCKER_TLS_VERIFY: '', DOCKER_CERT_PATH: '/certs' } },
    { rule: 'at a socket', environment: { DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: '/certs' }, host: 'unix:///x' },
    {
      rule: 'at the usual socket',
      environment: { DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: '/certs' },
      host: undefined,
    },
  ])('is none $rule', ({ environment, ...rest }) => {
    expect(dockerTls(environment, 'host' in rest ? rest.host : HOST)).toBeUndefined();
  });

  it('is read from DOCKER_CERT_PATH, else from the home folder', () => {
    const home = createTempFolder();
    const [own, usual] = [newCertificates(), newCertificates()];
    writeCertificates(join(home, 'own'), { ...own });
    writeCertificates(join(home, '.docker'), { ...usual });
    const environment = { DOCKER_TLS_VERIFY: '1', HOME: home };
    expect(dockerTls({ ...environment, DOCKER_CERT_PATH: join(home, 'own') }, HOST)).toEqual(own);
    expect(dockerTls({ ...environment, DOCKER_CERT_PATH: '' }, HOST)).toEqual(usual);
  });

  it.each([
    {
      environment: { DOCKER_CERT_PATH: '/nowhere/certs' },
      where: 'DOCKER_CERT_PATH: cannot read /nowhere/certs/ca.pem',
    },
    { environment: { HOME: '/nowhere' }, where: 'DOCKER_TLS_VERIFY: cannot read /nowhere/.docker/ca.pem' },
  ])('says which file it cannot read, and that waiting will not help: $where', ({ environment, where }) => {
    const read = () => dockerTls({ DOCKER_TLS_VERIFY: '1', ...environment }, HOST);
    expect(read).toThrow(TerminalError);
    expect(read).toThrow(`${where}: ENOENT: no such file or directory`);
  });

  it.each([
    { what: 'no certificate', files: { ca: 'x', cert: 'x', key: 'x' } },
    { what: 'the key of another certificate', files: { ...newCertificates(), key: newCertificates().key } },
  ])('refuses $what', ({ files }) => {
    const folder = createTempFolder();
    writeCertificates(folder, files);
    const read = () => dockerTls({ DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: folder }, HOST);
    expect(read).toThrow(TerminalError);
    expect(read).toThrow(`DOCKER_CERT_PATH: ca.pem, cert.pem and key.pem of ${folder} are no certificates for TLS: `);
  });
});
