// A small shop whose services run on several hosts, and one that runs on a single host.
import { docker } from './engine.ts';
import type { Place } from './places.ts';

export interface Service {
  readonly name: string;
  /** The numbers of the hosts that have an instance. */
  readonly hosts: readonly number[];
}

export const SHOP: readonly Service[] = [
  { name: 'inventory', hosts: [1, 2, 3] },
  { name: 'prices', hosts: [1, 2] },
  { name: 'orders', hosts: [2, 3] },
  { name: 'ledger', hosts: [2] },
];

/** Starts an instance, which answers with its service and its host. Its container has the name of the service. */
export async function startInstance(place: Place, service: string): Promise<void> {
  const text = answerOf(service, place);
  const server = `mkdir -p /www; echo "${text}" > /www/index.html; exec httpd -f -p 8080 -h /www`;
  const labelled = ['--name', service, '-l', `SERVICE_NAME=${service}`, '-p', '8080'];
  await docker(place, 'run', '-d', '--init', ...labelled, 'busybox', 'sh', '-c', server);
}

/** What the instance of a service on a host answers. */
export function answerOf(service: string, { hostname }: Pick<Place, 'hostname'>): string {
  return `${service} on ${hostname}`;
}
