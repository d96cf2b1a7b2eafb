import { parseBindSpec } from '../lib/bind-spec.ts';
import { parseDuration } from '../lib/durations.ts';
import { LOG_LEVELS } from '../lib/log.ts';
import {
  address,
  bindList,
  choice,
  custom,
  duration,
  integer,
  invalid,
  type OptionSpec,
  onOff,
  type Parsed,
  text,
  textOr,
  value,
} from './option.ts';

/** Where the admin server listens. */
export interface AdminAddress {
  readonly host: string;
  readonly port: number;
}

const MAX_CHECK_INTERVAL_MS = 3_600_000;
const AUTO_CHECK = 'auto: 2s, longer above 400 instances';

/** Every setting of `portolan run`, by name; flags, environment variables and help are made from this. */
export const OPTION_SPECS = {
  registrarOnly: onOff({ help: 'register containers, do not route' }),
  routerOnly: onOff({ help: 'route, do not register' }),

  dockerHost: text({
    help: 'where Docker is: unix:///path or tcp://host:port',
    placeholder: 'URL',
    defaultText: 'DOCKER_HOST, /var/run/docker.sock, /tmp/docker.sock',
  }),
  hostname: text({
    help: 'first part of every service ID; no two hosts may share it',
    placeholder: 'NAME',
    defaultText: "the host's name",
  }),
  owner: text({
    help: 'mark of the services that are ours',
    placeholder: 'TEXT',
    defaultText: 'made from the Docker engine and the host name',
  }),
  hostAddress: address({ help: 'address of ports published on all interfaces', defaultText: 'found out' }),
  ip: address({ help: 'address of every published port' }),
  internal: onOff({ help: "register the container's own address and port" }),
  explicit: onOff({ help: 'register only ports that are named by SERVICE_NAME' }),
  useIpFromLabel: text({ help: 'take the address from this label', placeholder: 'LABEL', flag: 'useIpFromLabel' }),
  network: text({ help: 'of several networks the one that --internal takes', placeholder: 'NAME' }),
  enableScriptChecks: onOff({ help: 'let labels ask for checks that run programs on the Consul host' }),
  tags: textOr({ help: 'tags for every service, comma separated; may be a Go template', placeholder: 'LIST' }, ''),

  resync: duration({ help: 'read everything again this often; 0 for never' }, { bareUnit: 's', fallback: 30_000 }),
  ttl: duration(
    {
      help: 'life of the container check without a heartbeat; 0 for no such check',
      defaultText: '60s, longer above 300 services',
    },
    { bareUnit: 's', minMs: 0, fallback: undefined },
  ),
  ttlRefresh: duration(
    { help: 'time between two heartbeats', defaultText: 'a quarter of --ttl' },
    { bareUnit: 's', minMs: 0, fallback: undefined },
  ),
  deregister: choice(
    { help: 'the services of an ended container go always, or stay after a failure', defaultText: 'always' },
    ['always', 'on-success'],
    'always',
  ),
  cleanup: onOff({ help: "remove our own leftovers; always on, for registrator's command line" }, true),
  retryAttempts: integer({ help: 'give up after N failed attempts at the start; -1 for never', defaultText: '-1' }, -1),
  retryInterval: duration({ help: 'time between these attempts' }, { bareUnit: 'ms', minMs: 1, fallback: 2_000 }),
  adopt: onOff({ help: "remove registrator's leftovers of this host: its services without a container" }),
  onStop: choice(
    { help: 'a container that is asked to stop: take it out of rotation, or deregister it', defaultText: 'drain' },
    ['drain', 'deregister'],
    'drain',
  ),
  onExit: choice(
    { help: 'when Portolan stops: services stay or are deregistered', defaultText: 'stay' },
    ['stay', 'leave'],
    'stay',
  ),

  httpBind: bindList({
    help: 'where the HTTP frontend listens',
    defaultText: "auto: lo:80,docker0:80,br-*:80 on the host's network, else *:80",
  }),
  routeTag: text({ help: 'route only instances with this tag', placeholder: 'TAG' }),
  checkInterval: custom<number | 'auto' | 'off'>(
    { help: "HAProxy's own test of each instance", placeholder: 'DURATION|off', defaultText: AUTO_CHECK },
    'auto',
    parseCheckInterval,
  ),
  haproxy: choice(
    { help: 'run HAProxy, or only write its files', defaultText: 'managed' },
    ['managed', 'off'],
    'managed',
  ),
  haproxyBin: textOr({ help: 'the HAProxy to run', placeholder: 'PATH', defaultText: 'haproxy' }, 'haproxy'),
  stopHaproxy: onOff({ help: 'end HAProxy together with Portolan' }),

  stateDir: text({ help: 'folder for what must survive', placeholder: 'PATH', defaultText: '/var/lib/portolan' }),
  runDir: text({ help: 'folder for sockets', placeholder: 'PATH', defaultText: '/run/portolan' }),
  admin: custom<AdminAddress | 'off'>(
    { help: 'address of the admin server', placeholder: 'IP:PORT|off', defaultText: '127.0.0.1:8650' },
    { host: '127.0.0.1', port: 8650 },
    parseAdmin,
  ),
  adminTokenFile: text({ help: 'file with the token that the admin server asks for', placeholder: 'PATH' }),
  logLevel: choice({ help: 'least important lines to show', defaultText: 'info' }, LOG_LEVELS, 'info'),
  logFormat: choice(
    { help: 'form of the log', defaultText: 'auto: pretty on a terminal, else json' },
    ['auto', 'json', 'pretty'],
    'auto',
  ),
} satisfies Readonly<Record<string, OptionSpec<unknown>>>;

export type OptionName = keyof typeof OPTION_SPECS;

/** Titles for help and documents, each with the first option below it. */
export const OPTION_GROUPS: readonly (readonly [title: string, first: OptionName])[] = [
  ['Halves', 'registrarOnly'],
  ['Who and where we are', 'dockerHost'],
  ['Over time', 'resync'],
  ['Routing', 'httpBind'],
  ['Operating', 'stateDir'],
];

/** The settings of `portolan run`, all of them. */
export type Options = {
  readonly [Name in OptionName]: (typeof OPTION_SPECS)[Name] extends OptionSpec<infer T> ? T : never;
};

/** `retryAttempts` → `retry-attempts`. */
export function flagOf(name: OptionName): string {
  const spec: OptionSpec<unknown> = OPTION_SPECS[name];
  return spec.flag ?? kebab(name);
}

/** `retryAttempts` → `PORTOLAN_RETRY_ATTEMPTS`. */
export function variableOf(name: OptionName): string {
  return `PORTOLAN_${kebab(name).replaceAll('-', '_').toUpperCase()}`;
}

function kebab(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function parseCheckInterval(it: string): Parsed<number | 'auto' | 'off'> {
  if (it === 'auto' || it === 'off') return value(it);
  const ms = parseDuration(it, 's');
  return ms !== undefined && ms >= 100 && ms <= MAX_CHECK_INTERVAL_MS
    ? value(Math.round(ms))
    : invalid('must be auto, off or a duration from 100ms to 1h');
}

export const ADMIN_RULE = 'must be off or IP:PORT, as in 127.0.0.1:8650';

export function parseAdmin(it: string): Parsed<AdminAddress | 'off'> {
  if (it === 'off') return value(it);
  const spec = parseBindSpec(it);
  if (spec?.kind === 'address') return value({ host: spec.address, port: spec.port });
  if (spec?.kind === 'all') return value({ host: '0.0.0.0', port: spec.port });
  return invalid(ADMIN_RULE);
}
