import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli } from '../../../src/cli/program.ts';
import { createFakeCliIo } from '../../support/fake-cli-io.ts';
import { createTempFolder } from '../../support/temp-folder.ts';

async function cli(argv: readonly string[], stdin = '') {
  const io = createFakeCliIo({ readStdin: async () => stdin });
  const code = await runCli(['check', ...argv], io);
  return { code, ...io.written() };
}

const text = (...all: readonly string[]) => `${all.join('\n')}\n`;

describe('portolan check', () => {
  it('says what a template calls and reads', async () => {
    const path = join(createTempFolder(), 'web.ctmpl');
    writeFileSync(path, '{{range services}}{{range service .Name}}{{key "a/b" | print}}{{end}}{{end}}');
    expect(await cli([path])).toEqual({
      code: 0,
      stdout: text(
        'calls  key, print, service, services',
        'reads  catalog.services',
        '       kv.block(a/b)',
        '       service … (line 1: what, depends on data)',
        `${path}: no problems`,
      ),
      stderr: '',
    });
  });

  it('shows each problem with its place and what to do', async () => {
    const template = 'a\n\t{{range servcie "web"}}\n{{end}}{{secret "x"}}{{key_or_default "a" "b"}}';
    expect(await cli(['-'], template)).toEqual({
      code: 3,
      stdout: text(
        '-:2:10: function "servcie" not defined',
        '  2 |  {{range servcie "web"}}',
        '    |          ^',
        '  Did you mean service or services?',
        '',
        '-:3:10: error calling secret: not supported: Portolan does not read from Vault',
        '  3 | {{end}}{{secret "x"}}{{key_or_default "a" "b"}}',
        '    |          ^',
        '',
        '-: warning: key_or_default is called keyOrDefault now',
        'calls  key_or_default, secret, servcie',
        'reads  kv.block(a)',
        '-: 2 problems',
      ),
      stderr: '',
    });
  });

  it("knows what of sprig's is not there", async () => {
    const { code, stdout } = await cli(['-'], '{{sprig_genCA "x" 1}}');
    expect([code, stdout.split('\n')[0]]).toEqual([3, '-:1:3: Portolan does not have the function sprig_genCA']);
  });

  it('cuts a long line around the place', async () => {
    const { stdout } = await cli(['-'], `${'x'.repeat(200)}{{nope}}${'y'.repeat(200)}`);
    const [, excerpt = '', caret = ''] = stdout.split('\n');
    expect([excerpt.length, excerpt[caret.indexOf('^')]]).toEqual([6 + 100, 'n']);
  });

  it('gives all of it as JSON', async () => {
    const { code, stdout } = await cli(['-', '--json'], '{{key "a"}}');
    expect([code, JSON.parse(stdout)]).toEqual([
      0,
      { problems: [], functions: ['key'], needs: ['kv.block(a)'], dependent: [], warnings: [] },
    ]);
  });

  it.each([
    { argv: [], stderr: 'portolan: name a template\n  For example: portolan check haproxy.ctmpl\n' },
    { argv: ['/nonexistent'], stderr: /^portolan: cannot read \/nonexistent: ENOENT/ },
    { argv: ['a', 'b'], stderr: /too many arguments/ },
  ])('refuses $argv', async ({ argv, stderr }) => {
    expect(await cli(argv)).toMatchObject({
      code: 2,
      stdout: '',
      stderr: typeof stderr === 'string' ? stderr : expect.stringMatching(stderr),
    });
  });
});
