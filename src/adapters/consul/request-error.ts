import type http from 'node:http';
import { errorMessage, PortolanError, systemErrorCode } from '../../lib/errors.ts';

/** Consul answered, but not with a success. */
export class ConsulRefusal extends PortolanError {
  readonly status: number;
  readonly answer: string;
  constructor(status: number, answer: string, message: string, hint: string | undefined) {
    super('CONSUL_REFUSED', message, hint === undefined ? {} : { hint });
    this.status = status;
    this.answer = answer;
  }
}

/** What a request asked for, and of whom. */
export interface RequestFacts {
  /** `consul://127.0.0.1:8500`. */
  readonly endpoint: string;
  readonly method: string;
  /** Below `/v1`, without query. */
  readonly path: string;
  readonly hasToken: boolean;
}

const LEADERLESS = /no cluster leader|no known consul servers/i;

/** Whether Consul could not answer because its servers have no leader. */
export function isLeaderless(error: unknown): boolean {
  return error instanceof ConsulRefusal && error.status === 500 && LEADERLESS.test(error.answer);
}

/** What is said of an answer that is cut off for its length. */
export function tooLong(maxBytes: number): string {
  return `the answer is longer than ${maxBytes} bytes`;
}

const TOO_LONG = /the answer is longer than \d+ bytes$/;
const NOT_CONSUL = 'Is that address really a Consul agent?';

/** What the failure of a request means: what was asked of whom, what came back, and what to do about it. */
export function requestError(error: unknown, facts: RequestFacts): PortolanError {
  const refused = refusedAnswer(error);
  if (refused !== undefined) return refusalError(refused.status, refused.text, facts);
  if (error instanceof Error && 'isCodec' in error) return answerError('broken JSON', facts, error);
  // The library puts its own name before what Node says.
  const message = errorMessage(error).replace(/^consul: /, '');
  if (TOO_LONG.test(message)) {
    return new PortolanError(
      'RESPONSE_INVALID',
      `Consul at ${facts.endpoint} answers ${facts.method} ${facts.path}, but ${message}`,
    );
  }
  const hint = unreachableHint(error, message);
  return new PortolanError('CONSUL_UNREACHABLE', `cannot reach Consul at ${facts.endpoint}: ${message}`, {
    cause: error,
    hint,
  });
}

/** An answer that says success, but cannot be Consul's. */
export function answerError(what: string, { endpoint, method, path }: RequestFacts, cause?: unknown): PortolanError {
  const message = `Consul at ${endpoint} answered ${method} ${path} with ${what}`;
  return new PortolanError('RESPONSE_INVALID', message, { hint: NOT_CONSUL, ...(cause !== undefined && { cause }) });
}

/** Statuses by which a server says that it will never answer this request: others would be answered. */
const NEVER = new Set([301, 400, 404, 414, 431]);

/** Whether what was asked for is the reason, not Consul or the way to it. */
export function isOfOneRequest(error: unknown): boolean {
  if (error instanceof ConsulRefusal) return NEVER.has(error.status);
  return error instanceof PortolanError && TOO_LONG.test(error.message);
}

/** What an answer means that is not a success. */
export function refusalError(status: number, text: string, facts: RequestFacts): ConsulRefusal {
  const answer = text.trim().slice(0, 500);
  // A page for people instead of a reason: a proxy's, or another server's.
  const isPage = answer.startsWith('<');
  const words = isPage ? ': a web page' : answer && `: ${answer}`;
  const hint = isPage ? NOT_CONSUL : refusalHint(status, answer, facts);
  const { endpoint, method, path } = facts;
  return new ConsulRefusal(
    status,
    answer,
    `Consul at ${endpoint} answered ${status} to ${method} ${path}${words}`,
    hint,
  );
}

function refusedAnswer(error: unknown): { readonly status: number; readonly text: string } | undefined {
  if (!(error instanceof Error) || !('response' in error)) return undefined;
  const { statusCode, body } = error.response as http.IncomingMessage & { readonly body?: unknown };
  const isText = body === undefined || Buffer.isBuffer(body) || typeof body === 'string';
  return { status: statusCode ?? 0, text: isText ? String(body ?? '') : JSON.stringify(body) };
}

function refusalHint(status: number, answer: string, facts: RequestFacts): string | undefined {
  if (status === 403) return rightsHint(answer, facts);
  if (status === 401) return 'If a proxy before Consul asks for a password, set CONSUL_HTTP_AUTH to user:password.';
  if (status === 429) {
    return 'All programs of this host together have too many connections: raise limits.http_max_conns_per_client of the agent.';
  }
  if (status === 400 && /HTTPS server/i.test(answer)) return 'That port speaks TLS: use consul-tls://.';
  if (status === 400 && /namespace/i.test(answer)) {
    return 'Only Consul Enterprise has namespaces: unset CONSUL_NAMESPACE.';
  }
  return LEADERLESS.test(answer)
    ? 'The Consul servers have no leader, or the agent finds none of them: see `consul operator raft list-peers`.'
    : undefined;
}

const WHERE_TOKENS_COME_FROM = 'CONSUL_HTTP_TOKEN or CONSUL_HTTP_TOKEN_FILE';

/** Old agents do not say which right is missing, new ones do. */
function rightsHint(answer: string, { path, hasToken }: RequestFacts): string {
  const [, right, name] = /lacks permission '([^']+)'(?: on "([^"]*)")?/.exec(answer) ?? [];
  const missing = right === undefined ? rightFor(path) : right + (name === undefined ? '' : ` on "${name}"`);
  if (!hasToken) return `The request had no ACL token: set ${WHERE_TOKENS_COME_FROM} to one with the right ${missing}.`;
  if (/ACL not found/i.test(answer)) {
    return `Consul does not know the ACL token, it may have been deleted: set ${WHERE_TOKENS_COME_FROM} to another.`;
  }
  return `The ACL token lacks the right ${missing}: add it to a policy of the token, or set ${WHERE_TOKENS_COME_FROM}.`;
}

function rightFor(path: string): string {
  if (path.startsWith('/agent/service/') || path.startsWith('/agent/check/')) return 'service:write';
  if (path === '/agent/self') return 'agent:read';
  return path === '/catalog/nodes' ? 'node:read' : 'service:read and node:read';
}

const TLS_HINTS: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: "The agent's certificate has expired.",
  ERR_TLS_CERT_ALTNAME_INVALID: "Set CONSUL_TLS_SERVER_NAME to a name in the agent's certificate.",
  ERR_SSL_WRONG_VERSION_NUMBER: 'That port does not speak TLS: use consul://.',
  EPROTO: 'That port does not speak TLS as it should: is it the HTTPS port of the agent?',
};

function unreachableHint(error: unknown, message: string): string {
  const code = systemErrorCode(error) ?? '';
  const tls = TLS_HINTS[code];
  if (tls !== undefined) return tls;
  if (/^(UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|CERT_)/.test(code)) {
    return "Set CONSUL_CACERT to the certificate of the authority that signed the agent's.";
  }
  if (code.startsWith('ERR_SSL_') && code.includes('ALERT')) {
    return 'The agent refuses our certificate: set CONSUL_CLIENT_CERT and CONSUL_CLIENT_KEY to ones of its authority.';
  }
  if (error instanceof PortolanError && error.code === 'TIMED_OUT') {
    return 'Is the agent stopped or overloaded? Without a leader it takes 7 s for each change.';
  }
  return code === 'ECONNRESET' || message === 'aborted'
    ? 'The agent ended the connection. If that goes on, raise its limits.http_max_conns_per_client (200 for a whole host).'
    : 'Is the Consul agent running and listening there?';
}
