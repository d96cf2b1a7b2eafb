import { parseRegistry } from './registry-address.ts';
import type { ReadOutcome } from './render-read.ts';
import type { ConsulBlock } from './render-schema.ts';
import type { ConsulAccess } from './render-settings.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const RETRY = { minMs: 250, maxMs: 60_000 };
const ADDRESS_RULE = 'must be HOST:PORT, http://HOST:PORT, https://HOST:PORT or unix:///PATH';

/**
 * How to reach Consul: the configuration before `CONSUL_…` variables.
 * Source: consul-template v0.42.1, `config/consul.go`. Differs: attempts have no limit unless one is given.
 */
export function consulAccess(block: ConsulBlock, environment: Environment): ReadOutcome<ConsulAccess> {
  const written = block.address || environment['CONSUL_HTTP_ADDR'] || '127.0.0.1:8500';
  const own = consulEnvironment(block, environment);
  const outcome = parseRegistry('consul://', written);
  if (outcome.kind === 'refused' || outcome.address.kind === 'memory') {
    const where = block.address ? 'consul.address' : 'CONSUL_HTTP_ADDR';
    return { kind: 'mistakes', mistakes: [`${where} ${ADDRESS_RULE}, and not ${JSON.stringify(written)}`] };
  }
  const { address } = outcome;
  const isTls = /^(1|t|true)$/i.test(own['CONSUL_HTTP_SSL'] ?? '') || (address.kind === 'consul' && address.isTls);
  const value: ConsulAccess = {
    address: address.kind === 'consul' ? { ...address, isTls } : address,
    name: nameOf(address, isTls),
    environment: own,
    forCommands: forCommands(block, own),
    retry: retryOf(block),
  };
  return { kind: 'read', value };
}

function nameOf(address: ConsulAccess['address'], isTls: boolean): string {
  if (address.kind === 'consul-unix') return `consul-unix://${address.path}`;
  const host = address.host.includes(':') ? `[${address.host}]` : address.host;
  return `${isTls ? 'consul-tls' : 'consul'}://${host}:${address.port}`;
}

function consulEnvironment({ namespace, token, token_file, auth, ssl }: ConsulBlock, given: Environment): Environment {
  const tokenOfEnvironment = given['CONSUL_TOKEN'] || given['CONSUL_HTTP_TOKEN'];
  const tokenFileOfEnvironment = given['CONSUL_TOKEN_FILE'] || given['CONSUL_HTTP_TOKEN_FILE'];
  const usesTls = isTlsWanted(ssl);
  const hasOwnToken = Boolean(token) || Boolean(token_file);
  return {
    ...given,
    CONSUL_HTTP_TOKEN: hasOwnToken ? token : tokenOfEnvironment,
    ...(hasOwnToken && { CONSUL_HTTP_TOKEN_FILE: token ? undefined : token_file }),
    ...(!hasOwnToken && tokenFileOfEnvironment && { CONSUL_HTTP_TOKEN_FILE: tokenFileOfEnvironment }),
    ...(namespace && { CONSUL_NAMESPACE: namespace }),
    ...(auth?.username && auth.enabled !== false && { CONSUL_HTTP_AUTH: `${auth.username}:${auth.password ?? ''}` }),
    ...(usesTls !== undefined && { CONSUL_HTTP_SSL: String(usesTls) }),
    ...(usesTls === true && ssl !== undefined && certificateVariables(ssl)),
  };
}

/** Who names a certificate wants TLS. Source: consul-template, `SSLConfig.Finalize`. */
function isTlsWanted(ssl: ConsulBlock['ssl']): boolean | undefined {
  const { enabled, verify, ...texts } = ssl ?? {};
  const names = verify !== undefined || Object.values(texts).some((text) => text !== undefined && text !== '');
  return enabled ?? (names || undefined);
}

function certificateVariables(ssl: NonNullable<ConsulBlock['ssl']>): Environment {
  return {
    ...(ssl.verify !== undefined && { CONSUL_HTTP_SSL_VERIFY: String(ssl.verify) }),
    ...(ssl.ca_cert && { CONSUL_CACERT: ssl.ca_cert }),
    ...(ssl.ca_path && { CONSUL_CAPATH: ssl.ca_path }),
    ...(ssl.cert && { CONSUL_CLIENT_CERT: ssl.cert }),
    // Consul-template takes a key that stands in the file of its certificate.
    ...((ssl.key || ssl.cert) && { CONSUL_CLIENT_KEY: ssl.key || ssl.cert }),
    ...(ssl.server_name && { CONSUL_TLS_SERVER_NAME: ssl.server_name }),
  };
}

/** What commands and templates see beside our environment. Source: consul-template, `childEnv`. */
function forCommands(block: ConsulBlock, own: Environment): Readonly<Record<string, string>> {
  const isOn = (text: string | undefined): boolean => /^(1|t|true)$/i.test(text ?? '');
  const kept = {
    CONSUL_HTTP_ADDR: block.address || own['CONSUL_HTTP_ADDR'],
    CONSUL_NAMESPACE: block.namespace,
    CONSUL_HTTP_AUTH: own['CONSUL_HTTP_AUTH'],
    CONSUL_HTTP_TOKEN: own['CONSUL_HTTP_TOKEN'],
    CONSUL_HTTP_TOKEN_FILE: own['CONSUL_HTTP_TOKEN_FILE'],
    CONSUL_HTTP_SSL: String(isOn(own['CONSUL_HTTP_SSL'])),
    CONSUL_HTTP_SSL_VERIFY: String(block.ssl?.verify ?? isOn(own['CONSUL_HTTP_SSL_VERIFY'] || 'true')),
  };
  return Object.fromEntries(Object.entries(kept).flatMap(([name, text]) => (text ? [[name, text]] : [])));
}

function retryOf({ retry = {} }: ConsulBlock): ConsulAccess['retry'] {
  const { enabled = true, attempts = 0, backoff = RETRY.minMs, max_backoff = RETRY.maxMs } = retry;
  return {
    attempts: enabled ? attempts || undefined : 0,
    minMs: Math.max(1, backoff),
    maxMs: max_backoff === 0 ? Number.POSITIVE_INFINITY : Math.max(1, max_backoff),
  };
}
