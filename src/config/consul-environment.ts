import { readFileSync, statSync } from 'node:fs';
import { errorMessage, TerminalError } from '../lib/errors.ts';

/** How to speak to Consul, as its own tools are told by `CONSUL_…` variables. */
export interface ConsulSettings {
  /** `CONSUL_HTTP_TOKEN_FILE`, read again when it changes, else `CONSUL_HTTP_TOKEN`. */
  readonly token: () => string | undefined;
  readonly isTls: boolean;
  readonly tls: {
    readonly ca?: string;
    readonly cert?: string;
    readonly key?: string;
    readonly serverName?: string;
    readonly verify: boolean;
  };
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Throws a `TerminalError` (`FILE_UNREADABLE`) for a certificate or key that cannot be read: waiting would not help.
 * Source: hashicorp/consul, `api.DefaultConfig`.
 */
export function consulSettings(environment: Environment): ConsulSettings {
  const ca = pem(environment, 'CONSUL_CACERT');
  const cert = pem(environment, 'CONSUL_CLIENT_CERT');
  const key = pem(environment, 'CONSUL_CLIENT_KEY');
  const serverName = environment['CONSUL_TLS_SERVER_NAME'];
  return {
    token: tokenReader(environment),
    isTls: isTrue(environment['CONSUL_HTTP_SSL']),
    tls: {
      verify: !isFalse(environment['CONSUL_HTTP_SSL_VERIFY']),
      ...(ca !== undefined && { ca }),
      ...(cert !== undefined && { cert }),
      ...(key !== undefined && { key }),
      ...(serverName && { serverName }),
    },
  };
}

function pem(environment: Environment, variable: string): string | undefined {
  const path = environment[variable];
  if (path === undefined || path === '') return undefined;
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new TerminalError('FILE_UNREADABLE', `${variable}: cannot read ${path}: ${errorMessage(error)}`, {
      cause: error,
    });
  }
}

function tokenReader(environment: Environment): () => string | undefined {
  const path = environment['CONSUL_HTTP_TOKEN_FILE'];
  const fixed = environment['CONSUL_HTTP_TOKEN'] || undefined;
  if (path === undefined || path === '') return () => fixed;
  let token: string | undefined;
  let readMs = -1;
  return () => {
    try {
      const { mtimeMs } = statSync(path);
      if (mtimeMs !== readMs) token = readFileSync(path, 'utf8').trim() || undefined;
      readMs = mtimeMs;
    } catch {
      // The file is being replaced, or not there yet: the last token is the best there is.
    }
    return token ?? fixed;
  };
}

function isTrue(text: string | undefined): boolean {
  return /^(1|t|true)$/i.test(text ?? '');
}

function isFalse(text: string | undefined): boolean {
  return /^(0|f|false)$/i.test(text ?? '');
}
