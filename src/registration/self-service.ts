import type { ServiceDefinition } from '../domain/service.ts';

/**
 * Portolan's own service, for listing and not for calling: it shows which hosts have a Portolan. It has a port because
 * templates in the field print `address:port` for every service.
 */
export function selfService({
  hostname,
  hostAddress,
  port,
}: {
  readonly hostname: string;
  readonly hostAddress: string | undefined;
  readonly port: number | undefined;
}): ServiceDefinition | undefined {
  if (port === undefined || hostAddress === undefined) return undefined;
  return {
    id: `portolan:${hostname}`,
    name: 'portolan',
    address: hostAddress,
    port,
    tags: [],
    meta: {},
    checks: [],
    containerCheck: { kind: 'on', startingStatus: 'passing' },
    origin: { containerId: '', containerName: 'portolan', port, protocol: 'tcp' },
  };
}
