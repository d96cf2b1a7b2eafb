import type { ConsulEndpoint } from './adapters/consul/endpoint.ts';
import { consulSettings } from './config/consul-environment.ts';
import type { RegistryAddress } from './config/registry-address.ts';
import type { Log } from './lib/log.ts';

export interface ConsulEndpointInput {
  readonly address: Exclude<RegistryAddress, { readonly kind: 'memory' }>;
  /** For messages; what stands before an `@` in it is left out, since that may be a password. */
  readonly name: string;
  /** Token, certificates and namespace come from here. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly log?: Pick<Log, 'info' | 'warn'>;
}

/** Throws a `TerminalError` for certificates that cannot be used. */
export function consulEndpoint({ address, name, environment, log }: ConsulEndpointInput): ConsulEndpoint {
  const { isTls, ...access } = consulSettings(environment, log);
  const place: ConsulEndpoint['place'] =
    address.kind === 'consul-unix'
      ? { kind: 'unix', path: address.path }
      : { kind: 'tcp', host: address.host, port: address.port, isTls: address.isTls || isTls };
  return { name: name.replace(/\/\/[^/@]*@/, '//'), place, ...access };
}
