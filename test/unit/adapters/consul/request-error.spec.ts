import { describe, expect, it } from 'vitest';
import {
  answerError,
  ConsulRefusal,
  isOfOneRequest,
  requestError,
} from '../../../../src/adapters/consul/request-error.ts';
import { PortolanError } from '../../../../src/lib/errors.ts';

const facts = { endpoint: 'consul://stub', method: 'GET', path: '/agent/self', hasToken: true };

/** As the library rejects with it. */
function refused(statusCode: number, body?: unknown): Error {
  return Object.assign(new Error('x'), { response: { statusCode, body } });
}

/** As Node rejects with it, through the library. */
function failed(message: string, code?: string): Error {
  return Object.assign(new Error(`consul: ${message}`), code === undefined ? {} : { code });
}

describe('the hint of a refusal', () => {
  const sources = 'CONSUL_HTTP_TOKEN or CONSUL_HTTP_TOKEN_FILE';
  const policy = 'add it to a policy of the token, or set';

  it.each([
    {
      answer: "Permission denied: token with AccessorID 'b1' lacks permission 'service:write' on \"web\"",
      path: '/agent/service/register',
      hint: `The ACL token lacks the right service:write on "web": ${policy} ${sources}.`,
    },
    {
      answer: "Permission denied: token with AccessorID 'b1' lacks permission 'agent:read'",
      path: '/agent/self',
      hint: `The ACL token lacks the right agent:read: ${policy} ${sources}.`,
    },
    {
      answer: 'Permission denied',
      path: '/agent/service/register',
      hint: `The ACL token lacks the right service:write: ${policy} ${sources}.`,
    },
    {
      answer: 'Permission denied',
      path: '/agent/check/update/x',
      hint: `The ACL token lacks the right service:write: ${policy} ${sources}.`,
    },
    {
      answer: 'Permission denied',
      path: '/agent/self',
      hint: `The ACL token lacks the right agent:read: ${policy} ${sources}.`,
    },
    {
      answer: 'Permission denied',
      path: '/catalog/nodes',
      hint: `The ACL token lacks the right node:read: ${policy} ${sources}.`,
    },
    {
      answer: 'Permission denied',
      path: '/health/service/web',
      hint: `The ACL token lacks the right service:read and node:read: ${policy} ${sources}.`,
    },
    {
      answer: 'ACL not found',
      path: '/agent/services',
      hint: `Consul does not know the ACL token, it may have been deleted: set ${sources} to another.`,
    },
  ])('403 "$answer" to $path names the right', ({ answer, path, hint }) => {
    expect(requestError(refused(403, answer), { ...facts, path })).toMatchObject({ hint });
  });

  it('403 without a token asks for one', () => {
    const error = requestError(refused(403, 'Permission denied'), { ...facts, hasToken: false });
    expect(error).toMatchObject({
      hint: `The request had no ACL token: set ${sources} to one with the right agent:read.`,
    });
  });

  it.each([
    {
      status: 401,
      answer: 'x',
      hint: 'If a proxy before Consul asks for a password, set CONSUL_HTTP_AUTH to user:password.',
    },
    {
      status: 429,
      answer: 'Your IP is issuing too many concurrent connections, please rate limit your calls',
      hint: 'All programs of this host together have too many connections: raise limits.http_max_conns_per_client of the agent.',
    },
    {
      status: 400,
      answer: 'Client sent an HTTP request to an HTTPS server.',
      hint: 'That port speaks TLS: use consul-tls://.',
    },
    {
      status: 400,
      answer: 'Bad request: Invalid query parameter: "ns" - Namespaces are a Consul Enterprise feature',
      hint: 'Only Consul Enterprise has namespaces: unset CONSUL_NAMESPACE.',
    },
    {
      status: 500,
      answer: 'No cluster leader',
      hint: 'The Consul servers have no leader, or the agent finds none of them: see `consul operator raft list-peers`.',
    },
    {
      status: 500,
      answer: 'No known Consul servers',
      hint: 'The Consul servers have no leader, or the agent finds none of them: see `consul operator raft list-peers`.',
    },
    { status: 500, answer: 'something else', hint: undefined },
  ])('$status "$answer": $hint', ({ status, answer, hint }) => {
    expect(requestError(refused(status, answer), facts)).toMatchObject({
      code: 'CONSUL_REFUSED',
      status,
      answer,
      hint,
    });
  });
});

describe('a refusal', () => {
  it.each([
    { body: Buffer.from('No cluster leader\n'), answer: 'No cluster leader', words: ': No cluster leader' },
    { body: 'no leader', answer: 'no leader', words: ': no leader' },
    { body: { error: 'x' }, answer: '{"error":"x"}', words: ': {"error":"x"}' },
    { body: undefined, answer: '', words: '' },
    { body: 'x'.repeat(1_000), answer: 'x'.repeat(500), words: `: ${'x'.repeat(500)}` },
  ])('says what was answered: $answer', ({ body, answer, words }) => {
    const error = requestError(refused(500, body), facts);
    expect(error).toBeInstanceOf(ConsulRefusal);
    expect(error).toMatchObject({ answer, message: `Consul at consul://stub answered 500 to GET /agent/self${words}` });
  });

  it('does not repeat a web page', () => {
    expect(requestError(refused(502, '\n<!DOCTYPE html><html>Bad gateway</html>'), facts)).toMatchObject({
      message: 'Consul at consul://stub answered 502 to GET /agent/self: a web page',
      hint: 'Is that address really a Consul agent?',
    });
  });
});

describe('a Consul that cannot be reached', () => {
  it.each([
    {
      error: failed('connect ECONNREFUSED 127.0.0.1:1', 'ECONNREFUSED'),
      hint: 'Is the Consul agent running and listening there?',
    },
    { error: failed('no connection within 3000 ms'), hint: 'Is the Consul agent running and listening there?' },
    {
      error: failed('socket hang up', 'ECONNRESET'),
      hint: 'The agent ended the connection. If that goes on, raise its limits.http_max_conns_per_client (200 for a whole host).',
    },
    {
      error: failed('aborted'),
      hint: 'The agent ended the connection. If that goes on, raise its limits.http_max_conns_per_client (200 for a whole host).',
    },
    {
      error: new PortolanError('TIMED_OUT', 'nothing within 10000 ms'),
      hint: 'Is the agent stopped or overloaded? Without a leader it takes 7 s for each change.',
    },
    { error: failed('expired', 'CERT_HAS_EXPIRED'), hint: "The agent's certificate has expired." },
    {
      error: failed('altnames', 'ERR_TLS_CERT_ALTNAME_INVALID'),
      hint: "Set CONSUL_TLS_SERVER_NAME to a name in the agent's certificate.",
    },
    ...[
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      'SELF_SIGNED_CERT_IN_CHAIN',
      'DEPTH_ZERO_SELF_SIGNED_CERT',
      'CERT_SIGNATURE_FAILURE',
    ].map((code) => ({
      error: failed('x', code),
      hint: "Set CONSUL_CACERT to the certificate of the authority that signed the agent's.",
    })),
    { error: failed('x', 'ERR_SSL_WRONG_VERSION_NUMBER'), hint: 'That port does not speak TLS: use consul://.' },
    {
      error: failed('x', 'EPROTO'),
      hint: 'That port does not speak TLS as it should: is it the HTTPS port of the agent?',
    },
    ...[
      'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED',
      'ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE',
      'ERR_SSL_TLSV1_ALERT_UNKNOWN_CA',
    ].map((code) => ({
      error: failed('x', code),
      hint: 'The agent refuses our certificate: set CONSUL_CLIENT_CERT and CONSUL_CLIENT_KEY to ones of its authority.',
    })),
  ])('by $error.code $error.message: $hint', ({ error, hint }) => {
    expect(requestError(error, facts)).toMatchObject({
      code: 'CONSUL_UNREACHABLE',
      message: `cannot reach Consul at consul://stub: ${error.message.replace('consul: ', '')}`,
      hint,
      cause: error,
    });
  });
});

describe("an answer that cannot be Consul's", () => {
  it('is one that cannot be decoded', () => {
    const cause = Object.assign(new Error('decode failed'), { isCodec: true });
    expect(requestError(cause, facts)).toMatchObject({
      code: 'RESPONSE_INVALID',
      message: 'Consul at consul://stub answered GET /agent/self with broken JSON',
      hint: 'Is that address really a Consul agent?',
      cause,
    });
  });

  it('is named with what came instead', () => {
    expect(answerError('text/html', facts)).toMatchObject({
      code: 'RESPONSE_INVALID',
      message: 'Consul at consul://stub answered GET /agent/self with text/html',
    });
  });
});

describe('what a single request is to blame for', () => {
  const get = { endpoint: 'consul://c', method: 'GET', path: '/health/service/web', hasToken: false };
  const refusal = (status: number) => new ConsulRefusal(status, '', `answered ${status}`, undefined);

  it.each([301, 400, 404, 414, 431])('is a refusal by %i', (status) => {
    expect(isOfOneRequest(refusal(status))).toBe(true);
  });

  it('is an answer that is too long', () => {
    const error = requestError(new Error('consul: the answer is longer than 67108864 bytes'), get);
    expect(isOfOneRequest(error)).toBe(true);
    expect(error.message).toBe(
      'Consul at consul://c answers GET /health/service/web, but the answer is longer than 67108864 bytes',
    );
  });

  it.each([401, 403, 429, 500, 503])('is no refusal by %i', (status) => {
    expect(isOfOneRequest(refusal(status))).toBe(false);
  });

  it('is no broken connection', () => {
    expect(isOfOneRequest(requestError(new Error('socket hang up'), get))).toBe(false);
  });
});
