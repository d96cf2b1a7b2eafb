import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCli } from '../../../src/cli/program.ts';
import { createFakeCliIo } from '../../support/fake-cli-io.ts';
import { aHealthEntry } from '../../support/health-entries.ts';
import { createStubConsul, type StubConsul } from '../../support/stub-consul.ts';

let consul: StubConsul;
let uri: string;

beforeEach(async () => {
  consul = await createStubConsul();
  const { place } = consul.endpoint;
  uri = place.kind === 'tcp' ? `consul://127.0.0.1:${place.port}` : '';
  consul.set('web', [aHealthEntry()]);
});

afterEach(async () => {
  await consul.close();
});

async function cli(template: string, ...more: readonly string[]) {
  const io = createFakeCliIo({ environment: { NAME: 'x' }, readStdin: async () => template });
  const code = await runCli(['check', '-', '--against', uri, ...more], io);
  return { code, ...io.written() };
}

describe('portolan check --against', () => {
  it('evaluates the template with the data of the Consul', async () => {
    const template = '{{range services}}{{range service .Name}}{{.Port}} {{env "NAME"}}\n{{end}}{{end}}';
    const { code, stdout } = await cli(template, '--json');
    expect([code, JSON.parse(stdout)]).toMatchObject([0, { problems: [], output: '8080 x\n' }]);
    expect((await cli(template)).stdout.split('\n').slice(-3, -1)).toEqual([
      'gives  1 line, 7 bytes',
      '-: no problems',
    ]);
  });

  it('shows where it fails with this data', async () => {
    const { code, stdout } = await cli('a\né {{range services}}{{index .Tags 5}}{{end}}');
    expect([code, stdout.split('\n').slice(0, 3)]).toEqual([
      3,
      [
        '-:2:23: error calling index: index out of range: 5',
        '  2 | é {{range services}}{{index .Tags 5}}{{end}}',
        '    |                       ^',
      ],
    ]);
  });

  it('evaluates nothing that is no template', async () => {
    const { code, stdout } = await cli('{{range services}}', '--json');
    expect([code, JSON.parse(stdout)]).toMatchObject([3, { problems: [{ kind: 'syntax' }] }]);
    expect(consul.takePaths()).toEqual([]);
  });

  it('says once what can be told without data already', async () => {
    const { stdout } = await cli('{{secret "x"}}', '--json');
    expect((JSON.parse(stdout) as { problems: unknown[] }).problems).toHaveLength(1);
  });

  it('ends with 4 where nobody answers', async () => {
    await consul.close();
    const { code, stdout, stderr } = await cli('a');
    expect([code, stdout, stderr]).toEqual([4, '', expect.stringContaining(uri)]);
    consul = await createStubConsul();
  });

  it.each(['memory://', 'etcd://x', 'localhost'])('refuses %s', async (other) => {
    uri = other;
    expect(await cli('a')).toMatchObject({ code: 2, stderr: expect.stringMatching(/^portolan: --against = /) });
  });
});

describe('portolan check --against, a key that is not there', () => {
  it('is waited for in vain, and that is said', async () => {
    consul.failWith(404, '/kv/');
    const { code, stdout } = await cli('{{key "nothing/here"}}');
    expect([code, stdout.split('\n').slice(0, 2)]).toEqual([
      3,
      ['-: waits for kv.block(nothing/here)', '  There is no such key: set it, or give a default by keyOrDefault.'],
    ]);
  });
});
