import { resolve } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { CONSUL_IMAGE } from '../support/docker.ts';
import { ask } from '../support/http.ts';
import { takePorts } from '../support/ports.ts';
import { output, run } from '../support/shell.ts';
import { until } from '../support/until.ts';

const ROOT = resolve(import.meta.dirname, '../..');

describe('the examples', () => {
  it('quickstart: each container answers in turn', async () => {
    const [httpPort, adminPort] = [await takePorts(1), await takePorts(1)];
    const compose = ['compose', '-f', `${ROOT}/examples/quickstart/compose.yaml`, '-p', `quickstart-test-${httpPort}`];
    const environment = { HTTP_BIND: `lo:${httpPort}`, ADMIN: `127.0.0.1:${adminPort}` };
    onTestFinished(async () => {
      await run('docker', [...compose, 'down', '-v', '-t', '1'], environment);
    });
    const { code, stderr } = await run('docker', [...compose, 'up', '-d', '--scale', 'hello=3'], environment);
    expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
    await until('three containers answer', async () => {
      const answers = new Set<string>();
      for (let i = 0; i < 9; i++) answers.add((await ask({ port: httpPort }, { host: 'hello.localhost' })).text);
      return answers.size === 3 && [...answers].every((text) => /^hello from [0-9a-f]{12}\n$/.test(text));
    });
  });

  it('sidecar-2015: the three commands of a host give a service on localhost', async () => {
    const first = await takePorts(6);
    const names = ['consul', 'portolan', 'inventory'];
    const taken = (await output('docker', 'ps', '-a', '--format', '{{.Names}}')).split('\n');
    expect(names.filter((name) => taken.includes(name))).toEqual([]);
    onTestFinished(async () => {
      await run('docker', ['rm', '-f', '-v', ...names]);
    });
    const { code, stderr } = await run(`${ROOT}/examples/sidecar-2015/run.sh`, [], {
      CONSUL_IMAGE,
      CONSUL_PORT: `${first + 2}`,
      CONSUL_ARGS: `-bind=127.0.0.1 -server-port=${first + 3} -serf-lan-port=${first + 4} -serf-wan-port=${first + 5} -dns-port=-1 -grpc-port=-1`,
      HTTP_BIND: `lo:${first}`,
      ADMIN: `127.0.0.1:${first + 1}`,
    });
    expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
    const hostname = await output('docker', 'inspect', '--format', '{{.Config.Hostname}}', 'inventory');
    await until('the service answers', async () => {
      const { text } = await ask({ port: first }, { host: 'inventory.localhost' });
      return text.trim() === hostname;
    });
  });
});
