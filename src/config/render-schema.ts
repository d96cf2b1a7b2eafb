import * as z from 'zod';
import {
  adminAddress,
  block,
  command,
  count,
  duration,
  logFormat,
  logLevel,
  onOff,
  permissions,
  signalName,
  text,
  texts,
  waitText,
} from './render-values.ts';

/** Whatever stands there: what it asks for, Portolan does not have, and says so. */
const ignored = z.unknown();

const waitBlock = block({ enabled: onOff.optional(), min: duration.optional(), max: duration.optional() }).transform(
  ({ enabled, min = 0, max = min * 4 }) =>
    enabled === false ? { quietMs: 0, maxWaitMs: 0 } : { quietMs: min, maxWaitMs: max },
);

/** `wait = "2s:8s"` or `wait { min = "2s" max = "8s" }`. */
const wait = z.unknown().transform((given, context) => {
  const schema = typeof given === 'object' ? waitBlock : waitText;
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  for (const issue of result.error.issues) context.issues.push({ ...issue, code: 'custom', input: given });
  return z.NEVER;
});

const exec = block({
  command: command.optional(),
  enabled: onOff.optional(),
  env: block({
    pristine: onOff.optional(),
    custom: texts.optional(),
    allowlist: texts.optional(),
    whitelist: texts.optional(),
    denylist: texts.optional(),
    blacklist: texts.optional(),
  }).optional(),
  kill_signal: signalName.optional(),
  kill_timeout: duration.optional(),
  reload_signal: signalName.optional(),
  splay: duration.optional(),
  timeout: duration.optional(),
});

const template = block({
  source: text.optional(),
  contents: text.optional(),
  destination: text.optional(),
  create_dest_dirs: onOff.optional(),
  command: command.optional(),
  command_timeout: duration.optional(),
  command_on_start: onOff.optional(),
  check: command.optional(),
  check_timeout: duration.optional(),
  exec: exec.optional(),
  error_on_missing_key: onOff.optional(),
  error_fatal: onOff.optional(),
  perms: permissions.optional(),
  user: text.optional(),
  group: text.optional(),
  uid: text.optional(),
  gid: text.optional(),
  backup: onOff.optional(),
  left_delimiter: text.optional(),
  right_delimiter: text.optional(),
  function_denylist: texts.optional(),
  function_blacklist: texts.optional(),
  sandbox_path: text.optional(),
  wait: wait.optional(),
});

const consulBlock = block({
  address: text.optional(),
  namespace: text.optional(),
  token: text.optional(),
  token_file: text.optional(),
  auth: block({ enabled: onOff.optional(), username: text.optional(), password: text.optional() }).optional(),
  retry: block({
    enabled: onOff.optional(),
    attempts: count.optional(),
    backoff: duration.optional(),
    max_backoff: duration.optional(),
  }).optional(),
  ssl: block({
    enabled: onOff.optional(),
    verify: onOff.optional(),
    ca_cert: text.optional(),
    ca_path: text.optional(),
    cert: text.optional(),
    key: text.optional(),
    server_name: text.optional(),
  }).optional(),
  transport: block({
    custom_dialer: ignored.optional(),
    dial_keep_alive: duration.optional(),
    dial_timeout: duration.optional(),
    disable_keep_alives: onOff.optional(),
    idle_conn_timeout: duration.optional(),
    max_idle_conns: count.optional(),
    max_idle_conns_per_host: count.optional(),
    max_conns_per_host: count.optional(),
    tls_handshake_timeout: duration.optional(),
  }).optional(),
});

/** `consul = "host:8500"` is the old way to write its address. */
const consul = z.preprocess((given) => (typeof given === 'string' ? { address: given } : given), consulBlock);

/**
 * A configuration file of consul-template, as `parseConfig` reads it; durations in ms. `check`, `check_timeout`,
 * `command_on_start`, `log_format` and `admin` are Portolan's own.
 * Source: consul-template v0.42.1, `config/config.go`.
 */
export const renderFileSchema = block({
  consul: consul.optional(),
  template: z.preprocess((given) => (Array.isArray(given) ? given : [given]), z.array(template)).optional(),
  exec: exec.optional(),
  wait: wait.optional(),
  max_stale: duration.optional(),
  block_query_wait: duration.optional(),
  kill_signal: signalName.optional(),
  reload_signal: signalName.optional(),
  log_level: logLevel.optional(),
  log_format: logFormat.optional(),
  log_file: ignored.optional(),
  syslog: ignored.optional(),
  pid_file: text.optional(),
  admin: adminAddress.optional(),
  template_error_fatal: onOff.optional(),
  err_on_failed_lookup: onOff.optional(),
  default_delimiters: block({ left: text.optional(), right: text.optional() }).optional(),
  command_on_start: onOff.optional(),
  deduplicate: ignored.optional(),
  vault: ignored.optional(),
  nomad: ignored.optional(),
});

/** What one file or the command line says; what it does not say is missing. */
export type RenderFile = z.output<typeof renderFileSchema>;
export type TemplateBlock = z.output<typeof template>;
export type ExecBlock = z.output<typeof exec>;
export type ConsulBlock = z.output<typeof consul>;
