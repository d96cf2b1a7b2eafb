import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSecureContext } from 'node:tls';
import { errorMessage, TerminalError } from '../../lib/errors.ts';

/** PEM texts of a TLS connection to Docker. */
export interface DockerTls {
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
}

/**
 * The certificates in the folder `DOCKER_CERT_PATH`, else `~/.docker`; `undefined` when `DOCKER_TLS_VERIFY` does not
 * ask for them, or when Docker is at a socket. Throws a `TerminalError` (`FILE_UNREADABLE`).
 *
 * Source: Docker's command line. Differs: there, missing files are an error for a socket too.
 */
export function dockerTls(
  environment: Readonly<Record<string, string | undefined>>,
  host: string | undefined,
): DockerTls | undefined {
  if (!environment['DOCKER_TLS_VERIFY'] || host === undefined || host.trim().startsWith('unix://')) return undefined;
  const variable = environment['DOCKER_CERT_PATH'] ? 'DOCKER_CERT_PATH' : 'DOCKER_TLS_VERIFY';
  const folder = environment['DOCKER_CERT_PATH'] || join(environment['HOME'] || '/root', '.docker');
  const read = (name: string): string => {
    try {
      return readFileSync(join(folder, name), 'utf8');
    } catch (error) {
      throw unusable(`${variable}: cannot read ${join(folder, name)}`, error);
    }
  };
  const tls = { ca: read('ca.pem'), cert: read('cert.pem'), key: read('key.pem') };
  try {
    createSecureContext(tls);
  } catch (error) {
    throw unusable(`${variable}: ca.pem, cert.pem and key.pem of ${folder} are no certificates for TLS`, error);
  }
  return tls;
}

function unusable(what: string, error: unknown): TerminalError {
  return new TerminalError('FILE_UNREADABLE', `${what}: ${errorMessage(error)}`, {
    cause: error,
    hint: 'Mount the folder with ca.pem, cert.pem and key.pem and name it by DOCKER_CERT_PATH.',
  });
}
