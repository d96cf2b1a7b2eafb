import type { RenderFlag } from '../config/render-flag.ts';
import { RENDER_FLAG_GROUPS } from '../config/render-flags.ts';

/** The help of `portolan render`: examples, every flag, keys of its own, exit codes. */
export function renderHelp(): string {
  const groups = RENDER_FLAG_GROUPS.map(([title, flags]) => {
    const shown = Object.entries(flags).filter(([, { isHidden }]) => isHidden !== true);
    return `${title}:\n${shown.flatMap(([name, flag]) => flagLines(name, flag)).join('\n')}\n`;
  });
  return `Usage: portolan render [options]

Renders files from Consul's catalog and key-value store and keeps them true: consul-template's templates, command line
and configuration files, unchanged.

Examples:
  portolan render -template haproxy.ctmpl:/etc/haproxy/haproxy.cfg:'systemctl reload haproxy'
  portolan render -config /etc/consul-template.d -consul-addr 10.0.0.5:8500
  portolan render -template in.ctmpl:out.txt -once -dry
  portolan render -template app.ctmpl:app.conf -exec '/usr/bin/app -c app.conf' -exec-reload-signal SIGHUP

${groups.join('\n')}
  -v, -h                                  version, this help

One dash or two, '-flag value' or '-flag=value'; durations are Go's. Files are HCL or JSON; CT_LOCAL_CONFIG holds the
text of one more. In a template block, beside consul-template's own keys:
  check = "haproxy -c -f {}"              runs before the file is replaced; {} and $PORTOLAN_CANDIDATE are the new one's
                                          path. Fails it, the old file stays; check_timeout = "30s"
  command_on_start = true                 as -command-on-start, for this template
Vault, Nomad, syslog and de-duplication are not there; their settings are taken with a warning.

Signals: SIGTERM and SIGINT end it, SIGHUP reads the configuration again; others are passed on to the program of -exec.
Exit codes: 0 ok, 12 interrupted, 13 flags, 14 rendering failed (-once, -parse-only, error_fatal),
15 configuration, 70 a defect of Portolan; with -exec that of the program.
`;
}

const COLUMN = 42;

function flagLines(name: string, { help, placeholder, defaultText }: RenderFlag): readonly string[] {
  const usage = `  -${name}${placeholder === undefined ? '' : ` ${placeholder}`}`;
  const fallback = defaultText === undefined ? '' : ` (default: ${defaultText})`;
  const whole = `${usage.padEnd(COLUMN - 1)} ${help}${fallback}`;
  if (whole.length <= 120) return [whole];
  return [`${usage.padEnd(COLUMN - 1)} ${help}`, `${' '.repeat(COLUMN)}${fallback.trim()}`];
}
