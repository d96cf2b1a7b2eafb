import type { Explanation } from '../app-explain.ts';
import { table } from './table.ts';

type Container = Explanation['containers'][number];
type Port = Container['ports'][number];

/** So much of a value is shown; JSON has the whole. */
const MAX_SHOWN = 80;

/**
 * An explanation for people: host, containers, their ports, and of each service where its values come from.
 *
 * @param isOffline nobody asked a registry, so it is said what would be.
 */
export function explanationLines(explanation: Explanation, isOffline: boolean): readonly string[] {
  const { hostname, hostnameRule, hostAddress, hostAddressRule, containers } = explanation;
  const name = hostnameRule === undefined ? hostname : `${hostname} (${hostnameRule})`;
  const host = `host ${name}, address ${hostAddress ?? 'unknown'} (${hostAddressRule})`;
  if (containers.length === 0) return [host, '', 'no containers'];
  return [host, ...containers.flatMap((container) => ['', ...containerLines(container, isOffline)])];
}

function containerLines(container: Container, isOffline: boolean): readonly string[] {
  const { name, id, image, state, reason, ports, warnings } = container;
  return [
    `${name}  ${state}  ${image}  ${id.slice(0, 12)}`,
    ...(reason === undefined ? [] : [`  nothing is registered: ${reason}`]),
    ...ports.flatMap((port) => portLines(port, isOffline)),
    ...warnings.map(
      ({ label, value, problem }) => `  warning: ${label}=${JSON.stringify(shortened(value))} ${problem}`,
    ),
  ];
}

function portLines({ port, protocol, isRegistered, reason, service, sources = [], check }: Port, isOffline: boolean) {
  const verdict =
    isRegistered && service !== undefined
      ? `${isOffline ? 'would be registered' : 'registered'} as ${service.id}${check === undefined ? '' : `, ${check.output}`}`
      : `not registered: ${reason}`;
  const rows = sources.filter(isWorthALine).map(({ field, value, from }) => [field, shortened(value), from]);
  return [`  ${port}/${protocol}  ${verdict}`, ...table(rows).map((line) => `  ${line}`)];
}

/** What every check is called by default only repeats the service. */
function isWorthALine({ field, from }: NonNullable<Port['sources']>[number]): boolean {
  return !(/^check(\[\d+\])?\.(id|name)$/.test(field) && from.startsWith('default: '));
}

function shortened(text: string): string {
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN - 1).toWellFormed()}…` : text;
}
