import type { Log } from '../lib/log.ts';
import { type ConsulTlsFiles, consulTls } from './consul-tls.ts';
import { consulToken } from './consul-token.ts';

/** How to speak to Consul, as its own tools are told by `CONSUL_…` variables. */
export interface ConsulSettings {
  /** `CONSUL_HTTP_TOKEN_FILE`, read again when it changes, else `CONSUL_HTTP_TOKEN`. */
  readonly token: () => string | undefined;
  readonly isTls: boolean;
  /** Certificates and keys, read again when their files change; the same object as long as they do not. */
  readonly tls: () => ConsulTlsFiles;
  /** `CONSUL_HTTP_AUTH`: `user:password`. */
  readonly basicAuth?: string;
  readonly namespace?: string;
  readonly partition?: string;
}

/**
 * Throws a `TerminalError` (`FILE_UNREADABLE`) for certificates and keys that cannot be used: waiting would not help.
 * A token file may come later, so a missing one is only said.
 * Source: hashicorp/consul, `api.DefaultConfig`.
 */
export function consulSettings(
  environment: Readonly<Record<string, string | undefined>>,
  log?: Pick<Log, 'info' | 'warn'>,
): ConsulSettings {
  const auth = environment['CONSUL_HTTP_AUTH'];
  const namespace = environment['CONSUL_NAMESPACE'];
  const partition = environment['CONSUL_PARTITION'];
  return {
    token: consulToken(environment, log),
    isTls: /^(1|t|true)$/i.test(environment['CONSUL_HTTP_SSL'] ?? ''),
    tls: consulTls(environment, log),
    // A user without a password, as Consul's own tools send it.
    ...(auth && { basicAuth: auth.includes(':') ? auth : `${auth}:` }),
    ...(namespace && { namespace }),
    ...(partition && { partition }),
  };
}
