import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDockerClient, type DockerClient } from '../../../../src/adapters/docker/client.ts';
import { PortolanError, TerminalError } from '../../../../src/lib/errors.ts';
import { createFakeClock, type FakeClock } from '../../../support/fake-clock.ts';

type Answer = (path: string) => { readonly status: number; readonly body: string } | 'hangs' | 'streams';

const signal = new AbortController().signal;
const LONG_ID = 'c0ffee'.padEnd(64, '0');

let folder: string;
let socket: string;
let clock: FakeClock;
let client: DockerClient;
let server: Server;
let answer: Answer;
let paths: string[];

const json = (value: unknown, status = 200) => ({ status, body: JSON.stringify(value) });

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portolan-docker-'));
  socket = join(folder, 'docker.sock');
  paths = [];
  clock = createFakeClock();
  client = createDockerClient({ host: `unix://${socket}`, tls: undefined, clock });
  server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? '');
    paths.push(`${request.method} ${path}`);
    const said = answer(path);
    if (said === 'hangs') return;
    if (said === 'streams') response.writeHead(200).write('{"Action":"start"}\n');
    else response.writeHead(said.status).end(said.body);
  });
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(socket, resolve);
  await promise;
});

afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true });
});

/** What a call is refused with. */
async function errorOf(call: Promise<unknown>): Promise<PortolanError> {
  const error: unknown = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof PortolanError) return error;
  throw new Error('no PortolanError', { cause: error });
}
const wordsOf = ({ code, message, hint }: PortolanError) => ({ code, message, hint });

describe('createDockerClient', () => {
  it('asks who the engine is', async () => {
    answer = () => json({ ID: 'engine-1', Name: 'docker-host', Containers: 3 });
    expect(await client.info(signal)).toEqual({ id: 'engine-1', name: 'docker-host' });
    expect(paths).toEqual(['GET /info']);
  });

  it('takes the name of an engine without an ID for one', async () => {
    answer = () => json({ Name: 'docker-host' });
    expect(await client.info(signal)).toEqual({ id: 'docker-host', name: 'docker-host' });
  });

  it('inspects a container', async () => {
    answer = () => json({ Id: 'a', Name: '/web', State: {}, Config: {}, HostConfig: {}, NetworkSettings: {} });
    const inspection = await client.inspect('a', signal);
    expect(inspection.kind === 'found' && inspection.container.snapshot.name).toBe('web');
    expect(paths).toEqual(['GET /containers/a/json']);
  });

  it('asks whether the engine lives', async () => {
    answer = () => ({ status: 200, body: 'OK' });
    await client.ping(signal);
    expect(paths).toEqual(['GET /_ping']);
  });

  it('knows no container that the engine does not find', async () => {
    answer = () => json({ message: 'No such container: a' }, 404);
    expect(await client.inspect('a', signal)).toEqual({ kind: 'gone' });
  });

  it('follows events until the signal is aborted', async () => {
    answer = () => 'streams';
    const ending = new AbortController();
    const chunks: string[] = [];
    const events = await client.events(ending.signal);
    const following = (async () => {
      for await (const chunk of events) {
        chunks.push(chunk);
        ending.abort();
      }
    })();
    await expect(following).rejects.toThrow('aborted');
    expect(chunks).toEqual(['{"Action":"start"}\n']);
    expect(paths).toEqual([
      'GET /events?filters={"type":["container","network"],"event":["start","die","kill","oom","pause","unpause",' +
        '"rename","update","destroy","health_status","connect","disconnect"]}',
    ]);
  });
});

describe('createDockerClient, the list', () => {
  const listed = {
    Id: 'a',
    Names: ['/web'],
    State: 'running',
    Status: 'Up 5 minutes (healthy)',
    Ports: [{ PrivatePort: 80 }],
    NetworkSettings: { Networks: { bridge: { IPAddress: '172.17.0.2' } } },
  };
  const fingerprintOf = async (over: object): Promise<string | undefined> => {
    answer = () => json([{ ...listed, ...over }]);
    return (await client.list({ all: false }, signal))[0]?.fingerprint;
  };

  it('gives the IDs of what runs', async () => {
    answer = () => json([listed, { Id: 'bare' }]);
    expect((await client.list({ all: false }, signal)).map(({ id }) => id)).toEqual(['a', 'bare']);
    expect(paths).toEqual(['GET /containers/json']);
  });

  it.each([
    { wish: { all: true }, path: '/containers/json?all=true' },
    { wish: { all: false, ids: ['a', 'b'] }, path: '/containers/json?filters={"id":["a","b"]}' },
    { wish: { all: true, ids: ['a'] }, path: '/containers/json?all=true&filters={"id":["a"]}' },
  ])('asks for $path', async ({ wish, path }) => {
    answer = () => json([]);
    expect(await client.list(wish, signal)).toEqual([]);
    expect(paths).toEqual([`GET ${path}`]);
  });

  it.each([
    { what: 'the time that it runs', over: { Status: 'Up About an hour (healthy)' } },
    { what: 'what is not used', over: { Command: 'sleep', SizeRw: 5 } },
  ])('has the same fingerprint for another value of $what', async ({ over }) => {
    expect(await fingerprintOf(over)).toBe(await fingerprintOf({}));
  });

  it.each([
    { what: 'the name', over: { Names: ['/renamed'] } },
    { what: 'the state', over: { State: 'paused' } },
    { what: 'the health', over: { Status: 'Up 5 minutes (unhealthy)' } },
    { what: 'the exit code', over: { Status: 'Exited (1) 5 minutes ago' } },
    { what: 'no health', over: { Status: 'Up 5 minutes' } },
    { what: 'the ports', over: { Ports: [] } },
    { what: 'the networks', over: { NetworkSettings: { Networks: {} } } },
  ])('has another fingerprint for another value of $what', async ({ over }) => {
    expect(await fingerprintOf(over)).not.toBe(await fingerprintOf({}));
  });
});

describe('createDockerClient, its host', () => {
  it('is refused at once where it cannot be used', () => {
    const create = () => createDockerClient({ host: 'bogus', tls: undefined, clock });
    expect(create).toThrow(TerminalError);
    expect(create).toThrow('"bogus" is no address of Docker: it has neither a scheme nor a port');
  });

  it('is found anew by each call', async () => {
    answer = () => json([]);
    await client.list({ all: false }, signal);
    server.closeAllConnections();
    await new Promise<void>((resolve) => server.close(() => resolve()));
    await rm(socket, { force: true });
    expect((await errorOf(client.list({ all: false }, signal))).code).toBe('DOCKER_UNREACHABLE');
    await new Promise<void>((resolve) => server.listen(socket, resolve));
    expect(await client.list({ all: false }, signal)).toEqual([]);
  });

  it('speaks plain HTTP over TCP, also to an IPv6 address', async () => {
    const tcp = createServer((_, response) => response.end('[]'));
    await new Promise<void>((resolve) => tcp.listen(0, '::1', resolve));
    const address = tcp.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const remote = createDockerClient({ host: `tcp://[::1]:${port}`, tls: undefined, clock });
    expect(await remote.list({ all: false }, signal)).toEqual([]);
    tcp.closeAllConnections();
    tcp.close();
  });
});

describe('createDockerClient, a container that cannot be read', () => {
  it.each([
    {
      what: 'an error of the engine',
      said: json({ message: 'disk is full' }, 500),
      reason: '(HTTP code 500) server error - disk is full',
    },
    { what: 'no JSON', said: { status: 200, body: '<html>' }, reason: 'Unexpected token' },
    { what: 'no container', said: json({ Id: 'a' }), reason: 'expected string' },
  ])('is no failure of the call, but says why: $what', async ({ said, reason }) => {
    answer = () => said;
    const inspection = await client.inspect(LONG_ID, signal);
    if (inspection.kind !== 'unreadable') throw new Error(`it is ${inspection.kind}`);
    expect(inspection.error.code).toBe('DOCKER_REFUSED');
    expect(inspection.error.message).toMatch(
      /^Docker at .* did not answer GET \/containers\/c0ffee000000\/json as expected: /,
    );
    expect(inspection.error.message).toContain(reason);
  });

  it('is one that the engine says nothing of within 10 s', async () => {
    answer = () => 'hangs';
    const calling = client.inspect(LONG_ID, signal);
    while (paths.length === 0) await clock.advance(0);
    await clock.advance(10_000);
    expect(await calling).toMatchObject({
      kind: 'unreadable',
      error: {
        message: expect.stringContaining('answer to GET /containers/c0ffee000000/json: nothing within 10000 ms'),
      },
    });
  });

  it.each([401, 403])('is a failure of the call where nothing may be inspected: %i', async (status) => {
    answer = () => json({ message: 'not for you' }, status);
    expect((await errorOf(client.inspect('a', signal))).code).toBe('DOCKER_REFUSED');
  });

  it('is a failure of the call where the engine is gone', async () => {
    server.closeAllConnections();
    server.close();
    expect((await errorOf(client.inspect('a', signal))).code).toBe('DOCKER_UNREACHABLE');
  });

  const inspected = (label: string) =>
    json({ Id: 'a', Name: '/web', State: {}, Config: { Labels: { label } }, HostConfig: {}, NetworkSettings: {} });
  const MAX_LENGTH = 8 * 1024 * 1024;

  it('is too long above 8 MiB, and is not read to its end', async () => {
    const { length } = inspected('').body;
    answer = () => inspected('x'.repeat(MAX_LENGTH - length));
    expect((await client.inspect('a', signal)).kind).toBe('found');
    answer = () => inspected('x'.repeat(MAX_LENGTH - length + 1));
    const inspection = await client.inspect('a', signal);
    expect(inspection.kind === 'too-long' && wordsOf(inspection.error)).toEqual({
      code: 'DOCKER_REFUSED',
      message: 'what Docker says of it has more than 8388608 characters',
      hint: 'Look for labels and variables of that size: docker inspect.',
    });
  });

  it('is kept whole where somebody asks for that, up to 256 KiB', async () => {
    const keeping = createDockerClient({ host: `unix://${socket}`, tls: undefined, clock, keepsAnswers: true });
    const keptBy = async (one: DockerClient, label: string) => {
      answer = () => inspected(label);
      const found = await one.inspect('a', signal);
      return found.kind === 'found' && found.container.snapshot.inspected;
    };
    const { length } = inspected('').body;
    const longest = 'x'.repeat(256 * 1024 - length);
    expect(await keptBy(client, 'x')).toBeUndefined();
    expect(await keptBy(keeping, 'x')).toEqual(JSON.parse(inspected('x').body));
    expect(await keptBy(keeping, longest)).toMatchObject({ Config: { Labels: { label: longest } } });
    expect(await keptBy(keeping, `${longest}x`)).toBeUndefined();
  });

  it('is listed all the same, by its ID and name', async () => {
    const long = { Id: 'a', Names: ['/long'], Labels: { label: 'x'.repeat(MAX_LENGTH) } };
    answer = () => json([long, { Id: 'b', Names: ['/b'], State: 'running' }]);
    expect((await client.list({ all: false }, signal)).map(({ id, name, state }) => [id, name, state])).toEqual([
      ['a', 'long', ''],
      ['b', 'b', 'running'],
    ]);
  });
});

describe('createDockerClient, failures', () => {
  it('says where it looked for a socket that is not there, and how to give it one', async () => {
    const missing = createDockerClient({ host: `unix://${folder}/none.sock`, tls: undefined, clock });
    expect(wordsOf(await errorOf(missing.info(signal)))).toEqual({
      code: 'DOCKER_UNREACHABLE',
      message: `cannot reach Docker at unix://${folder}/none.sock: connect ENOENT ${folder}/none.sock`,
      hint: 'Mount the socket (-v /var/run/docker.sock:/var/run/docker.sock) or set --docker-host.',
    });
  });

  it('takes an address without a scheme for TCP, and says when nobody listens there', async () => {
    const tcp = createDockerClient({ host: '127.0.0.1:1', tls: undefined, clock });
    expect(wordsOf(await errorOf(tcp.list({ all: false }, signal)))).toEqual({
      code: 'DOCKER_UNREACHABLE',
      message: 'cannot reach Docker at tcp://127.0.0.1:1: connect ECONNREFUSED 127.0.0.1:1',
      hint: 'Is the Docker engine running, and does it listen there?',
    });
  });

  it('says what a socket proxy must allow when it refuses', async () => {
    answer = () => json({ message: 'not for you' }, 403);
    expect(wordsOf(await errorOf(client.list({ all: false }, signal)))).toEqual({
      code: 'DOCKER_REFUSED',
      message: `Docker at unix://${socket} did not answer GET /containers/json as expected: (HTTP code 403) unexpected - not for you`,
      hint: 'A socket proxy must allow GET on /_ping, /info, /events and /containers.',
    });
  });

  it('says so when events are refused', async () => {
    answer = () => json({ message: 'not for you' }, 403);
    expect(wordsOf(await errorOf(client.events(signal)))).toEqual({
      code: 'DOCKER_REFUSED',
      message: `Docker at unix://${socket} did not answer GET /events as expected: (HTTP code 403) unexpected - not for you`,
      hint: 'A socket proxy must allow GET on /_ping, /info, /events and /containers.',
    });
  });

  it('says what the engine says of an error of its own', async () => {
    answer = () => json({ message: 'disk is full' }, 500);
    expect(wordsOf(await errorOf(client.list({ all: false }, signal)))).toEqual({
      code: 'DOCKER_REFUSED',
      message: `Docker at unix://${socket} did not answer GET /containers/json as expected: (HTTP code 500) server error - disk is full`,
      hint: undefined,
    });
  });

  it.each([
    { what: 'no JSON', body: '<html>hello</html>' },
    { what: 'nothing', body: '' },
    { what: 'JSON of something else', body: '{"containers":[]}' },
    { what: 'containers without an ID', body: '[{"Names":["/web"]}]' },
  ])('refuses an answer that is $what', async ({ body }) => {
    answer = () => ({ status: 200, body });
    const { code, message } = await errorOf(client.list({ all: false }, signal));
    expect(code).toBe('DOCKER_REFUSED');
    expect(message).toContain(`Docker at unix://${socket} did not answer GET /containers/json as expected: `);
    expect(message).not.toContain('\n');
  });

  it('waits 10 s for an answer', async () => {
    answer = () => 'hangs';
    const calling = errorOf(client.list({ all: false }, signal));
    while (paths.length === 0) await clock.advance(0);
    await clock.advance(10_000);
    expect(wordsOf(await calling)).toEqual({
      code: 'DOCKER_UNREACHABLE',
      message: `cannot reach Docker at unix://${socket}: Docker's answer to GET /containers/json: nothing within 10000 ms`,
      hint: 'Is the Docker engine running? If it was restarted, a mounted socket file stays dead: mount its folder instead.',
    });
  });

  it('ends a call with the reason of its signal', async () => {
    answer = () => 'hangs';
    const ending = new AbortController();
    const calling = client.info(ending.signal);
    const reason = new Error('the end');
    ending.abort(reason);
    await expect(calling).rejects.toBe(reason);
  });
});
