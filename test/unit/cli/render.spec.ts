import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli } from '../../../src/cli/program.ts';
import { renderHelp } from '../../../src/cli/render-help.ts';
import { createFakeCliIo } from '../../support/fake-cli-io.ts';
import { createRecordingLog } from '../../support/recording-log.ts';
import { createTempFolder } from '../../support/temp-folder.ts';

const TEMPLATE = ['-template', '/no/such.ctmpl:/out'];

async function render(args: readonly string[], environment = {}) {
  const log = createRecordingLog();
  const opened: unknown[] = [];
  const io = {
    ...createFakeCliIo({ environment }),
    openLog: async (options: unknown) => {
      opened.push(options);
      return log;
    },
  };
  return { code: await runCli(['render', ...args], io), ...io.written(), log, opened };
}

describe('portolan render', () => {
  it.each(['-h', '--help'])('helps by %s', async (arg) => {
    expect(await render([arg])).toMatchObject({ code: 0, stdout: renderHelp(), stderr: '' });
  });

  it('says its version', async () => {
    expect(await render(['-v'])).toMatchObject({ code: 0, stdout: 'portolan 1.2.3\n', stderr: '' });
  });

  it('ends with 13 for wrong flags, and says all of them', async () => {
    expect(await render(['-wait=x', '-oncee'])).toMatchObject({
      code: 13,
      stdout: '',
      stderr:
        'portolan render: -wait: must be MIN or MIN:MAX with durations, MAX not below MIN, such as 2s:8s; 0 for not at all\n' +
        'portolan render: -oncee: portolan render does not know "oncee"; did you mean once?\n',
    });
  });

  it('ends with 15 for a wrong configuration', async () => {
    expect(await render(['-once'])).toMatchObject({
      code: 15,
      stderr: 'portolan render: there is no template: -template IN:OUT, or -config PATH\n',
    });
  });

  it('ends with 14 when a template cannot be read or parsed, and says so of each', async () => {
    const path = join(createTempFolder(), 'in');
    writeFileSync(path, '{{ end }}');
    const { code, stderr } = await render([...TEMPLATE, '-template', `${path}:/out`, '-once']);
    expect(code).toBe(14);
    expect(stderr).toBe(
      "portolan render: /no/such.ctmpl: cannot be read: ENOENT: no such file or directory, open '/no/such.ctmpl'\n" +
        `${path}: template: :1: unexpected {{end}}\n`,
    );
  });

  it('only parses with -parse-only', async () => {
    const path = join(createTempFolder(), 'in');
    writeFileSync(path, '{{ key "a" }}');
    expect(await render(['-template', `${path}:/out`, '-parse-only'])).toMatchObject({
      code: 0,
      stdout: '',
      stderr: '',
    });
    writeFileSync(path, '{{ key "a" ');
    expect(await render(['-template', `${path}:/out`, '-parse-only'])).toMatchObject({ code: 14 });
  });

  it('logs to standard error, at the level that is asked for', async () => {
    expect((await render([...TEMPLATE, '-log-level=trace'])).opened).toEqual([
      { level: 'debug', format: 'json', toStderr: true },
    ]);
    expect((await render(TEMPLATE, { CT_LOG: 'err' })).opened).toEqual([
      { level: 'error', format: 'json', toStderr: true },
    ]);
  });

  it('says once what it leaves out', async () => {
    const { log } = await render([...TEMPLATE, '-dedup', '-vault-addr=x'], {
      CT_LOCAL_CONFIG: 'vault { address = "x" }',
    });
    expect(log.lines.filter(({ level }) => level === 'warn')).toEqual([
      {
        level: 'warn',
        message: 'settings that Portolan has no use for are left out',
        facts: { settings: ['-dedup', '-vault-addr', 'vault'] },
      },
    ]);
  });
});

describe('renderHelp', () => {
  it('fits a wide terminal and ends its last line', () => {
    expect(
      renderHelp()
        .split('\n')
        .filter((line) => line.length > 120),
    ).toEqual([]);
    expect(renderHelp()).toMatch(/^Usage: portolan render \[options\]\n[\s\S]*\.\n$/);
  });

  it('has all flags but the old and the ignored ones, in groups', () => {
    const titles = renderHelp().match(/^[A-Z][\w ]+:$/gm);
    expect(titles).toEqual(['Examples:', 'Rendering:', 'Consul:', 'A program beside:', 'Operating:']);
    expect(renderHelp()).not.toMatch(/-vault|-dedup|whitelist/);
  });
});
