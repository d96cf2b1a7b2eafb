import { describe, expect, it } from 'vitest';
import { parseBackends, parseInfo, parseServersState } from '../../../src/haproxy/runtime-protocol.ts';

describe('parseInfo', () => {
  it('reads version, process and description', () => {
    const text = [
      'Name: HAProxy',
      'Version: 3.0.11-1+deb13u1',
      'Pid: 4242',
      'node: host-a',
      'description: portolan:0123456789abcdef',
      'Build info: 3.0.11',
      '',
    ];
    expect(parseInfo(text.join('\n'))).toEqual({
      version: '3.0.11-1+deb13u1',
      pid: 4_242,
      description: 'portolan:0123456789abcdef',
    });
  });

  it('keeps what follows a second colon', () => {
    expect(parseInfo('description: shop: the old one')).toEqual({
      version: '',
      pid: 0,
      description: 'shop: the old one',
    });
  });

  it.each(['', '\n', 'Permission denied\n', 'no colon at all'])('knows nothing from %j', (text) => {
    expect(parseInfo(text)).toEqual({ version: '', pid: 0, description: '' });
  });
});

describe('parseBackends', () => {
  it('reads the names below the heading, in order', () => {
    expect(parseBackends('# name\nportolan:unknown-host\nweb\norders\n\n')).toEqual([
      'portolan:unknown-host',
      'web',
      'orders',
    ]);
  });

  it('reads none from an empty reply', () => {
    expect(parseBackends('')).toEqual([]);
  });
});

const COLUMNS =
  '# be_id be_name srv_id srv_name srv_addr srv_op_state srv_admin_state srv_uweight srv_iweight srv_time_since_last_change srv_check_status srv_check_result srv_check_health srv_check_state srv_agent_state bk_f_forced_id srv_f_forced_id srv_fqdn srv_port srvrecord srv_use_ssl srv_check_port srv_check_addr srv_agent_addr srv_agent_port';

/** The reply of HAProxy 2.6.12, with other values in some columns. */
function line(over: {
  readonly address?: string;
  readonly op?: number;
  readonly admin?: number;
  readonly check?: number;
}) {
  const { address = '10.0.0.1', op = 2, admin = 0, check = 6 } = over;
  return `3 web 1 node-a:web-1 ${address} ${op} ${admin} 100 100 1 1 0 2 ${check} 0 0 0 - 8080 - 0 0 - - 0`;
}

const up = {
  backend: 'web',
  name: 'node-a:web-1',
  address: '10.0.0.1',
  port: 8_080,
  weight: 100,
  state: 'ready',
  isUp: true,
  isChecked: true,
};

describe('parseServersState', () => {
  it('reads one server a line, in order', () => {
    const second = '4 api 1 b 2001:db8::1 2 0 7 1 1 1 0 2 0 0 0 0 - 80 - 0 0 - - 0';
    expect(parseServersState(['1', COLUMNS, line({}), second, '', ''].join('\n'))).toEqual([
      up,
      { ...up, backend: 'api', name: 'b', address: '2001:db8::1', port: 80, weight: 7, isChecked: false },
    ]);
  });

  it.each([
    { rule: 'state 2 is up', over: { op: 2 }, expected: {} },
    { rule: 'state 0, stopped, is not up', over: { op: 0 }, expected: { isUp: false } },
    { rule: 'state 1, starting, is not up', over: { op: 1 }, expected: { isUp: false } },
    { rule: 'state 3, stopping, is not up', over: { op: 3 }, expected: { isUp: false } },
    { rule: 'bit 0x01 is maintenance', over: { admin: 0x01 }, expected: { state: 'maint' } },
    { rule: 'bit 0x08 is drain', over: { admin: 0x08 }, expected: { state: 'drain' } },
    { rule: 'maintenance beats drain', over: { admin: 0x09 }, expected: { state: 'maint' } },
    { rule: 'a drain that comes from a weight of 0 is not ours', over: { admin: 0x10 }, expected: {} },
    { rule: 'check state 0x04 is enabled', over: { check: 0x04 }, expected: {} },
    {
      rule: 'check state 0x02, configured only, is not checked',
      over: { check: 0x02 },
      expected: { isChecked: false },
    },
  ])('$rule', ({ over, expected }) => {
    expect(parseServersState(['1', COLUMNS, line(over), ''].join('\n'))).toEqual([{ ...up, ...expected }]);
  });

  it('finds the columns by their names', () => {
    const text = '1\n# srv_port srv_name be_name srv_addr\n80 a web 10.0.0.9\n';
    expect(parseServersState(text)).toEqual([
      {
        backend: 'web',
        name: 'a',
        address: '10.0.0.9',
        port: 80,
        weight: 0,
        state: 'ready',
        isUp: false,
        isChecked: false,
      },
    ]);
  });

  it.each(['', '1\n', `1\n${COLUMNS}\n\n`, 'Permission denied\n'])('reads none from %j', (text) => {
    expect(parseServersState(text)).toEqual([]);
  });
});
