import type { RenderFlag, RenderFlags } from './render-flag.ts';
import { IGNORED_FLAGS } from './render-ignored-flags.ts';

function value(placeholder: string, path: string, help: string, defaultText?: string): RenderFlag {
  return { help, placeholder, path: path.split('.'), ...(defaultText !== undefined && { defaultText }) };
}

function onOff(path: string, help: string, defaultText?: string): RenderFlag {
  return { help, path: path.split('.'), ...(defaultText !== undefined && { defaultText }) };
}

/** `in:out[:command]`; the command may hold colons. Source: consul-template, `ParseTemplateConfig`. */
function templateOf(text: string): unknown {
  const [source = '', destination, ...command] = text.split(':');
  return [
    {
      ...(source !== '' && { source }),
      ...(destination !== undefined && { destination }),
      ...(command.length > 0 && { command: command.join(':') }),
    },
  ];
}

function authOf(text: string): unknown {
  const [username, ...password] = text.split(':');
  return { enabled: true, username, password: password.join(':') };
}

const list = (text: string): readonly string[] => [text];

const CONSUL_FLAGS: RenderFlags = {
  'consul-addr': value('ADDRESS', 'consul.address', 'where Consul is', 'CONSUL_HTTP_ADDR, 127.0.0.1:8500'),
  'consul-namespace': value('NAME', 'consul.namespace', 'namespace of Consul Enterprise'),
  'consul-token': value('TOKEN', 'consul.token', 'ACL token', 'CONSUL_TOKEN, CONSUL_HTTP_TOKEN'),
  'consul-token-file': value(
    'PATH',
    'consul.token_file',
    'file with the token',
    'CONSUL_TOKEN_FILE, CONSUL_HTTP_TOKEN_FILE',
  ),
  'consul-auth': { ...value('USER[:PASSWORD]', 'consul.auth', 'HTTP basic authentication'), read: authOf },
  'consul-retry': onOff('consul.retry.enabled', 'whether to try again', 'true'),
  'consul-retry-attempts': value('N', 'consul.retry.attempts', 'give up after N failures in a row', '0: never'),
  'consul-retry-backoff': value('DURATION', 'consul.retry.backoff', 'the first pause between these attempts', '250ms'),
  'consul-retry-max-backoff': value('DURATION', 'consul.retry.max_backoff', 'the longest one', '1m'),
  'consul-ssl': onOff(
    'consul.ssl.enabled',
    'speak TLS with Consul',
    'CONSUL_HTTP_SSL, or when another flag of TLS is given',
  ),
  'consul-ssl-verify': onOff('consul.ssl.verify', 'look at its certificate', 'true'),
  'consul-ssl-ca-cert': value('PATH', 'consul.ssl.ca_cert', 'authorities to trust', 'CONSUL_CACERT'),
  'consul-ssl-ca-path': value('PATH', 'consul.ssl.ca_path', 'folder of such', 'CONSUL_CAPATH'),
  'consul-ssl-cert': value('PATH', 'consul.ssl.cert', 'our certificate', 'CONSUL_CLIENT_CERT'),
  'consul-ssl-key': value('PATH', 'consul.ssl.key', 'its key', 'CONSUL_CLIENT_KEY'),
  'consul-ssl-server-name': value(
    'NAME',
    'consul.ssl.server_name',
    'name in its certificate',
    'CONSUL_TLS_SERVER_NAME',
  ),
  // No answer is stale here, and how long a query is held depends on how many there are.
  'max-stale': { ...value('DURATION', 'max_stale', ''), isHidden: true },
  'block-query-wait': { ...value('DURATION', 'block_query_wait', ''), isHidden: true },
};

const RENDERING_FLAGS: RenderFlags = {
  config: { help: 'a file or a folder of such, HCL or JSON; repeatable, the later counts', placeholder: 'PATH' },
  template: {
    ...value('IN:OUT[:COMMAND]', 'template', 'render IN to OUT, then run COMMAND; repeatable'),
    read: templateOf,
  },
  wait: value('MIN[:MAX]', 'wait', 'calm after a change before it is written; 0 for none', '100ms:1s'),
  once: { help: 'end when everything was rendered once' },
  dry: { help: 'print instead of writing; run nothing' },
  'parse-only': { help: 'only see whether the templates can be parsed' },
  'command-on-start': onOff('command_on_start', 'run commands at the start also where the file was right already'),
  'template-error-fatal': onOff('template_error_fatal', 'an error of a template ends the daemon', 'false'),
  'default-left-delimiter': value('TEXT', 'default_delimiters.left', 'instead of {{'),
  'default-right-delimiter': value('TEXT', 'default_delimiters.right', 'instead of }}'),
};

const EXEC_FLAGS: RenderFlags = {
  exec: {
    ...value('COMMAND', 'exec.command', 'run this as long as Portolan runs, from the first rendering on'),
    read: list,
  },
  'exec-reload-signal': value(
    'SIGNAL',
    'exec.reload_signal',
    'sent after a change',
    'none: it is ended and started anew',
  ),
  'exec-kill-signal': value('SIGNAL', 'exec.kill_signal', 'sent to end it', 'SIGINT, or what ends Portolan'),
  'exec-kill-timeout': value('DURATION', 'exec.kill_timeout', 'then it is killed', '30s'),
  'exec-splay': value('DURATION', 'exec.splay', 'a random pause, at most so long, before signals', '0s'),
  'exec-env-pristine': onOff('exec.env.pristine', 'it gets no variable of ours'),
  'exec-env-custom': { ...value('NAME=VALUE', 'exec.env.custom', 'a variable for it; repeatable'), read: list },
  'exec-env-allowlist': { ...value('GLOB', 'exec.env.allowlist', 'variables that it gets; repeatable'), read: list },
  'exec-env-denylist': {
    ...value('GLOB', 'exec.env.denylist', 'variables that it does not get; repeatable'),
    read: list,
  },
  'exec-env-whitelist': { ...value('GLOB', 'exec.env.allowlist', ''), read: list, isHidden: true },
  'exec-env-blacklist': { ...value('GLOB', 'exec.env.denylist', ''), read: list, isHidden: true },
};

const OPERATING_FLAGS: RenderFlags = {
  'reload-signal': value('SIGNAL', 'reload_signal', 'reads the configuration again', 'SIGHUP'),
  'kill-signal': value('SIGNAL', 'kill_signal', 'ends Portolan, beside SIGTERM and SIGINT'),
  'pid-file': value('PATH', 'pid_file', 'where to write our process ID'),
  admin: value('IP:PORT', 'admin', 'serve /livez, /readyz and /api/v1/status there', 'off'),
  'log-level': value('LEVEL', 'log_level', 'trace, debug, info, warn or err', 'CT_LOG, CONSUL_TEMPLATE_LOG, info'),
  'log-format': value('auto|json|pretty', 'log_format', 'form of the log', 'auto: pretty on a terminal, else json'),
};

/** Titles for help, each with its flags, in order. */
export const RENDER_FLAG_GROUPS: readonly (readonly [title: string, flags: RenderFlags])[] = [
  ['Rendering', RENDERING_FLAGS],
  ['Consul', CONSUL_FLAGS],
  ['A program beside', EXEC_FLAGS],
  ['Operating', OPERATING_FLAGS],
];

/** All flags, by name. Source: consul-template v0.42.1, `cli.go`. */
export const RENDER_FLAGS: RenderFlags = Object.assign(
  {},
  IGNORED_FLAGS,
  ...RENDER_FLAG_GROUPS.map(([, flags]) => flags),
);
