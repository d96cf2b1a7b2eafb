import type { ServiceOrigin } from '../domain/service.ts';
import { hostAndPort } from '../lib/addresses.ts';
import type { RawField, Warn } from './check-fields.ts';

/** What a check may test: the service itself and nothing else, whatever address its author writes. */
export interface CheckTarget {
  readonly serviceId: string;
  readonly serviceName: string;
  /** An IP literal. */
  readonly address: string;
  readonly port: number;
  readonly origin: ServiceOrigin;
  /** Whether labels may make the agent run programs. */
  readonly enableScriptChecks: boolean;
}

/** The URL of an HTTP check: the container's own address with the path, and query, of what the user wrote. */
export function checkUrl(scheme: 'http' | 'https', text: string, { address, port }: CheckTarget): string {
  return `${scheme}://${hostAndPort(address, port)}${checkPath(text)}`;
}

/**
 * The address of a gRPC check: `host:port`, or `host:port/service` where the user names a service. A bad name costs
 * itself: the server as a whole is asked then.
 */
export function grpcTarget(raw: RawField, { address, port }: CheckTarget, warn: Warn): string {
  const own = hostAndPort(address, port);
  const name = grpcService(raw.text);
  if (name === '') return own;
  if (/^[\x21-\x7e]{1,255}$/.test(name)) return `${own}/${name}`;
  warn(raw, 'is no name of a gRPC service; the server as a whole is asked instead');
  return own;
}

/** Why a check that connects over TCP cannot test the port; `undefined` when it can. */
export function connectionProblem({ origin }: CheckTarget): string | undefined {
  return origin.protocol === 'tcp' ? undefined : `cannot test a ${origin.protocol} port; the check is left out`;
}

function checkPath(text: string): string {
  if (text.toLowerCase() === 'true') return '/';
  const path = text.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '');
  const rooted = path.startsWith('/') ? path : `/${path}`;
  return rooted
    .replaceAll(/[^\x21-\x7e]|["<>\\^`{|}]/gu, (character) => encodeURIComponent(character.toWellFormed()))
    .replaceAll(/%(?![0-9a-f]{2})/gi, '%25');
}

/** The name of the service in `true`, `my.Service`, `host:port`, `host:port/my.Service`; empty for none. */
function grpcService(text: string): string {
  if (/^(true|1|yes|on)$/i.test(text)) return '';
  const place = /^(?:[a-z][a-z0-9+.-]*:\/\/[^/]*|[^/]*:\d+(?=\/|$))/i;
  return text.replace(place, '').replace(/^\/+/, '');
}
