import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseRenderArguments } from '../../../src/config/render-command-line.ts';
import { loadRender } from '../../../src/config/render-load.ts';
import { createTempFolder } from '../../support/temp-folder.ts';

interface Given {
  /** Texts of files in a folder, by their paths. */
  readonly files?: Readonly<Record<string, string>>;
  readonly flags?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

function load({ files = {}, flags = [], environment = {} }: Given) {
  const folder = createTempFolder();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const parsed = parseRenderArguments(flags);
  if (parsed.kind !== 'command') throw new Error(JSON.stringify(parsed));
  const outcome = loadRender({ ...parsed, configPaths: Object.keys(files).length > 0 ? [folder] : [], environment });
  if (outcome.kind === 'read') return outcome.value;
  throw new Error(outcome.mistakes.map((line) => line.replaceAll(`${folder}/`, '')).join('\n'));
}

const MODE = { once: false, dry: false, parseOnly: false };
const settings = (given: Given) => load(given).settings;
const ONE = 'template { source = "a" destination = "b" }\n';
const NO_RULE = { pristine: false, custom: [], allowlist: [], denylist: [] };

const plainTemplate = {
  source: { kind: 'file', path: 'a' },
  destination: 'b',
  createFolders: true,
  permissions: undefined,
  user: undefined,
  group: undefined,
  backup: false,
  check: undefined,
  command: undefined,
  runsCommandOnStart: false,
  missingKey: 'zero',
  endsOnError: false,
  delimiters: {},
  functionDenylist: [],
  sandboxPath: undefined,
  wait: { quietMs: 100, maxWaitMs: 1_000 },
};

describe('loadRender', () => {
  it('has defaults for all that is not said', () => {
    expect(load({ flags: ['-template', 'a:b'] })).toStrictEqual({
      settings: {
        consul: {
          address: { kind: 'consul', host: '127.0.0.1', port: 8500, isTls: false },
          name: 'consul://127.0.0.1:8500',
          environment: { CONSUL_HTTP_TOKEN: undefined },
          forCommands: { CONSUL_HTTP_SSL: 'false', CONSUL_HTTP_SSL_VERIFY: 'true' },
          retry: { attempts: undefined, minMs: 250, maxMs: 60_000 },
        },
        templates: [plainTemplate],
        exec: undefined,
        killSignal: undefined,
        reloadSignal: 'SIGHUP',
        logLevel: 'info',
        logFormat: 'auto',
        pidFile: undefined,
        admin: undefined,
      },
      ignored: [],
    });
  });

  it('reads every key of a template', () => {
    const text = `template {
      contents = <<TEXT
hello
TEXT
      destination = "/etc/x"
      create_dest_dirs = false
      command = ["kill", "-HUP", "1"]
      command_timeout = "5s"
      command_on_start = true
      check = "haproxy -c -f {}"
      check_timeout = "1m"
      error_on_missing_key = true
      error_fatal = true
      perms = 0600
      user = "root"
      gid = 33
      backup = true
      left_delimiter = "<<"
      right_delimiter = ">>"
      function_denylist = ["plugin"]
      function_blacklist = ["env"]
      sandbox_path = "/srv"
      wait { min = "2s" }
    }`;
    expect(settings({ files: { 'a.hcl': text } }).templates).toStrictEqual([
      {
        source: { kind: 'text', text: 'hello\n' },
        destination: '/etc/x',
        createFolders: false,
        permissions: 0o600,
        user: 'root',
        group: '33',
        backup: true,
        check: { command: ['haproxy -c -f {}'], timeoutMs: 60_000, environment: NO_RULE },
        command: { command: ['kill', '-HUP', '1'], timeoutMs: 5_000, environment: NO_RULE },
        runsCommandOnStart: true,
        missingKey: 'error',
        endsOnError: true,
        delimiters: { left: '<<', right: '>>' },
        functionDenylist: ['plugin', 'env'],
        sandboxPath: '/srv',
        wait: { quietMs: 2_000, maxWaitMs: 8_000 },
      },
    ]);
  });

  it.each([
    { rule: 'a text for the shell', text: 'command = "reload"', command: ['reload'], timeoutMs: 30_000 },
    { rule: 'none', text: 'command = ""', command: undefined, timeoutMs: 30_000 },
    {
      rule: 'exec before command',
      text: 'command = "x"\nexec { command = ["y"] timeout = "1s" }',
      command: ['y'],
      timeoutMs: 1_000,
    },
    {
      rule: 'none where exec is off',
      text: 'command = "x"\nexec { command = ["y"] enabled = false }',
      command: undefined,
      timeoutMs: 0,
    },
  ])('takes the command of a template: $rule', ({ text, command, timeoutMs }) => {
    const hcl = `template { source = "a" destination = "b"\n${text} }`;
    const [template] = settings({ files: { 'a.hcl': hcl } }).templates;
    expect(template?.command).toStrictEqual(command && { command, timeoutMs, environment: NO_RULE });
  });

  it('reads HCL and JSON in the order of their names, folders too, and hidden ones not; the last counts', () => {
    const files = {
      '10.hcl': `${ONE}consul { address = "one:1" token = "t" }\nlog_level = "err"`,
      '20.json': '{"template": {"source": "c", "destination": "d"}, "consul": {"address": "two:2"}}',
      '30/x': 'wait { min = "1s" max = "2s" }',
      '.hidden': 'nonsense',
    };
    const { consul, templates, logLevel } = settings({ files });
    expect(consul.name).toBe('consul://two:2');
    expect(consul.environment['CONSUL_HTTP_TOKEN']).toBe('t');
    expect(logLevel).toBe('error');
    expect(templates.map(({ source, wait }) => ({ source, wait }))).toEqual([
      { source: { kind: 'file', path: 'a' }, wait: { quietMs: 1_000, maxWaitMs: 2_000 } },
      { source: { kind: 'file', path: 'c' }, wait: { quietMs: 1_000, maxWaitMs: 2_000 } },
    ]);
  });

  it('lets flags win, adds up templates, and reads CT_LOCAL_CONFIG between files and flags', () => {
    const environment = { CT_LOCAL_CONFIG: `${ONE}kill_signal = "USR1"\npid_file = "/local"`, CT_LOG: 'debug' };
    const files = { 'a.hcl': `${ONE}kill_signal = "QUIT"\nreload_signal = ""` };
    const flags = ['-template', 'x:y', '-pid-file', '/flag', '-wait', '0'];
    const { templates, killSignal, reloadSignal, pidFile, logLevel } = settings({ files, flags, environment });
    expect({ killSignal, reloadSignal, pidFile, logLevel }).toStrictEqual({
      killSignal: 'SIGUSR1',
      reloadSignal: undefined,
      pidFile: '/flag',
      logLevel: 'debug',
    });
    expect(templates).toStrictEqual(
      [plainTemplate, plainTemplate, { ...plainTemplate, source: { kind: 'file', path: 'x' }, destination: 'y' }].map(
        (template) => ({ ...template, wait: { quietMs: 0, maxWaitMs: 0 } }),
      ),
    );
  });

  it.each([
    { rule: 'a text', text: 'wait = "1s"', wait: { quietMs: 1_000, maxWaitMs: 4_000 } },
    { rule: 'a block that is off', text: 'wait { enabled = false min = "1s" }', wait: { quietMs: 0, maxWaitMs: 0 } },
    { rule: 'a block with both', text: 'wait { min = "1s" max = "1m" }', wait: { quietMs: 1_000, maxWaitMs: 60_000 } },
  ])('reads wait: $rule', ({ text, wait }) => {
    expect(settings({ files: { 'a.hcl': ONE + text } }).templates[0]?.wait).toStrictEqual(wait);
  });

  it('reads the program beside', () => {
    const text = `exec {
      command = ["app", "-x"]
      env { pristine = true custom = ["A=b"] denylist = ["C*"] }
      reload_signal = "SIGUSR2"
      kill_timeout = "2s"
      splay = "5s"
    }`;
    expect(settings({ files: { 'a.hcl': text }, flags: ['-exec-env-custom', 'D=e'] }).exec).toStrictEqual({
      command: ['app', '-x'],
      environment: { pristine: true, custom: ['A=b', 'D=e'], allowlist: [], denylist: ['C*'] },
      reloadSignal: 'SIGUSR2',
      killSignal: undefined,
      killTimeoutMs: 2_000,
      splayMs: 5_000,
    });
  });

  it.each([
    { text: 'consul { address = "https://c" }', address: { kind: 'consul', host: 'c', port: 8500, isTls: true } },
    {
      text: 'consul { address = "c:1" ssl { enabled = true } }',
      address: { kind: 'consul', host: 'c', port: 1, isTls: true },
    },
    { text: 'consul { address = "unix:///c.sock" }', address: { kind: 'consul-unix', path: '/c.sock' } },
    { text: '', address: { kind: 'consul', host: 'env', port: 2, isTls: false } },
  ])('finds Consul by "$text"', ({ text, address }) => {
    const { consul } = settings({ files: { 'a.hcl': ONE + text }, environment: { CONSUL_HTTP_ADDR: 'env:2' } });
    expect(consul.address).toStrictEqual(address);
  });

  it('puts what it says about Consul in place of what the environment says', () => {
    const text = `consul {
      token_file = "/token"
      auth { username = "u" password = "p" }
      ssl { verify = false ca_cert = "/ca" cert = "/both" server_name = "s" }
      retry { attempts = 3 backoff = "1s" max_backoff = "2s" }
      transport { dial_timeout = "1s" }
    }`;
    const environment = { CONSUL_HTTP_TOKEN: 'x', CONSUL_CACERT: 'y', PATH: '/bin' };
    const { settings: loaded, ignored } = load({ files: { 'a.hcl': ONE + text }, environment });
    expect(loaded.consul.environment).toStrictEqual({
      CONSUL_HTTP_TOKEN: undefined,
      CONSUL_HTTP_TOKEN_FILE: '/token',
      CONSUL_HTTP_AUTH: 'u:p',
      CONSUL_HTTP_SSL: 'true',
      CONSUL_HTTP_SSL_VERIFY: 'false',
      CONSUL_CACERT: '/ca',
      CONSUL_CLIENT_CERT: '/both',
      CONSUL_CLIENT_KEY: '/both',
      CONSUL_TLS_SERVER_NAME: 's',
      PATH: '/bin',
    });
    expect(loaded.consul.forCommands).toStrictEqual({
      CONSUL_HTTP_AUTH: 'u:p',
      CONSUL_HTTP_TOKEN_FILE: '/token',
      CONSUL_HTTP_SSL: 'true',
      CONSUL_HTTP_SSL_VERIFY: 'false',
    });
    expect(loaded.consul.retry).toStrictEqual({ attempts: 3, minMs: 1_000, maxMs: 2_000 });
    expect(ignored).toEqual(['consul.transport']);
  });

  it.each([
    { rule: 'who names a certificate', ssl: 'ca_cert = "/ca"', environment: {}, isTls: true },
    { rule: 'who speaks of looking at certificates', ssl: 'verify = true', environment: {}, isTls: true },
    { rule: 'not who turns it off', ssl: 'enabled = false ca_cert = "/missing"', environment: {}, isTls: false },
    { rule: 'who says so in the environment', ssl: '', environment: { CONSUL_HTTP_SSL: 'true' }, isTls: true },
    { rule: 'nobody else', ssl: '', environment: {}, isTls: false },
  ])('speaks TLS for $rule', ({ ssl, environment, isTls }) => {
    const { consul } = settings({ files: { 'a.hcl': `${ONE}consul { ssl { ${ssl} } }` }, environment });
    expect(consul.address).toMatchObject({ isTls });
    expect(consul.forCommands).toStrictEqual({ CONSUL_HTTP_SSL: String(isTls), CONSUL_HTTP_SSL_VERIFY: 'true' });
    expect(consul.environment['CONSUL_CACERT']).toBe(isTls && ssl.includes('/ca') ? '/ca' : undefined);
  });

  it('takes the address of Consul as a text, the old way', () => {
    expect(settings({ files: { 'a.hcl': `${ONE}consul = "c:85"` } }).consul.name).toBe('consul://c:85');
  });

  it('needs no destination where nothing is written, and no template where files may bring some', () => {
    const flags = ['-template', 'a'];
    expect(settings({ flags: [...flags, '-dry'] }).templates).toStrictEqual([{ ...plainTemplate, destination: '' }]);
    expect(settings({ flags: [...flags, '-parse-only'] }).templates).toHaveLength(1);
    expect(() => settings({ flags })).toThrow('template[1] needs a destination');
    expect(settings({ files: { 'a.hcl': '' } }).templates).toStrictEqual([]);
    expect(() => settings({})).toThrow('there is no template: -template IN:OUT, or -config PATH');
  });

  it.each([
    { perms: '0640', permissions: 0o640 },
    { perms: '"644"', permissions: 0o644 },
    { perms: '416', permissions: 0o640 },
    { perms: '"04755"', permissions: 0o755 },
  ])('takes perms = $perms', ({ perms, permissions }) => {
    const hcl = `template { source = "a" destination = "b" perms = ${perms} }`;
    expect(settings({ files: { 'a.hcl': hcl } }).templates).toStrictEqual([{ ...plainTemplate, permissions }]);
  });

  it('tries once where retries are off', () => {
    const text = `${ONE}consul { retry { enabled = false attempts = 5 } }`;
    expect(settings({ files: { 'a.hcl': text } }).consul.retry.attempts).toBe(0);
  });

  it('reads the old names of the token and its file, before the new ones', () => {
    const environment = { CONSUL_TOKEN: 'old', CONSUL_HTTP_TOKEN: 'new', CONSUL_TOKEN_FILE: '/old' };
    const { consul } = settings({ flags: ['-template', 'a:b'], environment });
    expect(consul.environment['CONSUL_HTTP_TOKEN']).toBe('old');
    expect(consul.environment['CONSUL_HTTP_TOKEN_FILE']).toBe('/old');
  });

  it('takes what it does not have, and says so', () => {
    const text = `${ONE}vault { address = "x" }\ndeduplicate { enabled = true }\nsyslog { enabled = true }\nmax_stale = "5s"`;
    expect(load({ files: { 'a.hcl': text } }).ignored).toEqual(['deduplicate', 'max_stale', 'syslog', 'vault']);
  });

  it.each([
    { text: 'template {}', mistake: 'template[1] needs a source or contents\ntemplate[1] needs a destination' },
    {
      text: `${ONE}template { source = "a" contents = "b" destination = "c" }`,
      mistake: 'template[2] has both source and contents, of which only one can be',
    },
    {
      text: `${ONE}template { sorce = "a" }`,
      mistake: 'a.hcl: template[2] does not know "sorce"; did you mean source?',
    },
    { text: `${ONE}temlate { }`, mistake: 'a.hcl: does not know "temlate"; did you mean template?' },
    {
      text: `${ONE}consul { retry { x_y = 1 } }`,
      mistake: 'a.hcl: consul.retry does not know "x_y"; known are enabled, attempts, backoff, max_backoff',
    },
    { text: `${ONE}wait { mini = "1s" }`, mistake: 'a.hcl: wait does not know "mini"; did you mean min?' },
    {
      text: `${ONE}wait { min = 5 }`,
      mistake: 'a.hcl: wait.min must be a duration such as 30s or 1m30s, 0 or more',
    },
    { text: `${ONE}exec = "x"`, mistake: 'a.hcl: exec must be a block with keys' },
    {
      text: `${ONE}consul { address = "a b" }`,
      mistake: 'consul.address must be HOST:PORT, http://HOST:PORT, https://HOST:PORT or unix:///PATH, and not "a b"',
    },
    {
      text: `${ONE}template { perms = "rw" }`,
      mistake: 'a.hcl: template[2].perms must be permissions in octal, such as "0644"',
    },
    {
      text: `${ONE}wait = `,
      mistake: 'a.hcl:2:8: here is the end of the text, but a value is expected\n    wait = \n           ^',
    },
  ])('refuses $text', ({ text, mistake }) => {
    expect(() => load({ files: { 'a.hcl': text } })).toThrow(new Error(mistake));
  });

  it('names a path that is not there', () => {
    const outcome = loadRender({ configPaths: ['/nowhere/at/all'], files: [], mode: MODE, environment: {} });
    expect(outcome).toEqual({
      kind: 'mistakes',
      mistakes: ["/nowhere/at/all: cannot be read: ENOENT: no such file or directory, stat '/nowhere/at/all'"],
    });
  });
});
