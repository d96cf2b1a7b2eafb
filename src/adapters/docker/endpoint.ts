import { existsSync } from 'node:fs';
import { TerminalError } from '../../lib/errors.ts';

/** Where Docker listens. `name` is as people write it. */
export type DockerEndpoint =
  | { readonly kind: 'unix'; readonly path: string; readonly name: string }
  | {
      readonly kind: 'tcp';
      /** A host name or an address, IPv6 without brackets. */
      readonly host: string;
      /** `undefined`: 2376 with TLS, else 2375. */
      readonly port: number | undefined;
      readonly isTls: boolean;
      readonly name: string;
    };

/** Registrator's image documented the second; Docker's own default is the first. */
const USUAL_SOCKETS = ['/var/run/docker.sock', '/tmp/docker.sock'];
const HINT = 'Give unix:///path/to/docker.sock or tcp://host:port by --docker-host or DOCKER_HOST.';

/** The first of the usual sockets that exists now. */
export function usualEndpoint(): DockerEndpoint {
  return unixEndpoint(USUAL_SOCKETS.find((path) => existsSync(path)) ?? '/var/run/docker.sock');
}

/**
 * Reads `unix:///path`, `tcp://host[:port]`, `http://…`, `https://…` or `host:port`. Throws a `TerminalError`
 * (`DOCKER_HOST_INVALID`) for all else.
 *
 * Source: docker/cli 20.10, `opts/hosts.go: ParseHost`. Differs: a mere word is refused, not taken for a host; so are
 * `ssh://`, which needs the program, and `npipe://`, which is for Windows.
 */
export function parseDockerHost(text: string): DockerEndpoint {
  const name = text.trim();
  const [, scheme = '', rest = ''] = /^(?:([a-z][a-z\d+.-]*):\/\/)?(.*)$/is.exec(name) ?? [];
  switch (scheme.toLowerCase()) {
    case 'unix':
      if (rest === '') return unixEndpoint('/var/run/docker.sock');
      if (!rest.startsWith('/')) throw refusal(name, `its path is not absolute; did you mean unix:///${rest}?`);
      return unixEndpoint(rest);
    case 'tcp':
    case 'http':
    case 'https':
      return tcpEndpoint(name, rest, scheme.toLowerCase() === 'https');
    case '':
      if (rest.startsWith('/')) throw refusal(name, `did you mean unix://${rest}?`);
      if (!/:\d+$/.test(rest)) throw refusal(name, 'it has neither a scheme nor a port');
      return tcpEndpoint(`tcp://${rest}`, rest, false);
    default:
      throw refusal(name, `${scheme}:// is not supported`);
  }
}

function unixEndpoint(path: string): DockerEndpoint {
  return { kind: 'unix', path, name: `unix://${path}` };
}

function tcpEndpoint(name: string, rest: string, isTls: boolean): DockerEndpoint {
  // Always as `tcp:`, since of `http://host:80` the parser would forget the port.
  const url = URL.parse(`tcp://${rest}`);
  if (url === null || url.hostname === '' || url.port === '0') throw refusal(name, 'it is no host and port');
  if (url.username !== '' || url.password !== '') throw refusal(name, 'it must not name a user');
  if ((url.pathname !== '' && url.pathname !== '/') || url.search !== '' || url.hash !== '') {
    throw refusal(name, 'nothing may follow host and port');
  }
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  return { kind: 'tcp', host, port: url.port === '' ? undefined : Number(url.port), isTls, name };
}

function refusal(text: string, reason: string): TerminalError {
  // A password must not get into the log.
  const shown = JSON.stringify(text.replace(/\/\/[^/]*@/, '//…@'));
  return new TerminalError('DOCKER_HOST_INVALID', `${shown} is no address of Docker: ${reason}`, { hint: HINT });
}
