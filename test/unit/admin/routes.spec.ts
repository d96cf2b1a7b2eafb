import { describe, expect, it } from 'vitest';
import { type Access, adminRoutes } from '../../../src/admin/routes.ts';
import type { AdminView, ExplainAnswer, ReadinessPart } from '../../../src/admin/view.ts';

const ready: ReadinessPart = { name: 'registration', isReady: true };
const unready: ReadinessPart = { name: 'routing', isReady: false, reason: 'HAProxy is missing' };
const doubtful: ReadinessPart = { name: 'routing', isReady: true, reason: 'the catalog cannot be read' };

const explainAnswers: Readonly<Record<string, ExplainAnswer>> = {
  wbe: { kind: 'unknown', reason: 'there is no container wbe', nearest: ['web.1'] },
  early: { kind: 'not-ready', reason: 'no pass has come through yet' },
};

function aView({ isAlive = true, parts = [ready] as readonly ReadinessPart[], routes = true } = {}): AdminView {
  return {
    isAlive: () => isAlive,
    parts: () => parts,
    status: () => ({ version: '1.2.3' }),
    services: () => [{ name: 'web' }],
    explain: (container) => explainAnswers[container] ?? { kind: 'found', explanation: { containers: [container] } },
    release: (services) => (routes ? { released: services } : undefined),
  };
}

/** The listener that is best guarded: beyond this machine, with the token `secret`. */
const remote: Access = { isLocal: false, isSocket: false, token: () => 'secret', isEqual: (a, b) => a === b };
const local: Access = { ...remote, isLocal: true };
const socket: Access = { ...remote, isSocket: true };

interface Asked {
  readonly view?: AdminView;
  readonly access?: Access;
  readonly host?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly method?: string;
}

async function ask(
  path: string,
  { view = aView(), access = remote, host = '10.0.0.5:8650', headers = {}, method = 'GET' }: Asked = {},
) {
  const response = await adminRoutes(view, access, () => undefined).request(path, {
    method,
    headers: { host, ...headers },
  });
  return { status: response.status, text: await response.text(), headers: response.headers };
}

/** Status and text alone. */
async function answer(path: string, asked: Asked = {}) {
  const { status, text } = await ask(path, asked);
  return { status, text };
}

describe('POST /api/v1/release', () => {
  const path = '/api/v1/release?service=web&service=api';
  const method = 'POST';
  const authorization = 'Bearer secret';

  it.each([
    { who: 'who knows the token', asked: { headers: { authorization } } },
    { who: 'who knows the token, on this machine', asked: { access: local, headers: { authorization } } },
    { who: 'who may open the socket', asked: { access: socket } },
  ])('lets go for one $who', async ({ asked }) => {
    expect(await answer(path, { ...asked, method })).toEqual({ status: 200, text: '{"released":["web","api"]}' });
  });

  it('lets go everything where no service is named', async () => {
    expect(await answer('/api/v1/release', { access: socket, method })).toEqual({
      status: 200,
      text: '{"released":[]}',
    });
  });

  it.each([
    { who: 'on this machine', access: local },
    { who: 'from elsewhere', access: remote },
    { who: 'where there is no token', access: { ...local, token: () => undefined } },
  ])('refuses one without the token $who', async ({ access }) => {
    expect((await ask(path, { access, method })).status).toBe(401);
  });

  it('says so where nothing is routed', async () => {
    expect(await answer(path, { access: socket, method, view: aView({ routes: false }) })).toEqual({
      status: 503,
      text: '{"error":"nothing is kept here: this Portolan does not route"}',
    });
  });
});

describe('GET /livez', () => {
  it.each([
    { isAlive: true, status: 200, text: 'ok\n' },
    { isAlive: false, status: 503, text: 'not alive\n' },
  ])('is $status when alive is $isAlive', async ({ isAlive, status, text }) => {
    expect(await answer('/livez', { view: aView({ isAlive }) })).toEqual({ status, text });
  });
});

describe('GET /readyz', () => {
  it.each([
    { path: '/readyz', parts: [], status: 200, text: 'ok\n' },
    { path: '/readyz', parts: [ready, doubtful], status: 200, text: 'ok\n' },
    {
      path: '/readyz?verbose',
      parts: [ready, doubtful],
      status: 200,
      text: '[+] registration\n[+] routing: the catalog cannot be read\nok\n',
    },
    {
      path: '/readyz',
      parts: [ready, unready],
      status: 503,
      text: '[+] registration\n[-] routing: HAProxy is missing\nnot ready\n',
    },
    { path: '/readyz?verbose=1', parts: [unready], status: 503, text: '[-] routing: HAProxy is missing\nnot ready\n' },
  ])('answers $path with $status and $text', async ({ path, parts, status, text }) => {
    expect(await answer(path, { view: aView({ parts }) })).toEqual({ status, text });
  });
});

describe('GET /api/v1', () => {
  const authorized = { headers: { authorization: 'Bearer secret' } };

  it.each([
    { path: '/api/v1/status', text: '{"version":"1.2.3"}' },
    { path: '/api/v1/services', text: '[{"name":"web"}]' },
  ])('gives the view as JSON: $path', async ({ path, text }) => {
    const { status, headers, ...rest } = await ask(path, authorized);
    expect({ status, type: headers.get('content-type'), ...rest }).toEqual({
      status: 200,
      type: 'application/json',
      text,
    });
  });

  it.each([
    { who: 'whoever opens the socket', access: socket },
    { who: 'whoever is on this machine', access: local },
  ])('asks no token of $who', async ({ access }) => {
    expect(await answer('/api/v1/status', { access })).toEqual({ status: 200, text: '{"version":"1.2.3"}' });
  });

  it.each(['', 'secret', 'Bearer', 'Bearer ', 'Bearer wrong', 'Bearer secret2', 'Bearer  secret', 'Basic secret'])(
    'refuses the authorization %j from beyond',
    async (authorization) => {
      expect(await answer('/api/v1/status', { headers: { authorization } })).toEqual({
        status: 401,
        text: '{"error":"a token is needed beyond this machine, and to change something: send Authorization: Bearer TOKEN"}',
      });
    },
  );

  it.each(['Bearer undefined', 'Bearer secret', ''])(
    'refuses even %j from beyond when there is no token',
    async (authorization) => {
      const access = { ...remote, token: () => undefined, isEqual: () => true };
      expect(await answer('/api/v1/status', { access, headers: { authorization } })).toEqual({
        status: 401,
        text: '{"error":"a token is needed beyond this machine, and to change something: start Portolan with --admin-token-file"}',
      });
    },
  );

  it('takes the token of the moment', async () => {
    const tokens = ['old', 'new'];
    const app = adminRoutes(aView(), { ...remote, token: () => tokens.shift() }, () => undefined);
    const init = { headers: { host: '10.0.0.5', authorization: 'Bearer new' } };
    const [first, second] = [await app.request('/api/v1/status', init), await app.request('/api/v1/status', init)];
    expect([first.status, second.status]).toEqual([401, 200]);
  });

  it('leaves the comparison to the one that it is given', async () => {
    const compared: unknown[] = [];
    const isEqual = (wanted: string, given: string) => {
      compared.push([wanted, given]);
      return given === 'as good';
    };
    const asked = { access: { ...remote, isEqual }, headers: { authorization: 'Bearer as good' } };
    expect(await answer('/api/v1/status', asked)).toMatchObject({ status: 200 });
    expect(compared).toEqual([['secret', 'as good']]);
  });

  it('does not tell a stranger what there is', async () => {
    expect(await answer('/api/v1/nothing')).toMatchObject({ status: 401 });
    expect(await answer('/api/v1/nothing', authorized)).toEqual({
      status: 404,
      text: '{"error":"there is no GET /api/v1/nothing"}',
    });
  });
});

describe('health', () => {
  it.each(['/livez', '/readyz', '/readyz?verbose'])('is told to strangers without a token: %s', async (path) => {
    expect(await answer(path)).toMatchObject({ status: 200 });
  });
});

describe('GET /api/v1/explain', () => {
  it.each([
    { query: '?container=web.1', status: 200, text: '{"containers":["web.1"]}' },
    { query: '?container=a%2Fb%20c', status: 200, text: '{"containers":["a/b c"]}' },
    {
      query: '?container=wbe',
      status: 404,
      text: '{"error":"there is no container wbe","nearest":["web.1"]}',
    },
    { query: '?container=early', status: 503, text: '{"error":"no pass has come through yet"}' },
    { query: '', status: 400, text: '{"error":"say which one: /api/v1/explain?container=NAME"}' },
    { query: '?container=', status: 400, text: '{"error":"say which one: /api/v1/explain?container=NAME"}' },
  ])('is $status for "$query"', async ({ query, status, text }) => {
    expect(await answer(`/api/v1/explain${query}`, { access: socket })).toEqual({ status, text });
  });

  it('needs the token beyond this machine', async () => {
    expect(await answer('/api/v1/explain?container=web.1')).toMatchObject({ status: 401 });
  });
});

describe('any other request', () => {
  it.each([
    { method: 'GET', path: '/' },
    { method: 'GET', path: '/livez/' },
    { method: 'GET', path: '/LIVEZ' },
    { method: 'POST', path: '/livez' },
    { method: 'DELETE', path: '/readyz' },
  ])('is refused by name: $method $path', async ({ method, path }) => {
    expect(await answer(path, { method })).toEqual({
      status: 404,
      text: `{"error":"there is no ${method} ${path}"}`,
    });
  });

  it.each(['POST', 'PUT', 'DELETE', 'PATCH'])('changes nothing: %s', async (method) => {
    expect(await answer('/api/v1/status', { method, access: local })).toMatchObject({ status: 404 });
  });
});

describe('the host name of a request', () => {
  it.each([
    '127.0.0.1',
    '127.0.0.1:8650',
    '10.0.0.5:8650',
    '[::1]',
    '[::1]:8650',
    'localhost',
    'LocalHost:8650',
    'portolan.localhost:8650',
  ])('may be %s', async (host) => {
    expect(await answer('/api/v1/status', { access: local, host })).toMatchObject({ status: 200 });
  });

  it.each([
    { host: 'evil.example', name: 'evil.example' },
    { host: 'Evil.Example:8650', name: 'evil.example' },
    { host: '127.0.0.1.evil.example', name: '127.0.0.1.evil.example' },
    { host: 'localhost.evil.example:8650', name: 'localhost.evil.example' },
    { host: 'evil-localhost', name: 'evil-localhost' },
    { host: 'localhost:8650:8650', name: 'localhost:8650' },
    { host: '[fe80::1%eth0]:8650', name: 'fe80::1%eth0' },
    { host: '', name: '' },
  ])('may not be $host, as pages of strangers could ask so', async ({ host, name }) => {
    for (const path of ['/api/v1/status', '/livez', '/nothing']) {
      expect(await answer(path, { access: local, host })).toEqual({
        status: 403,
        text: `{"error":"the host name ${name} is not one of this machine; ask by its IP address"}`,
      });
    }
  });

  it('does not matter at the socket, which no browser opens', async () => {
    expect(await answer('/livez', { access: socket, host: 'evil.example' })).toMatchObject({ status: 200 });
  });
});

describe('every answer', () => {
  it.each([
    { path: '/livez', asked: {}, status: 200 },
    { path: '/api/v1/status', asked: { access: local }, status: 200 },
    { path: '/api/v1/status', asked: {}, status: 401 },
    { path: '/livez', asked: { host: 'evil.example' }, status: 403 },
    { path: '/nothing', asked: {}, status: 404 },
    { path: '/readyz', asked: { view: aView({ parts: [unready] }) }, status: 503 },
  ])('forbids caching, embedding and guessing, as $status does', async ({ path, asked, status }) => {
    const { headers, ...rest } = await ask(path, asked);
    expect({
      status: rest.status,
      cache: headers.get('cache-control'),
      policy: headers.get('content-security-policy'),
      sniffing: headers.get('x-content-type-options'),
      origin: headers.get('access-control-allow-origin'),
    }).toEqual({
      status,
      cache: 'no-store',
      policy: "default-src 'none'; frame-ancestors 'none'",
      sniffing: 'nosniff',
      origin: null,
    });
  });
});
