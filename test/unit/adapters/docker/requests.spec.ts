import { createServer } from 'node:https';
import { Readable } from 'node:stream';
import type { TLSSocket } from 'node:tls';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { parseDockerHost } from '../../../../src/adapters/docker/endpoint.ts';
import { connect, openAnswer, readText } from '../../../../src/adapters/docker/requests.ts';
import { createAuthority } from '../../../support/certificates.ts';

const { signal } = new AbortController();

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('connect', () => {
  it.each([
    { name: 'DOCKER_HOST', value: 'tcp://elsewhere.example:1' },
    { name: 'DOCKER_TLS_VERIFY', value: '1' },
    { name: 'DOCKER_CLIENT_TIMEOUT', value: '5' },
  ])('takes nothing from the variable $name by itself', ({ name, value }) => {
    vi.stubEnv('DOCKER_HOST', 'tcp://elsewhere.example:2376');
    vi.stubEnv(name, value);
    expect(connect(parseDockerHost('unix:///run/docker.sock'), undefined).modem).toMatchObject({
      socketPath: '/run/docker.sock',
      host: undefined,
      protocol: 'http',
      timeout: undefined,
    });
  });

  it.each([
    { host: 'tcp://docker.example', tls: undefined, to: { protocol: 'http', port: 2375 } },
    { host: 'tcp://docker.example:80', tls: undefined, to: { protocol: 'http', port: 80 } },
    { host: 'https://docker.example', tls: undefined, to: { protocol: 'https', port: 2376 } },
    { host: 'tcp://docker.example', tls: { ca: 'a', cert: 'b', key: 'c' }, to: { protocol: 'https', port: 2376 } },
  ])('speaks $to.protocol at port $to.port with $host', ({ host, tls, to }) => {
    expect(connect(parseDockerHost(host), tls).modem).toMatchObject({ host: 'docker.example', ...to, ...tls });
  });
});

describe('openAnswer', () => {
  it('shows its certificate, and trusts only the given authority', async () => {
    const authority = createAuthority();
    const tls = { ca: authority.cert, ...authority.issue() };
    const server = createServer({ ...tls, requestCert: true }, (request, response) => {
      response.end(`${request.method} ${request.url} ${(request.socket as TLSSocket).authorized}`);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const endpoint = parseDockerHost(`tcp://127.0.0.1:${port}`);
    const request = { path: '/containers/json', query: { all: 'true' } };
    const answer = await openAnswer({ endpoint, tls }, request, signal);
    expect(await readText(answer)).toBe('GET /containers/json?all=true true');
    const wrong = openAnswer({ endpoint, tls: { ...tls, ca: createAuthority('Another').cert } }, request, signal);
    await expect(wrong).rejects.toThrow('certificate');
    server.closeAllConnections();
    server.close();
  });
});

describe('readText', () => {
  it.each([
    { maxLength: 6, text: 'abcdef' },
    { maxLength: 5, text: undefined },
    { maxLength: undefined, text: 'abcdef' },
  ])('gives an answer of 6 characters where $maxLength are allowed: $text', async ({ maxLength, text }) => {
    const answer = Readable.from(['abc', 'def']);
    expect(await readText(answer, maxLength)).toBe(text);
    expect(answer.destroyed).toBe(true);
  });

  it.each([
    { ends: 'with an error', error: new Error('reset'), message: 'reset' },
    { ends: 'without a word', error: undefined, message: 'the answer was cut off' },
  ])('fails when the answer ends too early $ends', async ({ error, message }) => {
    const answer = new Readable({ read: () => undefined });
    answer.push('abc');
    const text = readText(answer);
    answer.destroy(error);
    await expect(text).rejects.toThrow(message);
  });
});
