import { describe, expect, it } from 'vitest';
import { dockerTls } from '../../../../src/adapters/docker/tls.ts';
import { TerminalError } from '../../../../src/lib/errors.ts';

describe('dockerTls', () => {
  it.each([
    { rule: 'without any variable', environment: {} },
    { rule: 'with a folder alone', environment: { DOCKER_CERT_PATH: '/certs' } },
    { rule: 'with an empty DOCKER_TLS_VERIFY', environment: { DOCKER_TLS_VERIFY: '', DOCKER_CERT_PATH: '/certs' } },
    { rule: 'with DOCKER_TLS_VERIFY alone', environment: { DOCKER_TLS_VERIFY: '1' } },
  ])('is none $rule', ({ environment }) => {
    expect(dockerTls(environment)).toBeUndefined();
  });

  it('says which file it cannot read, and that waiting will not help', () => {
    const read = () => dockerTls({ DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: '/nowhere/certs' });
    expect(read).toThrow(TerminalError);
    expect(read).toThrow(
      "DOCKER_CERT_PATH: cannot read /nowhere/certs/ca.pem: ENOENT: no such file or directory, open '/nowhere/certs/ca.pem'",
    );
  });
});
