import { describe, expect, it } from 'vitest';
import type { RoutedServer } from '../../../src/domain/routing.ts';
import type { ConfigSettings } from '../../../src/haproxy/config.ts';
import { deleteCommand, planServers, shutdownCommand } from '../../../src/haproxy/runtime-plan.ts';
import type { ObservedServer } from '../../../src/haproxy/runtime-protocol.ts';

const settings: ConfigSettings = { binds: ['*:80'], checkIntervalMs: 2_000, hostsMapPath: '/run/portolan/hosts.map' };
const backends = new Set(['portolan:unknown-host', 'web', 'old']);
const wanted: RoutedServer = { name: 'a', address: '10.0.0.1', port: 80, weight: 100 };
const running: ObservedServer = {
  ...wanted,
  backend: 'web',
  state: 'ready',
  isUp: true,
  isChecked: true,
};

function plan(
  servers: readonly RoutedServer[],
  observed: readonly ObservedServer[],
  over: Partial<ConfigSettings> = {},
) {
  const model = { services: [{ name: 'web', hosts: [], servers }] };
  return planServers(model, observed, backends, { ...settings, ...over });
}

describe('planServers', () => {
  it('leaves alone what is as it should be', () => {
    expect(plan([wanted], [running])).toEqual({ commands: [], leaving: [] });
  });

  it('leaves alone a server that its check calls down', () => {
    expect(plan([wanted], [{ ...running, isUp: false }])).toEqual({ commands: [], leaving: [] });
  });

  it.each<{ rule: string; server?: Partial<RoutedServer>; over?: Partial<ConfigSettings>; text: string }>([
    {
      rule: 'adds a server with all its options, switches its check on, and then lets it in',
      text: 'add server web/a 10.0.0.1:80 weight 100 check inter 2000ms rise 2 fall 3; enable health web/a; enable server web/a',
    },
    {
      rule: 'adds a server without a check when there are none',
      over: { checkIntervalMs: undefined },
      text: 'add server web/a 10.0.0.1:80 weight 100; enable server web/a',
    },
    {
      rule: 'adds a server with an IPv6 address',
      server: { address: '2001:db8::1', weight: 0 },
      over: { checkIntervalMs: undefined },
      text: 'add server web/a [2001:db8::1]:80 weight 0; enable server web/a',
    },
  ])('$rule', ({ server, over, text }) => {
    expect(plan([{ ...wanted, ...server }], [], over)).toEqual({
      commands: [{ text, expected: /^New server registered\.$/, purpose: 'add web/a' }],
      leaving: [],
    });
  });

  it.each<{ rule: string; server?: Partial<RoutedServer>; now?: Partial<ObservedServer>; commands: readonly string[] }>(
    [
      {
        rule: 'moves the address',
        server: { address: '10.0.0.9' },
        commands: ['set server web/a addr 10.0.0.9 port 80'],
      },
      { rule: 'moves the port', server: { port: 81 }, commands: ['set server web/a addr 10.0.0.1 port 81'] },
      {
        rule: 'moves to IPv6 without brackets',
        server: { address: '2001:db8::9' },
        commands: ['set server web/a addr 2001:db8::9 port 80'],
      },
      {
        rule: 'knows an IPv6 address in another spelling',
        server: { address: '2001:DB8:0:0::1' },
        now: { address: '2001:db8::1' },
        commands: [],
      },
      {
        rule: 'knows an IPv4 address in the form of IPv6 in another spelling',
        server: { address: '::ffff:a00:1' },
        now: { address: '::ffff:10.0.0.1' },
        commands: [],
      },
      { rule: 'changes the weight', server: { weight: 0 }, commands: ['set server web/a weight 0'] },
      { rule: 'ends a drain', now: { state: 'drain' }, commands: ['set server web/a state ready'] },
      { rule: 'ends a maintenance', now: { state: 'maint' }, commands: ['set server web/a state ready'] },
      {
        rule: 'brings back only what has moved and weighs as it should',
        server: { port: 81, weight: 7 },
        now: { state: 'maint' },
        commands: [
          'set server web/a addr 10.0.0.1 port 81',
          'set server web/a weight 7',
          'set server web/a state ready',
        ],
      },
    ],
  )('$rule', ({ server, now, commands }) => {
    const { commands: planned, leaving } = plan([{ ...wanted, ...server }], [{ ...running, ...now }]);
    expect(planned.map(({ text }) => text)).toEqual(commands);
    expect(leaving).toEqual([]);
  });

  it('takes out a server that is not wanted', () => {
    expect(plan([], [running])).toEqual({
      commands: [{ text: 'set server web/a state maint', expected: /^$/, purpose: 'take out web/a' }],
      leaving: [{ backend: 'web', name: 'a' }],
    });
  });

  it('waits for a server that is out already', () => {
    expect(plan([], [{ ...running, state: 'maint' }])).toEqual({
      commands: [],
      leaving: [{ backend: 'web', name: 'a' }],
    });
  });

  it('takes out the servers of a service that is gone', () => {
    expect(plan([wanted], [running, { ...running, backend: 'old' }])).toEqual({
      commands: [{ text: 'set server old/a state maint', expected: /^$/, purpose: 'take out old/a' }],
      leaving: [{ backend: 'old', name: 'a' }],
    });
  });

  it('leaves a service without a backend to the reload', () => {
    const model = { services: [{ name: 'new', hosts: [], servers: [wanted] }] };
    expect(planServers(model, [], backends, settings)).toEqual({ commands: [], leaving: [] });
  });

  it('leaves alone the servers of backends that it does not know', () => {
    expect(plan([wanted], [running, { ...running, backend: 'other' }])).toEqual({ commands: [], leaving: [] });
  });

  it('takes out first what goes, and then adds what comes, in the order of the model', () => {
    const b = { ...wanted, name: 'b' };
    const c = { ...wanted, name: 'c' };
    const gone = { ...running, name: 'gone' };
    const { commands } = plan([wanted, b, c], [gone, { ...running, weight: 1 }], { checkIntervalMs: undefined });
    expect(commands.map(({ text }) => text)).toEqual([
      'set server web/gone state maint',
      'set server web/a weight 100',
      'add server web/b 10.0.0.1:80 weight 100; enable server web/b',
      'add server web/c 10.0.0.1:80 weight 100; enable server web/c',
    ]);
  });
});

describe('the replies that count as success', () => {
  const [add] = plan([wanted], []).commands;
  const [move, weigh, enable] = plan([{ ...wanted, port: 1, weight: 1 }], [{ ...running, state: 'drain' }]).commands;
  const [takeOut] = plan([], [running]).commands;
  const leaver = { backend: 'web', name: 'a' };

  it.each([
    {
      command: add,
      good: ['New server registered.'],
      bad: [
        '',
        'Already exists a server with the same name in backend.',
        "New server registered.\n\nunknown keyword 'x'.",
      ],
    },
    {
      command: move,
      good: [
        "port changed from '80' to '1' by 'stats socket command'",
        "IP changed from '10.0.0.2' to '10.0.0.1', no need to change the port by 'stats socket command'",
      ],
      bad: ['', 'No such server.', "Invalid addr family 'x'."],
    },
    {
      command: weigh,
      good: [''],
      bad: ['No such server.', "Backend is using a static LB algorithm and only accepts weights '0%' and '100%'."],
    },
    { command: enable, good: [''], bad: ['No such server.', 'Permission denied'] },
    { command: takeOut, good: [''], bad: ['No such server.'] },
    {
      command: deleteCommand(leaver),
      good: ['Server deleted.', 'No such server.'],
      bad: [
        '',
        'Only servers in maintenance mode can be deleted.',
        'Server still has connections attached to it, cannot remove it.',
      ],
    },
    { command: shutdownCommand(leaver), good: [''], bad: ['No such server.', 'Permission denied'] },
  ])('of $command.text are exact', ({ command, good, bad }) => {
    const isDone = (reply: string) => command?.expected.test(reply);
    expect(good.filter((reply) => !isDone(reply))).toEqual([]);
    expect(bad.filter(isDone)).toEqual([]);
  });
});

describe('deleteCommand', () => {
  it('deletes a server', () => {
    expect(deleteCommand({ backend: 'web', name: 'a' })).toEqual({
      text: 'del server web/a',
      expected: /^(Server deleted|No such server)\.$/,
      purpose: 'delete a',
    });
  });
});

describe('shutdownCommand', () => {
  it('ends the requests of a server', () => {
    expect(shutdownCommand({ backend: 'web', name: 'a' })).toEqual({
      text: 'shutdown sessions server web/a',
      expected: /^$/,
      purpose: 'end the requests of a',
    });
  });
});
