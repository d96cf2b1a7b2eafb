import { describe, expect, it } from 'vitest';
import { parseDockerHost } from '../../../../src/adapters/docker/endpoint.ts';
import { TerminalError } from '../../../../src/lib/errors.ts';

describe('parseDockerHost', () => {
  it.each([
    { text: 'unix:///run/docker.sock', path: '/run/docker.sock' },
    { text: ' unix:///run/docker.sock\n', path: '/run/docker.sock' },
    { text: 'unix://', path: '/var/run/docker.sock' },
  ])('takes $text for a socket', ({ text, path }) => {
    expect(parseDockerHost(text)).toEqual({ kind: 'unix', path, name: `unix://${path}` });
  });

  it.each([
    { text: 'tcp://10.0.0.5:2375', host: '10.0.0.5', port: 2375, isTls: false },
    { text: 'tcp://docker.example', host: 'docker.example', port: undefined, isTls: false },
    { text: 'tcp://docker.example:2376/', host: 'docker.example', port: 2376, isTls: false },
    { text: 'tcp://[fd00::5]:2375', host: 'fd00::5', port: 2375, isTls: false },
    { text: 'http://docker.example:80', host: 'docker.example', port: 80, isTls: false },
    { text: 'https://docker.example:443', host: 'docker.example', port: 443, isTls: true },
    { text: 'https://docker.example', host: 'docker.example', port: undefined, isTls: true },
    { text: 'TCP://docker.example:1', host: 'docker.example', port: 1, isTls: false },
  ])('takes $text for a host', ({ text, ...endpoint }) => {
    expect(parseDockerHost(text)).toEqual({ kind: 'tcp', ...endpoint, name: text });
  });

  it('takes host:port for one without TLS', () => {
    const endpoint = { kind: 'tcp', host: 'docker.example', port: 2375, isTls: false };
    expect(parseDockerHost('docker.example:2375')).toEqual({ ...endpoint, name: 'tcp://docker.example:2375' });
  });

  it.each([
    { text: 'bogus', reason: 'it has neither a scheme nor a port' },
    { text: '', reason: 'it has neither a scheme nor a port' },
    { text: '/var/run/docker.sock', reason: 'did you mean unix:///var/run/docker.sock?' },
    {
      text: 'unix://var/run/docker.sock',
      reason: 'its path is not absolute; did you mean unix:///var/run/docker.sock?',
    },
    { text: 'ssh://me@docker.example', shown: 'ssh://…@docker.example', reason: 'ssh:// is not supported' },
    { text: 'npipe:////./pipe/docker_engine', reason: 'npipe:// is not supported' },
    { text: 'fd://', reason: 'fd:// is not supported' },
    { text: 'tcp://', reason: 'it is no host and port' },
    { text: 'tcp://:2375', reason: 'it is no host and port' },
    { text: 'tcp://docker.example:0', reason: 'it is no host and port' },
    { text: 'tcp://docker.example:65536', reason: 'it is no host and port' },
    { text: 'tcp://docker.example:http', reason: 'it is no host and port' },
    { text: 'tcp://two words:2375', reason: 'it is no host and port' },
    { text: 'tcp://me:secret@docker.example:1', shown: 'tcp://…@docker.example:1', reason: 'it must not name a user' },
    { text: 'tcp://docker.example:1/v1.41', reason: 'nothing may follow host and port' },
    { text: 'tcp://docker.example:1?x=1', reason: 'nothing may follow host and port' },
    { text: 'tcp://docker.example:1#x', reason: 'nothing may follow host and port' },
  ])('refuses $text', ({ text, shown = text, reason }) => {
    let error: unknown;
    try {
      parseDockerHost(text);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(TerminalError);
    expect(error).toMatchObject({
      code: 'DOCKER_HOST_INVALID',
      message: `${JSON.stringify(shown)} is no address of Docker: ${reason}`,
      hint: 'Give unix:///path/to/docker.sock or tcp://host:port by --docker-host or DOCKER_HOST.',
    });
  });
});
