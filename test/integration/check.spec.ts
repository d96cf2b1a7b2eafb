import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../../src/cli/program.ts';
import { type ConsulServer, startConsulServer } from '../support/consul-server.ts';
import { createFakeCliIo } from '../support/fake-cli-io.ts';
import { takePorts } from '../support/ports.ts';

let consul: ConsulServer;

beforeAll(async () => {
  consul = await startConsulServer();
  await consul.ask('PUT', '/agent/service/register', { ID: 'web-1', Name: 'web', Address: '192.0.2.1', Port: 80 });
  await consul.ask('PUT', '/kv/app/list', 'a,b');
});

afterAll(async () => {
  await consul.stop();
});

async function check(template: string, uri = consul.endpoint.name, environment = {}) {
  const io = createFakeCliIo({ environment, readStdin: async () => template });
  const code = await runCli(['check', '-', '--against', uri, '--json'], io);
  const { stdout, stderr } = io.written();
  return { code, stderr, report: stdout === '' ? undefined : (JSON.parse(stdout) as Record<string, unknown>) };
}

describe('portolan check --against', () => {
  it('evaluates the template with the data of the Consul', async () => {
    const { code, report } = await check(
      '{{range service "web"}}{{.ID}} {{.Address}}:{{.Port}}{{end}} {{key "app/list"}}',
    );
    expect([code, report?.['output'], report?.['problems']]).toEqual([0, 'web-1 192.0.2.1:80 "a,b"', []]);
  });

  it('says what fails with this data, and where', async () => {
    const { code, report } = await check('a\né {{index (services) 99}}');
    expect([code, report?.['problems']]).toEqual([
      3,
      [
        {
          kind: 'evaluation',
          message: 'error calling index: index out of range: 99',
          line: 2,
          column: 4,
          excerpt: 'é {{index (services) 99}}',
        },
      ],
    ]);
  });

  it('says what it would wait for', async () => {
    const { code, report } = await check('{{key "nothing/here"}}{{range service "web@dc9"}}{{end}}');
    expect(code).toBe(3);
    expect(report?.['problems']).toEqual([
      {
        kind: 'evaluation',
        message: 'waits for kv.block(nothing/here)',
        hint: 'There is no such key: set it, or give a default by keyOrDefault.',
      },
      {
        kind: 'evaluation',
        message: expect.stringMatching(/^waits for health\.service\(web@dc9\|passing\): .*dc9|No path/),
      },
    ]);
  });

  it('says that nobody answers there', async () => {
    const port = await takePorts(1);
    const { code, stderr } = await check('a', `consul://127.0.0.1:${port}`);
    expect([code, stderr]).toEqual([4, expect.stringMatching(/^portolan: .*127\.0\.0\.1/)]);
  });

  it.each(['memory://', 'etcd://x', 'localhost'])('refuses %s', async (uri) => {
    const { code, stderr } = await check('a', uri);
    expect([code, stderr]).toEqual([2, expect.stringMatching(/^portolan: --against = /)]);
  });
});
