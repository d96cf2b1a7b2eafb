import { describe, expect, it } from 'vitest';
import { ZodError } from 'zod';
import { parseInspect } from '../../../../src/adapters/docker/inspect-schema.ts';

const ID = 'c0ffee'.padEnd(64, '0');

type Part = Readonly<Record<string, unknown>>;

/** The least that an engine answers; each part is added to what stands there. */
function answer({
  State = {},
  Config = {},
  HostConfig = {},
  NetworkSettings = {},
  ...rest
}: Record<string, Part> = {}) {
  return {
    Id: ID,
    Name: '/web.1',
    State: { Status: 'running', ...State },
    Config: { Image: 'team/web:1.2', ...Config },
    HostConfig: { NetworkMode: 'default', ...HostConfig },
    NetworkSettings,
    ...rest,
  };
}

const snapshotOf = (parts: Record<string, Part>) => parseInspect(answer(parts)).snapshot;

describe('parseInspect', () => {
  it('reads what decides something, and leaves the rest', () => {
    const whole = {
      Id: ID,
      Name: '/web.1',
      Created: '2026-01-02T03:04:05.678901234Z',
      State: {
        Status: 'running',
        Running: true,
        Paused: false,
        ExitCode: 0,
        StartedAt: '2026-01-02T03:04:06.5Z',
        Health: { Status: 'healthy', FailingStreak: 0, Log: [] },
      },
      Config: {
        Image: 'team/web:1.2',
        Env: [
          'PATH=/bin',
          'SERVICE_NAME=shop',
          'SERVICE_URL=http://x/?a=b',
          'SERVICE_EMPTY=',
          'SERVICE_BARE',
          'SECRET=x',
        ],
        Labels: { SERVICE_TAGS: 'a', other: 'b' },
        ExposedPorts: { '80/tcp': {}, '53/udp': {} },
        StopSignal: 'SIGQUIT',
        StopTimeout: 30,
      },
      HostConfig: { NetworkMode: 'shop', Memory: 0 },
      NetworkSettings: {
        Ports: {
          '80/tcp': [
            { HostIp: '0.0.0.0', HostPort: '32080' },
            { HostIp: '::', HostPort: '32080' },
          ],
          '53/udp': null,
        },
        Networks: { shop: { IPAddress: '172.22.0.2', Gateway: '172.22.0.1' }, bridge: { IPAddress: '172.17.0.2' } },
      },
    };
    expect(parseInspect(whole)).toStrictEqual({
      snapshot: {
        id: ID,
        name: 'web.1',
        image: 'team/web:1.2',
        createdMs: 1_767_323_045_678,
        startedMs: 1_767_323_046_500,
        restartCount: 0,
        state: 'running',
        health: 'healthy',
        labels: { SERVICE_TAGS: 'a', other: 'b' },
        env: { SERVICE_NAME: 'shop', SERVICE_URL: 'http://x/?a=b', SERVICE_EMPTY: '' },
        ports: [
          { port: 53, protocol: 'udp', bindings: [] },
          {
            port: 80,
            protocol: 'tcp',
            bindings: [
              { hostIp: '0.0.0.0', hostPort: 32_080 },
              { hostIp: '::', hostPort: 32_080 },
            ],
          },
        ],
        networkMode: 'shop',
        networks: [
          { name: 'bridge', ipAddress: '172.17.0.2' },
          { name: 'shop', ipAddress: '172.22.0.2' },
        ],
      },
      stopSignal: 'SIGQUIT',
      stopTimeoutMs: 30_000,
    });
  });

  it('reads a container that has almost nothing', () => {
    const bare = { Id: ID, Name: 'web', State: {}, Config: {}, HostConfig: {}, NetworkSettings: {} };
    expect(parseInspect(bare)).toStrictEqual({
      snapshot: {
        id: ID,
        name: 'web',
        image: '',
        createdMs: 0,
        startedMs: 0,
        restartCount: 0,
        state: 'exited',
        exitCode: 0,
        health: 'none',
        labels: {},
        env: {},
        ports: [],
        networkMode: 'default',
        networks: [],
      },
      stopSignal: undefined,
      stopTimeoutMs: undefined,
    });
  });

  it('takes null for nothing', () => {
    const parts = {
      State: { Health: null },
      Config: { Env: null, Labels: null, ExposedPorts: null, StopSignal: null, StopTimeout: null },
      NetworkSettings: { Ports: null, Networks: null },
    };
    expect(parseInspect(answer(parts))).toStrictEqual(parseInspect(answer()));
  });

  it.each([
    { what: 'a text', of: 'not JSON' },
    { what: 'nothing', of: undefined },
    { what: 'a list', of: [] },
    { what: 'an error', of: { message: 'no such container' } },
    { what: 'a container without an ID', of: { ...answer(), Id: '' } },
    { what: 'labels that are no texts', of: answer({ Config: { Labels: { a: 1 } } }) },
  ])('refuses $what', ({ of }) => {
    expect(() => parseInspect(of)).toThrow(ZodError);
  });
});

describe('parseInspect, the state', () => {
  it.each([
    { state: { Status: 'paused', Running: true, Paused: true }, is: 'paused' },
    { state: { Status: 'restarting', Running: true }, is: 'restarting' },
    { state: { Status: 'created' }, is: 'created' },
    { state: { Status: 'news', Running: true }, is: 'running' },
    { state: { Status: undefined, Running: true }, is: 'running' },
    { state: { Status: undefined, Running: true, Paused: true }, is: 'paused' },
    { state: { Status: undefined, Running: false }, is: 'exited' },
  ])('is $is for $state', ({ state, is }) => {
    expect(snapshotOf({ State: state }).state).toBe(is);
  });

  it.each([
    { status: 'running', exitCode: undefined },
    { status: 'paused', exitCode: undefined },
    { status: 'created', exitCode: undefined },
    { status: 'removing', exitCode: undefined },
    { status: 'restarting', exitCode: 3 },
    { status: 'exited', exitCode: 3 },
    { status: 'dead', exitCode: 3 },
  ])('has the exit code $exitCode in the state $status', ({ status, exitCode }) => {
    expect(snapshotOf({ State: { Status: status, ExitCode: 3 } }).exitCode).toBe(exitCode);
  });

  it.each([
    { health: 'starting', is: 'starting' },
    { health: 'healthy', is: 'healthy' },
    { health: 'unhealthy', is: 'unhealthy' },
    { health: 'none', is: 'none' },
    { health: '', is: 'none' },
    { health: 'news', is: 'none' },
  ])('has the health $is for the word "$health"', ({ health, is }) => {
    expect(snapshotOf({ State: { Health: { Status: health } } }).health).toBe(is);
  });

  it.each([
    { seconds: 0, ms: 0 },
    { seconds: 90, ms: 90_000 },
    { seconds: -1, ms: Number.POSITIVE_INFINITY },
  ])('takes $ms ms to stop for the timeout $seconds', ({ seconds, ms }) => {
    expect(parseInspect(answer({ Config: { StopTimeout: seconds } })).stopTimeoutMs).toBe(ms);
  });
});

describe('parseInspect, ports', () => {
  const portsOf = (exposed: readonly string[], published: Part = {}) =>
    snapshotOf({
      Config: { ExposedPorts: Object.fromEntries(exposed.map((key) => [key, {}])) },
      NetworkSettings: { Ports: published },
    }).ports;

  it('are in the order of their numbers, then of their protocols', () => {
    expect(portsOf(['443/tcp', '53/udp', '53/tcp', '53/sctp', '9000/tcp', '80/tcp'])).toEqual([
      { port: 53, protocol: 'sctp', bindings: [] },
      { port: 53, protocol: 'tcp', bindings: [] },
      { port: 53, protocol: 'udp', bindings: [] },
      { port: 80, protocol: 'tcp', bindings: [] },
      { port: 443, protocol: 'tcp', bindings: [] },
      { port: 9000, protocol: 'tcp', bindings: [] },
    ]);
  });

  it.each(['0/tcp', '65536/tcp', '99999/tcp', '-1/tcp', '80/icmp', '80/', 'http', '80-90/tcp', '8e1/tcp', ''])(
    'leave out %s',
    (key) => {
      expect(portsOf([key])).toEqual([]);
    },
  );

  it('speak TCP where they name no protocol', () => {
    expect(portsOf(['80'])).toEqual([{ port: 80, protocol: 'tcp', bindings: [] }]);
  });

  it('are one port where an image exposes 80 and Docker publishes 80/tcp', () => {
    expect(portsOf(['80'], { '80/tcp': [{ HostIp: '', HostPort: '8080' }] })).toEqual([
      { port: 80, protocol: 'tcp', bindings: [{ hostIp: '', hostPort: 8080 }] },
    ]);
  });

  it('keep the order of their bindings', () => {
    const bindings = [
      { HostIp: '2001:db8::7', HostPort: '8082' },
      { HostIp: '127.0.0.1', HostPort: '8081' },
      { HostPort: '8080' },
    ];
    expect(portsOf([], { '80/tcp': bindings })[0]?.bindings).toEqual([
      { hostIp: '2001:db8::7', hostPort: 8082 },
      { hostIp: '127.0.0.1', hostPort: 8081 },
      { hostIp: '', hostPort: 8080 },
    ]);
  });

  it.each(['', '0', 'http', '-1', '80x', '123456', ' 80'])('are bound to port 0, which is none, for "%s"', (text) => {
    expect(portsOf([], { '80/tcp': [{ HostIp: '', HostPort: text }] })[0]?.bindings).toEqual([
      { hostIp: '', hostPort: 0 },
    ]);
  });
});

describe('the whole answer', () => {
  const whole = { ...answer(), Extra: { a: 1 } };

  it.each([
    [undefined, undefined],
    [{ keepsAnswer: false }, undefined],
    [{ keepsAnswer: true }, whole],
  ])('is kept with %j', (options, inspected) => {
    expect(parseInspect(whole, options).snapshot.inspected).toBe(inspected);
  });
});
