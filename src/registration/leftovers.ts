import type { ContainerSnapshot } from '../domain/container.ts';

/**
 * Whether a service has the form of registrator's IDs for this host, `<hostname>:<container>:<port>[:udp]`, and no
 * container of that name runs. Whoever has chosen the same form by hand loses the service too, so it takes `--adopt`.
 */
export function isLeftover(serviceId: string, hostname: string, containers: readonly ContainerSnapshot[]): boolean {
  if (!serviceId.startsWith(`${hostname}:`)) return false;
  const match = /^([^:]+):\d{1,5}(:udp)?$/.exec(serviceId.slice(hostname.length + 1));
  return match !== null && !containers.some(({ name }) => name === match[1]);
}
