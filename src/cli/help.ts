import type { OptionSpec } from '../config/option.ts';
import { flagOf, OPTION_GROUPS, OPTION_SPECS, type OptionName } from '../config/options.ts';

/** The help of the program: examples first, then commands. */
export function programHelp(): string {
  return `portolan: Docker containers to Consul, and Consul's catalog to a local HAProxy.

Examples:
  portolan consul://localhost:8500              register this host's containers and route to all services
  portolan run memory://                        the same without Consul, for this host alone
  portolan -ip 10.0.0.5 -resync 60 consul://:8500   registrator's command line works as it is
  portolan render -template in.ctmpl:out.cfg:'reload-it'   consul-template's command line works, too
  portolan status                               what the running Portolan does
  portolan services                             what can be reached from this host, and how
  portolan explain web.1                        what is registered of a container, and why

Commands:
  run REGISTRY     the daemon (the word may be left out)
  render           files from templates of consul-template, by its command line and configuration
  status           registration and routing of the running daemon; --json
  services         services, how to reach them, and their instances; --json
  release          let go what is kept though Consul no longer has it; --json
  explain          what is registered of a container, where each value comes from, what was left out; --json
  check FILE       what is wrong with a template, what it calls and what it reads; --against a Consul, --json
  healthcheck      exit 0 when the running daemon is ready, else 1
  version          print the version

REGISTRY is consul://HOST:PORT, consul-unix:///PATH, consul-tls://HOST:PORT or memory://, or comes from
PORTOLAN_REGISTRY. 'portolan run --help' lists the options of the daemon.
'portolan explain --help' says how to ask it about containers without Docker and Consul.
Exit codes: 0 ok, 1 failure, 2 usage, 3 problems found, 4 the running daemon or Consul cannot be reached, 70 a defect of
Portolan; 'portolan render' keeps those of consul-template.
`;
}

/** The help of `portolan explain`. */
export function explainHelp(): string {
  return `Usage: portolan explain CONTAINER... [--json]
       portolan explain --inspect FILE [CONTAINER...] [options of the daemon] [--json]

Says of each port what is registered, where each value comes from (label, environment, flag, default, rule), and what
was left out and why.

Examples:
  portolan explain web.1                        ask the running daemon, which also knows what the registry holds
  docker inspect web.1 | portolan explain --inspect -
  docker inspect $(docker ps -aq) > all.json; portolan explain --inspect all.json web.1
  portolan explain --inspect all.json -internal -tags eu memory://

CONTAINER is a name, an ID or the beginning of an ID.

  --inspect FILE    read what docker inspect printed ('-' is standard input) and say what would be registered; needs
                    neither Docker nor Consul. All options of 'portolan run' are taken, in the same notation and from
                    the same environment. Give the neighbors too: they count for IDs and shared networks
  --json            as JSON, with whole values
  --run-dir PATH    folder of the sockets of the running daemon

Exit codes: 0 ok, 1 no such container, 2 usage or a file that cannot be used, 4 the daemon cannot be reached.
`;
}

/** The help of `portolan release`. */
export function releaseHelp(): string {
  return `Usage: portolan release [SERVICE...] [--json]

Lets go the instances that are kept though Consul's catalog no longer has them, of these services or of all.

What vanishes in a doubtful way (all at once, with its node, after an outage, when the ACL token shows nothing any more)
stays routed until a second reading confirms it, 10 s later at the earliest; 'portolan status' shows what and why. This
command says that it is gone for good.

Examples:
  portolan status                               what is kept, and why
  portolan release orders                       it was meant to go
  portolan release                              all of it

  --json            what was let go and what is still kept, as JSON
  --run-dir PATH    folder of the sockets of the running daemon

Exit codes: 0 ok, 1 nothing of a named service was kept, 4 the daemon cannot be reached.
`;
}

/** The help of `portolan check`. */
export function checkHelp(): string {
  return `Usage: portolan check FILE [--against consul://HOST:PORT] [--json]

Says what is wrong with a template of consul-template, with the place and what to do; which functions it calls, and what
it reads of Consul, as far as it says so without data.

Examples:
  portolan check haproxy.ctmpl
  portolan check - < haproxy.ctmpl
  portolan check haproxy.ctmpl --against consul://localhost:8500

FILE is a template; '-' is standard input.

  --against URI     evaluate it once with the data of this Consul, and say what it waits for; token, certificates and
                    the like come from the environment (CONSUL_HTTP_TOKEN, CONSUL_CACERT, …), as for 'portolan run'
  --json            as JSON

Exit codes: 0 no problems, 2 usage or a file that cannot be read, 3 problems found, 4 Consul cannot be reached.
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
