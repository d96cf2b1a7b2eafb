import type { OptionSpec } from '../config/option.ts';
import { flagOf, OPTION_GROUPS, OPTION_SPECS, type OptionName } from '../config/options.ts';

/** The help of the program: examples first, then commands. */
export function programHelp(): string {
  return `portolan: Docker containers to Consul, and Consul's catalog to a local HAProxy.

Examples:
  portolan consul://localhost:8500              register this host's containers and route to all services
  portolan run memory://                        the same without Consul, for this host alone
  portolan -ip 10.0.0.5 -resync 60 consul://:8500   registrator's command line works as it is
  portolan status                               what the running Portolan does
  portolan services                             what can be reached from this host, and how

Commands:
  run REGISTRY     the daemon (the word may be left out)
  status           registration and routing of the running daemon; --json
  services         services, how to reach them, and their instances; --json
  healthcheck      exit 0 when the running daemon is ready, else 1
  version          print the version

REGISTRY is consul://HOST:PORT, consul-unix:///PATH, consul-tls://HOST:PORT or memory://, or comes from
PORTOLAN_REGISTRY. 'portolan run --help' lists the options of the daemon.
Exit codes: 0 ok, 1 failure, 2 usage, 4 the running daemon cannot be reached, 70 a defect of Portolan.
`;
}

/** The help of the daemon: usage and every option. */
export function runHelp(): string {
  const lines = Object.entries(OPTION_SPECS).flatMap(([name, spec]: [string, OptionSpec<unknown>]) => {
    const group = OPTION_GROUPS.find(([, first]) => first === name);
    const usage = `--${flagOf(name as OptionName)}${spec.placeholder === undefined ? '' : ` ${spec.placeholder}`}`;
    return [...(group === undefined ? [] : ['', `${group[0]}:`]), ...optionLines(usage, spec)];
  });
  return `Usage: portolan [run] REGISTRY [options]

Examples:
  portolan consul://localhost:8500
  portolan run memory:// --http-bind lo:8080
  portolan run consul://localhost:8500 --registrar-only --tags production

One dash or two, '--flag value' or '--flag=value', before or after the registry. Each option can also be given as an
environment variable: --http-bind as PORTOLAN_HTTP_BIND. Durations are Go's (30s, 1m30s); a bare number means seconds,
for --retry-interval milliseconds.
${lines.join('\n')}
`;
}

function optionLines(usage: string, { help, defaultText, fallback }: OptionSpec<unknown>): readonly string[] {
  const shown =
    defaultText ?? (fallback === undefined || fallback === false || fallback === '' ? undefined : defaultOf(fallback));
  return [`  ${usage.padEnd(33)} ${help}`, ...(shown === undefined ? [] : [`${' '.repeat(36)}default: ${shown}`])];
}

function defaultOf(fallback: unknown): string {
  return typeof fallback === 'number' ? `${fallback / 1_000}s` : String(fallback);
}
