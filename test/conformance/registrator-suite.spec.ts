import { describe, expect, it } from 'vitest';
import { registratorSuite } from './registrator/suite.ts';
import { CasesUnreadable, type ConformanceCase } from './suite.ts';

const BODY = {
  ID: '<HOST>:web:80',
  Name: 'web',
  Address: '<HOST_IP>',
  Port: '<PORT:80/tcp>',
  Tags: ['b', 'a'],
  Meta: { team: 'shop', check_tcp: 'true' },
  Check: { TCP: '<HOST_IP>:8080', Interval: '10s' },
};

const INSPECT = {
  Id: '<CID>',
  Name: '/web',
  State: { Running: true },
  Config: {
    Image: 'web:1.2',
    Labels: { SERVICE_TAGS: 'a,b', SERVICE_TEAM: 'shop', SERVICE_CHECK_TCP: 'true' },
    ExposedPorts: { '80/tcp': {} },
  },
  HostConfig: { NetworkMode: 'default' },
  NetworkSettings: { Ports: { '80/tcp': [{ HostIp: '0.0.0.0', HostPort: '<PORT:80/tcp>' }] }, Networks: {} },
};

const RECORDING = {
  name: 'web',
  kind: 'register',
  verdict: 'same',
  registratorArgs: ['consul://<CONSUL>'],
  inspect: INSPECT,
  request: [{ method: 'PUT', path: '/v1/agent/service/register', body: BODY }],
  vars: { HOST: 'node-a', HOST_IP: '192.0.2.5', CID: 'c1', 'PORT:80/tcp': 8080 },
};

type Given = Readonly<Record<string, unknown>>;

function only(given: Given): ConformanceCase {
  const [first] = registratorSuite.parse(JSON.stringify([{ ...RECORDING, ...given }]));
  if (first === undefined) throw new Error('no case');
  return first;
}

function sent(...bodies: readonly Given[]): Given {
  return { request: bodies.map((body) => ({ ...RECORDING.request[0], body: { ...BODY, ...body } })) };
}

const SAME: readonly (readonly [what: string, given: Given])[] = [
  ['is replayed with its placeholders filled, tags in any order and settings out of the Meta', {}],
  ['is the last one for its ID', sent({ Port: 1 }, {})],
  ['counts no more after it was removed', { ...removed(), registratorArgs: ['-explicit', 'consul://<CONSUL>'] }],
  [
    'has the flags, in Go notation',
    { registratorArgs: ['-ip=192.0.2.9', 'consul://<CONSUL>'], ...sentTo('192.0.2.9') },
  ],
  ['has the host name', { registratorHost: { hostname: 'node-b' }, ...sent({ ID: 'node-b:web:80' }) }],
  ['has the environment', { registratorArgs: ['consul://'], registratorEnv: { CONSUL_HTTP_ADDR: '<CONSUL>' } }],
  [
    'has a template of tags',
    { registratorArgs: ['-tags', 'of{{.Name}}', 'consul://<CONSUL>'], ...sent({ Tags: ['of/web', 'b', 'a'] }) },
  ],
  ['knows short IDs', { ...imageId('sha256:0123456789abcdef0123456789'), ...sent({ Name: 'web-0123456789ab' }) }],
  ['leaves the containers beside it out', { otherContainers: [{ inspect: { ...INSPECT, Id: 'c2', Name: '/b' } }] }],
];

function removed(): Given {
  const path = '/v1/agent/service/deregister/<HOST>:web:80';
  return { request: [...RECORDING.request, { method: 'PUT', path, body: '' }] };
}

/** With the short ID of its image in the name. */
function imageId(id: string): Given {
  const inspect = { ...INSPECT, Config: { ...INSPECT.Config, Image: 'web-<IMAGE_ID12>' } };
  return { inspect, vars: { ...RECORDING.vars, IMAGE_ID: id } };
}

function sentTo(address: string): Given {
  return sent({ Address: address, Check: { ...BODY.Check, TCP: `${address}:8080` } });
}

describe('a recorded registration', () => {
  it.each(SAME)('%s', async (_, given) => {
    expect(await only(given).judge()).toEqual([]);
  });

  it.each<[field: string, body: Given, lines: readonly string[]]>([
    ['address', { Address: '192.0.2.9' }, ['"192.0.2.9"', '"192.0.2.5"']],
    ['port', { Port: 80 }, ['80', '8080']],
    ['name', { Name: 'shop' }, ['"shop"', '"web"']],
    ['tags', { Tags: ['a', 'b', 'b'] }, ['["a","b","b"]', '["a","b"]']],
    ['meta', { Meta: {} }, ['{}', '{"team":"shop"}']],
    ['checks', { Check: null }, ['[]', '[{"TCP":"192.0.2.5:8080","Interval":"10s"}]']],
  ])('shows another %s', async (field, body, [old, own]) => {
    const lines = [`node-a:web:80: ${field}`, `  registrator  ${old}`, `  Portolan     ${own}`];
    expect(await only(sent(body)).judge()).toEqual(lines);
  });

  it('shows what only one of the two registers', async () => {
    const lines = await only(sent({ ID: 'mine' })).judge();
    expect(lines.map((line) => line.split(': {', 1)[0])).toEqual([
      'mine: registered by registrator, but not by Portolan',
      'node-a:web:80: registered by Portolan, but not by registrator',
    ]);
  });

  it('cannot be replayed with a command line that Portolan refuses', async () => {
    const refused = only({ registratorArgs: ['-resync', 'abc', 'consul://<CONSUL>'] });
    await expect(refused.judge()).rejects.toThrow('--resync = abc must be a duration');
    await expect(only({ registratorArgs: ['-bogus', 'consul://<CONSUL>'] }).judge()).rejects.toThrow('-bogus');
  });
});

describe('a recorded command line', { concurrent: true, timeout: 60_000 }, () => {
  it.for<[args: readonly string[], ending: Given, lines: readonly string[]]>([
    [['--version'], { exitCode: 0 }, []],
    [['--version'], { exitCode: 2 }, ['registrator exited with 2, Portolan exited with 0: --version']],
    [['--version'], { stillRunning: true }, ['registrator went on running, Portolan exited with 0: --version']],
    [['consul://<CONSUL>'], { stillRunning: true, exitCode: null }, []],
    [
      ['consul://<CONSUL>'],
      { exitCode: 1 },
      ['registrator exited with 1, Portolan went on running: consul://127.0.0.1:1'],
    ],
  ])('%j that ended with %j', async ([registratorArgs, ending, lines], { expect }) => {
    expect(await only({ kind: 'cli', registratorArgs, ...ending }).judge()).toEqual(lines);
  });
});

describe('does not count', () => {
  it.each<[given: Given, reason: string]>([
    [{ verdict: 'differs', rule: 'R-name' }, 'differs by R-name'],
    [{ kind: 'cli', verdict: 'differs', rule: 'R-cli', registratorArgs: [] }, 'differs by R-cli'],
    [{ kind: 'lifecycle', verdict: 'reference' }, 'lifecycle, for reference'],
    [{ kind: 'performance' }, 'kind performance is not known'],
  ])('%j: %s', (given, reason) => {
    expect(only(given).skipped).toBe(reason);
  });
});

it.each(['', '{}', '[{"name": "web"}]', '[{"name": "web", "kind": "register", "verdict": "same"}]'])(
  '%s is no file of recordings',
  (text) => {
    expect(() => registratorSuite.parse(text)).toThrow(CasesUnreadable);
  },
);
