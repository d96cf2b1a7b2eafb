import { describe, expect, it } from 'vitest';
import { parseRenderArguments } from '../../../src/config/render-command-line.ts';
import { RENDER_FLAGS } from '../../../src/config/render-flags.ts';

const MODE = { once: false, dry: false, parseOnly: false };

describe('parseRenderArguments', () => {
  it.each([
    { args: ['-template', 'a.ctmpl:a.txt'], says: { template: [{ source: 'a.ctmpl', destination: 'a.txt' }] } },
    { args: ['--template=a:b:c d:e'], says: { template: [{ source: 'a', destination: 'b', command: ['c d:e'] }] } },
    { args: ['-template', 'a'], says: { template: [{ source: 'a' }] } },
    { args: ['-wait', '2s'], says: { wait: { quietMs: 2_000, maxWaitMs: 8_000 } } },
    { args: ['-wait=2s:5s'], says: { wait: { quietMs: 2_000, maxWaitMs: 5_000 } } },
    { args: ['-wait=0'], says: { wait: { quietMs: 0, maxWaitMs: 0 } } },
    { args: ['-consul-addr', 'c:85'], says: { consul: { address: 'c:85' } } },
    { args: ['-consul-auth', 'u:p:q'], says: { consul: { auth: { enabled: true, username: 'u', password: 'p:q' } } } },
    { args: ['-consul-retry-attempts=5'], says: { consul: { retry: { attempts: 5 } } } },
    { args: ['-consul-ssl'], says: { consul: { ssl: { enabled: true } } } },
    { args: ['-consul-ssl-verify=false'], says: { consul: { ssl: { verify: false } } } },
    { args: ['-exec', 'app -x'], says: { exec: { command: ['app -x'] } } },
    { args: ['-exec-reload-signal', 'hup'], says: { exec: { reload_signal: 'SIGHUP' } } },
    { args: ['-exec-env-custom', 'A=b'], says: { exec: { env: { custom: ['A=b'] } } } },
    { args: ['-reload-signal='], says: { reload_signal: '' } },
    { args: ['-default-left-delimiter', '<<'], says: { default_delimiters: { left: '<<' } } },
    { args: ['-log-level', 'ERR'], says: { log_level: 'error' } },
    { args: ['-max-stale', '1m'], says: { max_stale: 60_000 } },
  ])('takes $args', ({ args, says }) => {
    expect(parseRenderArguments(args)).toStrictEqual({
      kind: 'command',
      configPaths: [],
      files: [says],
      mode: MODE,
      ignored: [],
    });
  });

  it('knows its modes, its files in order, and what it leaves out', () => {
    const args = ['-config', 'a', '-once', '-dry=true', '--config=b', '-parse-only=0', '-vault-addr', 'x', '-dedup'];
    expect(parseRenderArguments(args)).toStrictEqual({
      kind: 'command',
      configPaths: ['a', 'b'],
      files: [],
      mode: { once: true, dry: true, parseOnly: false },
      ignored: ['-vault-addr', '-dedup'],
    });
  });

  it('says all mistakes at once', () => {
    const args = [
      '-wiat=1s',
      '-wait',
      'soon',
      '-once=maybe',
      'x',
      '-consul-retry-attempts=-1',
      '-kill-signal=NO',
      '-exec',
    ];
    expect(parseRenderArguments(args)).toStrictEqual({
      kind: 'mistakes',
      mistakes: [
        '-wiat=1s: portolan render does not know "wiat"; did you mean wait?',
        '-wait: must be MIN or MIN:MAX with durations, MAX not below MIN, such as 2s:8s; 0 for not at all',
        '-once: must be true or false',
        'unexpected argument "x"',
        '-consul-retry-attempts: must be a whole number, 0 or more',
        '-kill-signal: must be the name of a signal, such as SIGHUP',
        '-exec: needs a value',
      ],
    });
  });

  it.each(['-wait=5s:1s', '-wait=1s:2s:3s', '-wait=', '-wait=-1s', '-wait=:2s', '-wait=1s:'])('refuses %s', (arg) => {
    expect(parseRenderArguments([arg]).kind).toBe('mistakes');
  });

  it.each([
    { args: ['-h'], kind: 'help' },
    { args: ['-once', '--help'], kind: 'help' },
    { args: ['-v'], kind: 'version' },
  ])('answers $args', ({ args, kind }) => {
    expect(parseRenderArguments(args)).toStrictEqual({ kind });
  });

  it('has a key of the file for each flag that is neither a mode nor left out', () => {
    const others = Object.entries(RENDER_FLAGS).filter(
      ([, flag]) => flag.path === undefined && flag.isIgnored !== true,
    );
    expect(others.map(([name]) => name)).toEqual(['config', 'once', 'dry', 'parse-only']);
  });
});
