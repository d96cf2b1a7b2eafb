import { describe, expect, it } from 'vitest';
import { explainHelp, programHelp, runHelp } from '../../../src/cli/help.ts';
import { runCli } from '../../../src/cli/program.ts';
import { aFakeAdmin } from '../../support/fake-admin.ts';
import { createFakeCliIo, wouldStart } from '../../support/fake-cli-io.ts';
import { createTempFolder } from '../../support/temp-folder.ts';

/** Runs a command line: its exit code, `started` if it came as far as starting the daemon, and what it wrote. */
async function cli(argv: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const io = createFakeCliIo({ environment });
  const code = await runCli(argv, io).catch((error: unknown) => {
    if (error === wouldStart) return 'started';
    throw error;
  });
  return { code, ...io.written() };
}

const started = { code: 'started', stdout: '', stderr: '' };
const refused = (code: number, stderr: string) => ({ code, stdout: '', stderr });
const mistake = (code: number, line: string) =>
  refused(code, `portolan: ${line}\nNothing was started. See portolan run --help.\n`);
const usage = (line: string) => refused(2, `error: ${line}\nSee portolan run --help.\n`);

describe('runCli asked for help', () => {
  it.each([['-h'], ['-help'], ['--help'], ['help'], ['help', 'run'], ['--help', '-bogus']])(
    'shows that of the program: %s %s',
    async (...argv) => {
      expect(await cli(argv)).toEqual({ code: 0, stdout: programHelp(), stderr: '' });
    },
  );

  it.each([
    { argv: ['run', '-h'] },
    { argv: ['run', '-help'] },
    { argv: ['run', '--help'] },
    { argv: ['-internal', '-h'] },
    { argv: ['-internal', '-help', 'memory://'] },
    { argv: ['memory://', '-ip', 'nonsense', '--help'] },
  ])('shows that of the daemon: $argv', async ({ argv }) => {
    expect(await cli(argv)).toEqual({ code: 0, stdout: runHelp(), stderr: '' });
  });

  it.each([
    ['explain', '-h'],
    ['explain', '-help'],
    ['explain', 'web.1', '--help'],
  ])('shows that of explain: %s %s', async (...argv) => {
    expect(await cli(argv)).toEqual({ code: 0, stdout: explainHelp(), stderr: '' });
  });

  it('takes the word for a value where a value is due', async () => {
    expect(await cli(['memory://', '-ip', '-help'])).toEqual(
      mistake(1, '--ip = "-help" must be an IPv4 or IPv6 address'),
    );
  });
});

describe('runCli asked for its version', () => {
  it.each(['version', '-version', '--version', '-V'])('prints it alone: %s', async (word) => {
    expect(await cli([word, 'consul://a:1'])).toEqual({ code: 0, stdout: '1.2.3\n', stderr: '' });
  });
});

describe("runCli with registrator's command line", () => {
  it.each([
    { argv: ['memory://'] },
    { argv: ['run', 'memory://'] },
    { argv: ['-ip', '10.0.0.5', '-resync', '60', 'memory://'] },
    { argv: ['memory://', '-internal'] },
    { argv: ['run', '-internal', 'memory://', '--explicit=false'] },
    { argv: ['-cleanup', '-ttl=60', '--ttl-refresh', '30s', '-deregister=always', 'consul://a:1'] },
    { argv: ['-retry-attempts', '-1', '-retry-interval=500', '-useIpFromLabel', 'lan', 'consul-tls://a'] },
    { argv: ['-resync', '-5', 'memory://'] },
    { argv: ['-tags', '', 'memory://'] },
    { argv: ['-ip', 'nonsense', '-ip', '10.0.0.5', 'memory://'] },
    { argv: ['-internal', '--', 'memory://'] },
  ])('would start the daemon: $argv', async ({ argv }) => {
    expect(await cli(argv)).toEqual(started);
  });

  it('would start the daemon on the registry of the environment', async () => {
    expect(await cli([], { PORTOLAN_REGISTRY: 'memory://' })).toEqual(started);
    expect(await cli(['-internal'], { PORTOLAN_REGISTRY: 'memory://' })).toEqual(started);
  });

  it('takes the registry of the command line before that of the environment', async () => {
    expect(await cli(['nomad://x'], { PORTOLAN_REGISTRY: 'memory://' })).toMatchObject({ code: 1 });
  });

  it.each([
    { argv: ['-bogus', 'memory://'], line: "unknown option '-bogus'" },
    { argv: ['memory://', '--bogus=1'], line: "unknown option '--bogus=1'" },
    { argv: ['-Internal', 'memory://'], line: "unknown option '-Internal'" },
    { argv: ['---ip', 'memory://'], line: "unknown option '---ip'\n(Did you mean --ip?)" },
    { argv: ['memory://', '--resink', '60'], line: "unknown option '--resink'\n(Did you mean --resync?)" },
    { argv: ['memory://', '-ip'], line: "option '--ip <value>' argument missing" },
    { argv: ['memory://', 'x'], line: "too many arguments for 'run'. Expected 1 argument but got 2: memory://, x." },
    {
      argv: ['-internal', 'false', 'memory://'],
      line: "too many arguments for 'run'. Expected 1 argument but got 2: false, memory://.",
    },
    {
      argv: ['memory://', '--', '-ip'],
      line: "too many arguments for 'run'. Expected 1 argument but got 2: memory://, -ip.",
    },
  ])('refuses $argv as wrong usage', async ({ argv, line }) => {
    expect(await cli(argv)).toEqual(usage(line));
  });

  it.each([
    { argv: ['-ttl', '-5', 'memory://'], code: 1, line: '--ttl = "-5" must not be negative' },
    { argv: ['-ip=10.0.0', 'memory://'], code: 1, line: '--ip = "10.0.0" must be an IPv4 or IPv6 address' },
    { argv: ['memory://', '-internal=maybe'], code: 2, line: '--internal = "maybe" must be true or false' },
    {
      argv: ['127.0.0.1:8500'],
      code: 1,
      line: 'the registry = "127.0.0.1:8500" must be consul://HOST:PORT, consul-unix:///PATH, consul-tls://HOST:PORT or memory://',
    },
    {
      argv: ['stauts'],
      code: 1,
      line: 'the registry = "stauts" must be consul://HOST:PORT, consul-unix:///PATH, consul-tls://HOST:PORT or memory://',
    },
  ])('refuses the values of $argv', async ({ argv, code, line }) => {
    expect(await cli(argv)).toEqual(mistake(code, line));
  });

  it.each([{ argv: [] }, { argv: [''] }, { argv: ['run'] }, { argv: ['-tags', 'memory://'] }])(
    'ends with 2 when no registry is left: $argv',
    async ({ argv }) => {
      const { code, stderr } = await cli(argv);
      expect([code, stderr.split('\n', 1)]).toEqual([2, ['portolan: no registry is given']]);
    },
  );
});

describe('runCli asking the running daemon', () => {
  it('writes its status', async () => {
    const { folder, asked } = await aFakeAdmin({
      status: 200,
      text: '{"version":"1.2.3","uptimeS":9,"registry":"memory://"}',
    });
    expect(await cli(['status', '--run-dir', folder])).toEqual({
      code: 0,
      stdout: 'portolan 1.2.3, up 9 s, memory://\n',
      stderr: '',
    });
    expect(asked).toEqual(['GET /api/v1/status']);
  });

  it.each([
    { argv: ['status', '--json'], path: '/api/v1/status' },
    { argv: ['services', '--json'], path: '/api/v1/services' },
  ])('writes the answer of $path as it is: $argv', async ({ argv, path }) => {
    const { folder, asked } = await aFakeAdmin({ status: 200, text: '{"a":[1]}' });
    const stdout = '{\n  "a": [\n    1\n  ]\n}\n';
    expect(await cli([...argv, '--run-dir', folder])).toEqual({ code: 0, stdout, stderr: '' });
    expect(asked).toEqual([`GET ${path}`]);
  });

  it('writes the services', async () => {
    const { folder } = await aFakeAdmin({ status: 200, text: '[]' });
    expect(await cli(['services', `--run-dir=${folder}`])).toEqual({
      code: 0,
      stdout: 'no services yet\n',
      stderr: '',
    });
  });

  it.each([
    { status: 200, code: 0 },
    { status: 503, code: 1 },
  ])('ends healthcheck with $code for $status', async ({ status, code }) => {
    const { folder } = await aFakeAdmin({ status, text: 'as it is\n' });
    expect(await cli(['healthcheck', '--run-dir', folder])).toEqual({ code, stdout: 'as it is\n', stderr: '' });
  });

  it('says what the daemon refuses, and ends with 1', async () => {
    const { folder } = await aFakeAdmin({ status: 404, text: '{"error":"there is no GET /api/v1/status"}' });
    const line = 'portolan: Portolan answered 404: {"error":"there is no GET /api/v1/status"}\n';
    expect(await cli(['status', '--run-dir', folder])).toEqual(refused(1, line));
  });

  it.each([
    { command: 'status', code: 4 },
    { command: 'services', code: 4 },
    { command: 'healthcheck', code: 1 },
  ])('ends $command with $code when nobody answers', async ({ command, code }) => {
    const folder = createTempFolder();
    const { stderr, ...rest } = await cli([command, '--run-dir', folder]);
    expect({ ...rest, first: stderr.split('\n', 1) }).toEqual({
      code,
      stdout: '',
      first: [`portolan: no Portolan answers at ${folder}/admin.sock: connect ENOENT ${folder}/admin.sock`],
    });
  });

  it('says what to do when nobody answers', async () => {
    const { stderr } = await cli(['status', '--run-dir', createTempFolder()]);
    expect(stderr.split('\n').slice(1)).toEqual([
      '  Is it running on this host? Its --run-dir must be the same as here.',
      '',
    ]);
  });

  it('looks for the socket in PORTOLAN_RUN_DIR, but rather in --run-dir', async () => {
    const [here, there] = [await aFakeAdmin({ status: 200, text: 'ok\n' }), createTempFolder()];
    expect(await cli(['healthcheck'], { PORTOLAN_RUN_DIR: here.folder })).toMatchObject({ code: 0 });
    expect(await cli(['healthcheck', '--run-dir', here.folder], { PORTOLAN_RUN_DIR: there })).toMatchObject({
      code: 0,
    });
  });

  it.each([
    {
      argv: ['status', 'web'],
      stderr: "error: too many arguments for 'status'. Expected 0 arguments but got 1: web.\n",
    },
    { argv: ['status', '-json'], stderr: "error: unknown option '-json'\n" },
    { argv: ['healthcheck', '--json'], stderr: "error: unknown option '--json'\n" },
    {
      argv: ['explain', '--inspect'],
      stderr: "error: option '--inspect <file>' argument missing\nSee portolan explain --help.\n",
    },
    { argv: ['explain', '-bogus'], stderr: "error: unknown option '-bogus'\nSee portolan explain --help.\n" },
    { argv: ['services', '--run-dir'], stderr: "error: option '--run-dir <path>' argument missing\n" },
  ])('refuses $argv as wrong usage', async ({ argv, stderr }) => {
    expect(await cli(argv)).toEqual(refused(2, stderr));
  });
});
