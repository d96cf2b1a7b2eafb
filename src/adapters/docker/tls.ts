import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorMessage, TerminalError } from '../../lib/errors.ts';

/** PEM texts of a TLS connection to Docker. */
export interface DockerTls {
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
}

/**
 * The certificates that `DOCKER_TLS_VERIFY` and `DOCKER_CERT_PATH` name; `undefined` when TLS is not asked for.
 * Throws a `TerminalError` (`FILE_UNREADABLE`). Source: Docker's command line.
 */
export function dockerTls(environment: Readonly<Record<string, string | undefined>>): DockerTls | undefined {
  const folder = environment['DOCKER_CERT_PATH'];
  if (!environment['DOCKER_TLS_VERIFY'] || folder === undefined) return undefined;
  const read = (name: string): string => {
    try {
      return readFileSync(join(folder, name), 'utf8');
    } catch (error) {
      throw new TerminalError(
        'FILE_UNREADABLE',
        `DOCKER_CERT_PATH: cannot read ${join(folder, name)}: ${errorMessage(error)}`,
      );
    }
  };
  return { ca: read('ca.pem'), cert: read('cert.pem'), key: read('key.pem') };
}
