import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { consulHealth } from '../support/consul.ts';
import { startWeb, type Web } from '../support/docker.ts';
import { TEST_LABEL } from '../support/global-setup.ts';
import { ask } from '../support/http.ts';
import { takePorts } from '../support/ports.ts';
import { output, run } from '../support/shell.ts';
import { until } from '../support/until.ts';
import { startWorld, type World } from '../support/world.ts';

const SOCKET = '/var/run/docker.sock';

let world: World;
let web: Web;

beforeAll(async () => {
  world = await startWorld('consul', { args: ['--router-only'] });
  web = await startWeb({ labels: { SERVICE_NAME: 'shop' } });
});

afterAll(async () => {
  await world.stop();
  await web.remove();
});

/** `docker run -d` with these arguments; the container is removed after the test. */
async function runDetached(...args: readonly string[]): Promise<string> {
  const id = await output('docker', 'run', '-d', '-l', TEST_LABEL, ...args);
  onTestFinished(async () => {
    await run('docker', ['rm', '-f', '-v', id]);
  });
  return id;
}

const answer = async (port: number) => (await ask({ port }, { host: 'shop' })).text.trim();

describe('the image', () => {
  it("takes registrator's command line as it is", async () => {
    const [httpPort, adminPort] = [await takePorts(1), await takePorts(1)];
    await runDetached(
      ...['--net=host', `--volume=${SOCKET}:/tmp/docker.sock`, '-h', 'old-host'],
      ...['-e', `PORTOLAN_HTTP_BIND=lo:${httpPort}`, '-e', `PORTOLAN_ADMIN=127.0.0.1:${adminPort}`],
      ...['portolan', '-cleanup', '-ip', '192.0.2.77', '-resync', '60', '-ttl=30', '-ttl-refresh', '10'],
      ...['-deregister', 'always', '-tags', 'production', `consul://localhost:${world.consulPort}`],
    );
    const [entry] = await until('the service is registered', async () => {
      const entries = await consulHealth(world.consulPort, 'shop');
      return entries.length === 1 && entries;
    });
    expect(entry?.Service).toMatchObject({ Address: '192.0.2.77', Port: await web.port(), Tags: ['production'] });
  });

  it('works with few rights: no capabilities but three, no new privileges, a read-only root', async () => {
    const [httpPort, adminPort] = [await takePorts(1), await takePorts(1)];
    const id = await runDetached(
      ...['--net=host', '-v', `${SOCKET}:${SOCKET}`, '--cap-drop', 'ALL', '--cap-add', 'SETUID', '--cap-add', 'SETGID'],
      ...[
        '--cap-add',
        'NET_BIND_SERVICE',
        '--security-opt',
        'no-new-privileges',
        '--read-only',
        '--tmpfs',
        '/run/portolan',
      ],
      ...['-v', '/var/lib/portolan', 'portolan', 'memory://', '--http-bind', `lo:${httpPort}`],
      ...['--admin', `127.0.0.1:${adminPort}`],
    );
    await until('it routes', async () => (await answer(httpPort)) === web.hostname);
    expect(await output('docker', 'exec', id, 'portolan', 'healthcheck')).toBe('[+] registration\n[+] routing\nok');
    const uid = 'for p in /proc/[0-9]*; do grep -q portolan.js $p/cmdline 2>/dev/null && grep Uid $p/status; done; :';
    expect(await output('docker', 'exec', id, 'sh', '-c', uid)).toMatch(/^Uid:\s+[1-9]/);
    const start = performance.now();
    await output('docker', 'stop', id);
    expect(performance.now() - start).toBeLessThan(8_000);
    expect(await output('docker', 'inspect', '--format', '{{.State.ExitCode}}', id)).toBe('0');
  });

  it('works as another user when told to, on ports that this user may have', async () => {
    const [httpPort, adminPort] = [await takePorts(1), await takePorts(1)];
    const group = await output('stat', '-c', '%g', SOCKET);
    const id = await runDetached(
      ...['--net=host', '-v', `${SOCKET}:${SOCKET}`, '--user', '12345:12345', '--group-add', group],
      ...['portolan', 'memory://', '--http-bind', `lo:${httpPort}`, '--admin', `127.0.0.1:${adminPort}`],
    );
    await until('it routes', async () => (await answer(httpPort)) === web.hostname);
    expect(await output('docker', 'logs', id)).toContain('no folder for what must survive');
  });

  it('works in a network of its own, with one published port', async () => {
    const port = await takePorts(1);
    await runDetached('-p', `127.0.0.1:${port}:80`, '-v', `${SOCKET}:${SOCKET}`, 'portolan', 'memory://');
    await until('it routes', async () => (await answer(port)) === web.hostname);
  });

  it('serves containers on a bridge network by the gateway of the host', async () => {
    const [httpPort, adminPort] = [await takePorts(1), await takePorts(1)];
    await runDetached(
      ...['--net=host', '-v', `${SOCKET}:${SOCKET}`, 'portolan', 'memory://'],
      ...['--http-bind', `lo:${httpPort},docker0:${httpPort}`, '--admin', `127.0.0.1:${adminPort}`],
    );
    await until('it routes', async () => (await answer(httpPort)) === web.hostname);
    const command = ['sh', '-c', `wget -qO- http://shop:${httpPort}/`];
    const args = ['run', '--rm', '-l', TEST_LABEL, '--add-host', 'shop:host-gateway', 'busybox', ...command];
    expect(await output('docker', ...args)).toBe(web.hostname);
  });

  it('says that a port is taken, and that the other half goes on', async () => {
    const adminPort = await takePorts(1);
    const id = await runDetached(
      ...['--net=host', '-v', `${SOCKET}:${SOCKET}`, 'portolan', `consul://localhost:${world.consulPort}`],
      ...['--http-bind', `lo:${world.httpPort}`, '--admin', `127.0.0.1:${adminPort}`, '--hostname', 'second'],
    );
    const expected = `[+] registration\n[-] routing: another program listens on 127.0.0.1:${world.httpPort} already\nnot ready\n`;
    await until('it says so', async () => {
      const { status, text } = await ask({ port: adminPort, path: '/readyz' });
      return status === 503 && text === expected;
    });
    expect((await run('docker', ['exec', id, 'portolan', 'healthcheck'])).code).toBe(1);
  });

  it.each([
    { args: ['--no-such-option', 'memory://'], code: 2, says: "unknown option '--no-such-option'" },
    { args: [], code: 2, says: 'no registry is given' },
    { args: ['etcd://localhost'], code: 1, says: 'names the back end etcd, which is not supported' },
    { args: ['memory://', '--run-dir', '/dev/null/no'], code: 1, says: 'cannot write to a folder for sockets' },
    { args: ['--version'], code: 0, says: '0.1.0' },
    { args: ['status'], code: 4, says: 'no Portolan answers' },
  ])('ends with $code and says "$says" for $args', async ({ args, code, says }) => {
    const result = await run('docker', ['run', '--rm', '-l', TEST_LABEL, 'portolan', ...args]);
    expect({ code: result.code, says: result.stdout + result.stderr }).toEqual({
      code,
      says: expect.stringContaining(says),
    });
  });
});
