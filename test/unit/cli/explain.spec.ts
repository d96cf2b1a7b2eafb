import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli } from '../../../src/cli/program.ts';
import { aFakeAdmin } from '../../support/fake-admin.ts';
import { createFakeCliIo } from '../../support/fake-cli-io.ts';
import { createTempFolder } from '../../support/temp-folder.ts';

const entry = (name: string) => ({
  Id: name.padEnd(64, '0'),
  Name: `/${name}`,
  State: { Status: 'running' },
  Config: { Image: 'team/web:1.2', Labels: { SERVICE_TAGS: 'a\nb' }, ExposedPorts: { '80/tcp': {} } },
  HostConfig: {},
  NetworkSettings: { Ports: { '80/tcp': [{ HostIp: '127.0.0.1', HostPort: '32080' }] } },
});
const INSPECTED = JSON.stringify([entry('web'), entry('api')]);
const HOST = ['--hostname', 'node-a', '--host-address', '192.0.2.10'];

async function cli(argv: readonly string[], { stdin = INSPECTED, environment = {} } = {}) {
  const io = createFakeCliIo({ environment, readStdin: async () => stdin });
  const code = await runCli(['explain', ...argv], io);
  return { code, ...io.written() };
}

const refused = (code: number, ...stderr: readonly string[]) => ({
  code,
  stdout: '',
  stderr: `${stderr.join('\n')}\n`,
});

describe('portolan explain --inspect', () => {
  const LOOPBACK =
    '  warning: 80/tcp="127.0.0.1" is a loopback address, which other hosts cannot reach; it is registered as it is';
  const lines = (name: string, ...warnings: readonly string[]) => [
    '',
    `${name}  running  team/web:1.2  ${name.padEnd(12, '0')}`,
    `  80/tcp  would be registered as node-a:${name}:80`,
    '    name                           web            default: image team/web:1.2',
    `    id                             node-a:${name}:80  default: host, container and port`,
    '    address                        127.0.0.1      rule: the address that the port is bound to',
    '    port                           32080          rule: the published port',
    '    tags                           a\\u000ab            label SERVICE_TAGS',
    '    containerCheck                 on             default: on',
    '    containerCheck.startingStatus  critical       default: critical',
    ...warnings,
  ];
  const host = 'host node-a (--hostname), address 192.0.2.10 (--host-address)';
  const text = (...all: readonly string[]) => `${all.join('\n')}\n`;

  it('explains what stands in a file', async () => {
    const path = join(createTempFolder(), 'all.json');
    writeFileSync(path, INSPECTED);
    expect(await cli(['--inspect', path, ...HOST])).toEqual({
      code: 0,
      stdout: text(host, ...lines('web', LOOPBACK), ...lines('api', LOOPBACK)),
      stderr: '',
    });
  });

  it('explains what comes on standard input, and of it whom one asks for', async () => {
    expect(await cli(['--inspect', '-', 'api', ...HOST])).toEqual({
      code: 0,
      stdout: text(host, ...lines('api', LOOPBACK)),
      stderr: '',
    });
  });

  it('takes the options of the daemon in their old notation, from the environment too, and a registry', async () => {
    const environment = { PORTOLAN_HOSTNAME: 'node-a', PORTOLAN_HOST_ADDRESS: '192.0.2.10' };
    expect(await cli(['api', '-inspect=-', 'memory://', '-retry-attempts', '-1'], { environment })).toEqual({
      code: 0,
      stdout: text(host, ...lines('api')),
      stderr: '',
    });
    const local = { ...environment, PORTOLAN_REGISTRY: 'memory://' };
    expect((await cli(['--inspect', '-', 'api'], { environment: local })).stdout).toBe(text(host, ...lines('api')));
  });

  it('gives the whole as JSON', async () => {
    const { code, stdout, stderr } = await cli(['--inspect', '-', '--json', 'api', ...HOST]);
    expect([code, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toMatchObject({
      hostname: 'node-a',
      containers: [
        {
          name: 'api',
          ports: [{ port: 80, isRegistered: true, service: { id: 'node-a:api:80', tags: ['a\nb'] } }],
          warnings: [{ label: '80/tcp', value: '127.0.0.1' }],
        },
      ],
    });
    expect(JSON.parse(stdout).containers[0].ports[0].sources).toContainEqual({
      field: 'tags',
      value: 'a\nb',
      from: 'label SERVICE_TAGS',
    });
  });

  it('has nothing to say of nothing', async () => {
    expect(await cli(['--inspect', '-', ...HOST], { stdin: '[]' })).toEqual({
      code: 0,
      stdout: text(host, '', 'no containers'),
      stderr: '',
    });
  });

  it('ends with 1 when the container is not there', async () => {
    expect(await cli(['--inspect', '-', 'inventory'])).toEqual(
      refused(1, 'portolan: there is no container inventory in standard input'),
    );
    expect(await cli(['--inspect', '-', 'ape'])).toEqual(
      refused(1, 'portolan: there is no container ape in standard input', '  Did you mean api?'),
    );
  });

  it('ends with 2 when the file cannot be read', async () => {
    const path = join(createTempFolder(), 'none.json');
    expect(await cli(['--inspect', path])).toEqual(
      refused(2, `portolan: cannot read ${path}: ENOENT: no such file or directory, open '${path}'`),
    );
  });

  it('ends with 2 when the text is not what docker inspect prints, and says what is expected', async () => {
    expect(await cli(['--inspect', '-'], { stdin: '' })).toEqual(
      refused(
        2,
        'portolan: standard input is not what docker inspect prints, a JSON list of containers: it is empty',
        '  For example: docker inspect web.1 | portolan explain --inspect -',
      ),
    );
  });

  it('ends with 2 for each option that cannot be used', async () => {
    expect(await cli(['--inspect', '-', '--ip', 'x', '--ttl', 'soon'])).toEqual(
      refused(
        2,
        'portolan: --ip = "x" must be an IPv4 or IPv6 address',
        'portolan: --ttl = "soon" must be a duration such as 30s or 1m30s, or a number of s',
        'See portolan run --help.',
      ),
    );
  });
});

describe('portolan explain CONTAINER', () => {
  const explanation = (name: string) => ({
    hostname: 'node-a',
    hostAddress: '192.0.2.10',
    hostAddressRule: '--host-address',
    containers: [{ name, id: 'c0ffee', image: 'web', state: 'running', ports: [], warnings: [] }],
  });
  const answers: Readonly<Record<string, { status: number; body: unknown }>> = {
    'web.1': { status: 200, body: explanation('web.1') },
    'a/b c': { status: 200, body: explanation('a/b c') },
    wbe: { status: 404, body: { error: 'there is no container wbe', nearest: ['web.1', 'web.2'] } },
    early: { status: 503, body: { error: 'no pass has come through yet' } },
    old: { status: 404, body: { error: 'there is no GET /api/v1/explain' } },
  };
  const admin = () =>
    aFakeAdmin((path) => {
      const { status, body } = answers[new URLSearchParams(path.split('?')[1]).get('container') ?? ''] ?? {
        status: 404,
        body: undefined,
      };
      return { status, text: JSON.stringify(body) ?? '' };
    });
  const host = 'host node-a, address 192.0.2.10 (--host-address)';

  it('asks the daemon about each container', async () => {
    const { folder, asked } = await admin();
    expect(await cli(['web.1', 'a/b c', '--run-dir', folder])).toEqual({
      code: 0,
      stdout: `${host}\n\nweb.1  running  web  c0ffee\n\na/b c  running  web  c0ffee\n`,
      stderr: '',
    });
    expect(asked).toEqual(['GET /api/v1/explain?container=web.1', 'GET /api/v1/explain?container=a%2Fb%20c']);
  });

  it('gives the whole as JSON', async () => {
    const { folder } = await admin();
    const { code, stdout } = await cli(['web.1', '--json', '-run-dir', folder]);
    expect([code, JSON.parse(stdout)]).toEqual([0, explanation('web.1')]);
  });

  it('ends with 1 when one of them is not there, says who may have been meant, and shows the others', async () => {
    const { folder } = await admin();
    expect(await cli(['wbe', 'web.1', '--run-dir', folder])).toEqual({
      code: 1,
      stdout: `${host}\n\nweb.1  running  web  c0ffee\n`,
      stderr: `portolan: there is no container wbe\n  Did you mean web.1 or web.2?\n  If it does not run: docker inspect wbe | portolan explain --inspect -\n`,
    });
  });

  it.each([
    { name: 'early', stderr: 'portolan: Portolan answered 503: {"error":"no pass has come through yet"}' },
    { name: 'old', stderr: 'portolan: Portolan answered 404: {"error":"there is no GET /api/v1/explain"}' },
    { name: 'other', stderr: 'portolan: Portolan answered 404: ' },
  ])('ends with 1 when the daemon refuses: $name', async ({ name, stderr }) => {
    const { folder } = await admin();
    expect(await cli([name, '--run-dir', folder])).toEqual(refused(1, stderr));
  });

  it('ends with 4 when no daemon answers, and says how to do without', async () => {
    const folder = createTempFolder();
    expect(await cli(['web.1', '--run-dir', folder])).toEqual(
      refused(
        4,
        `portolan: no Portolan answers at ${folder}/admin.sock: connect ENOENT ${folder}/admin.sock`,
        '  Is it running on this host? Its --run-dir must be the same as here.',
        '  Without it: docker inspect web.1 | portolan explain --inspect -',
      ),
    );
  });

  it.each([{ argv: [] }, { argv: ['memory://'] }])('ends with 2 without a container: $argv', async ({ argv }) => {
    expect(await cli(argv)).toEqual(
      refused(
        2,
        'portolan: name a container, or give what docker inspect printed',
        '  For example: portolan explain web.1',
        '  Or without the daemon: docker inspect web.1 | portolan explain --inspect -',
      ),
    );
  });
});
