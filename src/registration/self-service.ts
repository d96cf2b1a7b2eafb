import type { ServiceDefinition } from '../domain/service.ts';

/** Meta key of the claim of one process on a host. */
export const INSTANCE_KEY = 'portolan-instance';

export function selfServiceId(hostname: string): string {
  return `portolan:${hostname}`;
}

/**
 * Portolan's own service, for listing and not for calling: it shows which hosts have a Portolan. It has a port because
 * templates in the field print `address:port` for every service.
 */
export function selfService({
  hostname,
  hostAddress,
  port,
  claim,
}: {
  readonly hostname: string;
  readonly hostAddress: string | undefined;
  readonly port: number | undefined;
  /** Of this process on the host, where several Portolans run. */
  readonly claim: string | undefined;
}): ServiceDefinition | undefined {
  if (port === undefined || hostAddress === undefined) return undefined;
  return {
    id: selfServiceId(hostname),
    name: 'portolan',
    address: hostAddress,
    port,
    tags: [],
    meta: claim === undefined ? {} : { [INSTANCE_KEY]: claim },
    checks: [],
    containerCheck: { kind: 'on', startingStatus: 'passing' },
    origin: { containerId: '', containerName: 'portolan', port, protocol: 'tcp' },
  };
}
