import type { SettingSpec } from './setting-spec.ts';

const ANY_TEXT = 'any other text is on';
const NO_CHECK = 'no check';
const LEFT_OUT = 'left out';
const METHOD = 'method of the request';
const DOCKER_SHELL = {
  section: 'check',
  help: 'the shell of `CHECK_DOCKER`',
  fallback: '/bin/sh',
  badValue: 'the default',
} as const satisfies SettingSpec;
const DEREGISTER_AFTER = {
  section: 'check',
  help: 'Consul removes the service after so long as critical, at least `1m`',
  defaultText: 'never',
  badValue: LEFT_OUT,
} as const satisfies SettingSpec;

/** The settings of checks by key, as `SETTING_SPECS` has them. */
export const CHECK_SETTING_SPECS = {
  check_http: {
    section: 'check',
    help: 'path that must answer with success; `true` is `/`; a missing `/` is added, blanks and the like are encoded',
  },
  check_https: { section: 'check', help: 'the same by HTTPS' },
  check_cmd: {
    section: 'check',
    help: "runs `check-cmd <12 digits of the container ID> <container port> <value>` on the agent's host",
    badValue: NO_CHECK,
  },
  check_script: {
    section: 'check',
    help: "runs the text with `sh -c` on the agent's host; `$SERVICE_IP`, `$SERVICE_PORT`, also in braces, are the service's",
    badValue: NO_CHECK,
  },
  check_docker: {
    section: 'check',
    help: "runs the text with a shell in the container; the agent needs Docker's socket",
    badValue: NO_CHECK,
  },
  check_ttl: { section: 'check', help: 'the application reports by itself, at least this often', badValue: NO_CHECK },
  check_tcp: {
    section: 'check',
    help: 'a switch: the port must take connections',
    defaultText: 'off',
    badValue: `${ANY_TEXT}; no check on a UDP port`,
  },
  check_grpc: {
    section: 'check',
    help: 'a switch, or the name of a service: the gRPC health protocol must say that it serves',
    defaultText: 'off',
    badValue: 'the server as a whole; no check on a UDP port',
  },
  check_interval: {
    section: 'check',
    help: 'time between two tests; Consul takes less than `1s` for `1s`',
    fallback: '10s',
    badValue: 'the default',
  },
  check_timeout: {
    section: 'check',
    help: 'time for one test',
    defaultText: "Consul's: 10 s, scripts 30",
    badValue: LEFT_OUT,
  },
  check_http_method: {
    section: 'check',
    help: `${METHOD} by HTTP; goes before \`CHECK_METHOD\``,
    defaultText: '`GET`',
    badValue: '`GET`',
  },
  check_https_method: {
    section: 'check',
    help: `${METHOD} by HTTPS; goes before \`CHECK_METHOD\``,
    defaultText: '`GET`',
    badValue: '`GET`',
  },
  check_method: { section: 'check', help: METHOD, defaultText: '`GET`', badValue: '`GET`' },
  check_header: {
    section: 'check',
    help: 'headers: a JSON object of texts or lists of texts, or lines of `Name: value`; `Host` too; 64 at most',
    defaultText: 'none',
    badValue: 'that header left out',
  },
  check_body: {
    section: 'check',
    help: 'body of the request, 65,536 characters at most',
    defaultText: 'none',
    badValue: LEFT_OUT,
  },
  check_tls_skip_verify: {
    section: 'check',
    help: 'a switch: HTTPS, or gRPC over TLS, with any certificate',
    defaultText: 'off',
    badValue: ANY_TEXT,
  },
  check_grpc_use_tls: {
    section: 'check',
    help: 'a switch: gRPC over TLS',
    defaultText: 'off',
    badValue: ANY_TEXT,
  },
  check_docker_shell: DOCKER_SHELL,
  check_shell: { ...DOCKER_SHELL, help: 'another name of `CHECK_DOCKER_SHELL`, which goes first' },
  check_success_before_passing: {
    section: 'check',
    help: 'this many good results in a row make it passing, 0 to 1000',
    defaultText: '0',
    badValue: LEFT_OUT,
  },
  check_failures_before_critical: {
    section: 'check',
    help: 'this many bad results in a row make it critical, 0 to 1000',
    defaultText: '0',
    badValue: LEFT_OUT,
  },
  check_initial_status: {
    section: 'check',
    help: '`passing`, `warning`, `critical` until the first result',
    defaultText: '`critical`',
    badValue: LEFT_OUT,
  },
  check_deregister_after: DEREGISTER_AFTER,
  check_deregister_critical_service_after: {
    ...DEREGISTER_AFTER,
    help: 'another name of `CHECK_DEREGISTER_AFTER`, which goes first',
  },
  check_id: {
    section: 'check',
    help: 'ID of the check, as written',
    defaultText: '`service:<service ID>`',
    badValue: 'the default; also when another check has it',
  },
  check_name: {
    section: 'check',
    help: 'name of the check, one line of 255 characters at most',
    defaultText: "`Service '<name>' check`",
    badValue: 'the default',
  },
  check_notes: {
    section: 'check',
    help: 'text for people, 4,096 characters at most',
    defaultText: 'none',
    badValue: LEFT_OUT,
  },
  checks: {
    section: 'check',
    help: 'a JSON list of checks, see below',
    defaultText: 'none',
    badValue: 'left out; of an entry only what is bad',
  },

  check_container: {
    section: 'container check',
    help: 'a switch: the check that says what Docker says',
    defaultText: 'on',
    badValue: ANY_TEXT,
  },
  check_starting: {
    section: 'container check',
    help: 'what a container counts as until its HEALTHCHECK has passed once: `passing`, `warning`, `critical`',
    fallback: 'critical',
    badValue: 'the default',
  },
} as const satisfies Readonly<Record<string, SettingSpec>>;
