import type { RoutedServer, RoutedService, RoutingModel } from '../domain/routing.ts';
import { legalModel } from './legal-model.ts';
import { createPrintCache, type PrintCache, type PrintedService } from './print-cache.ts';

/** What the configuration depends on beside the routes. */
export interface ConfigSettings {
  /** Where the HTTP frontend listens: `127.0.0.1:80`, `[::1]:80`, `*:80`. In a stable order. */
  readonly binds: readonly string[];
  /** HAProxy's own connection test of each server; `undefined` for none. */
  readonly checkIntervalMs: number | undefined;
  /** Absolute path of the map from host names to backends. */
  readonly hostsMapPath: string;
}

/** The files that HAProxy is to have, as texts. */
export interface RenderedConfig {
  readonly config: string;
  readonly hostsMap: string;
  /**
   * The same without server lines, and whether there are checks: whatever differs here needs a reload, whatever does
   * not can be changed at run time.
   */
  readonly shape: string;
}

/** Service names have no colon, so this backend cannot meet one of theirs. */
const UNKNOWN_HOST_BACKEND = 'portolan:unknown-host';

const DEFAULTS = `defaults
  mode http
  balance roundrobin
  # Idle clients are told with their next answer that a worker ends, not by a closed connection.
  option idle-close-on-response
  option forwardfor
  option redispatch
  retries 3
  retry-on conn-failure empty-response
  timeout connect 2s
  timeout client 50s
  timeout server 50s
  timeout queue 10s
  timeout http-request 10s
  timeout client-fin 30s
  timeout tunnel 1h
`;

/**
 * Prints the configuration. Equal models give equal bytes: no times, no random order.
 *
 * @param cache of other calls: services that are the same objects as then are not printed again.
 */
export function renderConfig(
  model: RoutingModel,
  settings: ConfigSettings,
  cache: PrintCache = createPrintCache(),
): RenderedConfig {
  const head = [DEFAULTS, frontend(settings), unknownHostBackend()];
  const backends = legalModel(model).services.map((service) =>
    cache(service, settings.checkIntervalMs, () => printService(service, settings)),
  );
  const hostsMap = backends.map(({ hosts }) => hosts).join('');
  const config = [...head, ...backends.map((backend) => backend.head + backend.servers)].join('\n');
  // A server that was loaded without a check cannot get one later. Their pace may wait for the next reload.
  const checks = settings.checkIntervalMs === undefined ? 'no checks' : 'checks';
  const shape = [...head, ...backends.map((backend) => backend.head), hostsMap, checks].join('\n');
  return { config, hostsMap, shape };
}

function printService(service: RoutedService, settings: ConfigSettings): PrintedService {
  return {
    head: backendHead(service),
    servers: service.servers.map((server) => `  server ${serverLine(server, settings)}\n`).join(''),
    hosts: service.hosts.map((host) => `${host} ${service.name}\n`).join(''),
  };
}

/**
 * Name, address and options of a server: the same text in the file and in `add server`, because HAProxy ignores
 * `default-server` for servers that are added at run time.
 */
export function serverLine({ name, address, port, weight }: RoutedServer, { checkIntervalMs }: ConfigSettings): string {
  const check = checkIntervalMs === undefined ? '' : ` check inter ${checkIntervalMs}ms rise 2 fall 3`;
  return `${name} ${addressAndPort(address, port)} weight ${weight}${check}`;
}

function addressAndPort(address: string, port: number): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

function frontend({ binds, hostsMapPath }: ConfigSettings): string {
  return [
    'frontend http',
    ...binds.map((bind) => `  bind ${bind}`),
    '  http-request set-var(txn.host) req.hdr(host),field(1,:),lower',
    '  http-request set-header X-Forwarded-Proto http',
    '  # A request that is not idempotent is tried again only when no connection came about.',
    '  http-request disable-l7-retry unless { method GET HEAD OPTIONS }',
    `  use_backend %[var(txn.host),map_str(${hostsMapPath},${UNKNOWN_HOST_BACKEND})]`,
    '',
  ].join('\n');
}

function unknownHostBackend(): string {
  return [
    `backend ${UNKNOWN_HOST_BACKEND}`,
    '  http-request return status 404 content-type text/plain lf-string "portolan: no service has the host name \'%[var(txn.host)]\'\\n"',
    '',
  ].join('\n');
}

function backendHead({ name }: RoutedService): string {
  return [
    `backend ${name}`,
    // Not by a rule on the number of servers: in a worker that is being replaced that number is always 0.
    `  http-error status 503 content-type text/plain string "portolan: no instance of the service '${name}' can be reached\\n"`,
    '',
  ].join('\n');
}
