import type { RenderFlags } from './render-flag.ts';

const VALUES = [
  'consul-transport-dial-keep-alive',
  'consul-transport-dial-timeout',
  'consul-transport-max-idle-conns-per-host',
  'consul-transport-tls-handshake-timeout',
  'log-file',
  'log-rotate-bytes',
  'log-rotate-duration',
  'log-rotate-max-files',
  'nomad-addr',
  'nomad-auth-password',
  'nomad-auth-username',
  'nomad-namespace',
  'nomad-ssl-ca-cert',
  'nomad-ssl-ca-path',
  'nomad-ssl-cert',
  'nomad-ssl-key',
  'nomad-ssl-server-name',
  'nomad-token',
  'retry',
  'syslog-facility',
  'syslog-name',
  'vault-addr',
  'vault-agent-token-file',
  'vault-grace',
  'vault-namespace',
  'vault-retry-attempts',
  'vault-retry-backoff',
  'vault-retry-max-backoff',
  'vault-ssl-ca-cert',
  'vault-ssl-ca-path',
  'vault-ssl-cert',
  'vault-ssl-key',
  'vault-ssl-server-name',
  'vault-token',
  'vault-transport-dial-keep-alive',
  'vault-transport-dial-timeout',
  'vault-transport-max-idle-conns-per-host',
  'vault-transport-tls-handshake-timeout',
];
const SWITCHES = [
  'consul-transport-disable-keep-alives',
  'dedup',
  'err-on-failed-lookup',
  'nomad-ssl',
  'nomad-ssl-verify',
  'syslog',
  'vault-renew-token',
  'vault-retry',
  'vault-ssl',
  'vault-ssl-verify',
  'vault-transport-disable-keep-alives',
  'vault-unwrap-token',
];

const ignored = { help: '', isIgnored: true, isHidden: true };

/** Flags of consul-template that are taken, with a warning, so that its command lines work. */
export const IGNORED_FLAGS: RenderFlags = Object.fromEntries([
  ...VALUES.map((name) => [name, { ...ignored, placeholder: 'VALUE' }] as const),
  ...SWITCHES.map((name) => [name, ignored] as const),
]);
