import { describe, expect, it } from 'vitest';
import {
  address,
  bindList,
  choice,
  custom,
  duration,
  integer,
  invalid,
  onOff,
  text,
  textOr,
  value,
} from '../../../src/config/option.ts';

const help = 'what it does';
const malformed = (rule: string) => ({ kind: 'invalid', rule, isMalformed: true });

describe('onOff', () => {
  it('is off unless said otherwise, and stands alone', () => {
    const { fallback, isSwitch } = onOff({ help });
    expect({ fallback, isSwitch }).toEqual({ fallback: false, isSwitch: true });
    expect(onOff({ help }, true).fallback).toBe(true);
  });

  it.each(['true', 'TRUE', 'True', 't', 'T', '1', 'yes', 'on', 'ON'])('reads %j as on', (it) => {
    expect(onOff({ help }).parse(it)).toStrictEqual(value(true));
  });

  it.each(['false', 'FALSE', 'f', 'F', '0', 'no', 'off', 'Off'])('reads %j as off', (it) => {
    expect(onOff({ help }, true).parse(it)).toStrictEqual(value(false));
  });

  it.each(['', ' true', 'maybe', '2', 'y', 'constructor'])('finds no switch in %j', (it) => {
    expect(onOff({ help }).parse(it)).toStrictEqual(malformed('must be true or false'));
  });
});

describe('text', () => {
  it('is unset unless given, and takes a value', () => {
    const { fallback, isSwitch } = text({ help });
    expect({ fallback, isSwitch }).toEqual({ fallback: undefined, isSwitch: false });
  });

  it.each(['node-a', ' ', '--x', 'a=b'])('takes %j as it is', (it) => {
    expect(text({ help }).parse(it)).toStrictEqual(value(it));
  });

  it('refuses nothing at all', () => {
    expect(text({ help }).parse('')).toStrictEqual(invalid('must not be empty'));
  });
});

describe('textOr', () => {
  it('takes a text as it is, and falls back on its default', () => {
    const { parse, fallback } = textOr({ help }, 'haproxy');
    expect([parse('/opt/haproxy 3'), fallback]).toStrictEqual([value('/opt/haproxy 3'), 'haproxy']);
  });
});

describe('choice', () => {
  const spec = choice({ help }, ['stay', 'leave'], 'stay');

  it('shows its choices and falls back on one', () => {
    const { placeholder, fallback } = spec;
    expect({ placeholder, fallback }).toEqual({ placeholder: 'stay|leave', fallback: 'stay' });
  });

  it('takes one of them', () => {
    expect(spec.parse('leave')).toStrictEqual(value('leave'));
  });

  it.each(['', 'Stay', 'stay ', 'stay,leave', 'go'])('refuses %j and names them', (it) => {
    expect(spec.parse(it)).toStrictEqual(invalid('must be one of: stay, leave'));
  });
});

describe('duration', () => {
  const seconds = duration({ help }, { bareUnit: 's', fallback: 30_000 });

  it('is shown as DURATION', () => {
    const { placeholder, fallback, isSwitch } = seconds;
    expect({ placeholder, fallback, isSwitch }).toEqual({ placeholder: 'DURATION', fallback: 30_000, isSwitch: false });
  });

  it.each([
    { it: '60', ms: 60_000 },
    { it: '-5', ms: -5_000 },
    { it: '1m30s', ms: 90_000 },
    { it: '250ms', ms: 250 },
    { it: '0', ms: 0 },
  ])('reads $it as $ms ms', ({ it, ms }) => {
    expect(seconds.parse(it)).toStrictEqual(value(ms));
  });

  it.each([
    { bareUnit: 's' as const, rule: 'must be a duration such as 30s or 1m30s, or a number of s' },
    { bareUnit: 'ms' as const, rule: 'must be a duration such as 30s or 1m30s, or a number of ms' },
  ])('names the unit $bareUnit of a bare number when there is no duration', ({ bareUnit, rule }) => {
    const spec = duration({ help }, { bareUnit, fallback: undefined });
    for (const it of ['', 'abc', '30 s', '1d', '9999999h']) expect(spec.parse(it)).toStrictEqual(malformed(rule));
  });

  it.each([
    { minMs: 0, it: '-1', rule: 'must not be negative' },
    { minMs: 1, it: '0', rule: 'must be greater than 0' },
    { minMs: 1, it: '-1', rule: 'must be greater than 0' },
  ])('refuses $it where the least is $minMs ms', ({ minMs, it, rule }) => {
    expect(duration({ help }, { bareUnit: 's', minMs, fallback: 0 }).parse(it)).toStrictEqual(invalid(rule));
  });

  it.each([
    { minMs: 0, it: '0', ms: 0 },
    { minMs: 1, it: '1ms', ms: 1 },
  ])('takes $it where the least is $minMs ms', ({ minMs, it, ms }) => {
    expect(duration({ help }, { bareUnit: 's', minMs, fallback: 0 }).parse(it)).toStrictEqual(value(ms));
  });
});

describe('integer', () => {
  it.each([
    { it: '0', n: 0 },
    { it: '7', n: 7 },
    { it: '-1', n: -1 },
    { it: '007', n: 7 },
    { it: '999999999', n: 999_999_999 },
  ])('reads $it as $n', ({ it, n }) => {
    expect(integer({ help }, -1).parse(it)).toStrictEqual(value(n));
  });

  it.each(['', ' 7', '1.5', '1e3', '0x7', 'seven', '--1', '9999999999', 'Infinity', 'NaN'])('refuses %j', (it) => {
    expect(integer({ help }, -1).parse(it)).toStrictEqual(malformed('must be a whole number'));
  });
});

describe('address', () => {
  it.each(['10.0.0.5', '2001:db8::1'])('takes %s', (it) => {
    expect(address({ help }).parse(it)).toStrictEqual(value(it));
  });

  it.each(['', 'db-1', '10.0.0.5:80', '10.0.0.5/24', '[::1]', 'fe80::1%eth0'])('refuses %j', (it) => {
    expect(address({ help }).parse(it)).toStrictEqual(invalid('must be an IPv4 or IPv6 address'));
  });
});

describe('bindList', () => {
  const spec = bindList({ help });
  const lo = { kind: 'interface' as const, pattern: 'lo', port: 80 };

  it.each([
    { it: 'auto', binds: 'auto' as const },
    { it: 'lo:80', binds: [lo] },
    { it: 'lo:80,[::1]:81', binds: [lo, { kind: 'address' as const, address: '::1', port: 81 }] },
    { it: ' *:80 , lo:80 ', binds: [{ kind: 'all' as const, port: 80 }, lo] },
  ])('reads $it in its order', ({ it, binds }) => {
    expect(spec.parse(it)).toStrictEqual(value(binds));
  });

  it.each(['', ',', 'lo:80,', 'lo', 'auto,lo:80', 'lo:80;docker0:80', 'lo:80 docker0:80'])('refuses %j whole', (it) => {
    expect(spec.parse(it)).toStrictEqual(
      invalid('must be a comma list of ADDRESS:PORT, INTERFACE:PORT or *:PORT, as in lo:80,docker0:80'),
    );
  });
});

describe('custom', () => {
  it('has the form that it is given', () => {
    const parse = (it: string) => (it === 'odd' ? value(1) : invalid('must be odd'));
    expect(custom({ help, flag: 'X' }, 3, parse)).toStrictEqual({
      help,
      flag: 'X',
      fallback: 3,
      isSwitch: false,
      parse,
    });
  });
});

describe('invalid', () => {
  it('is a text that was understood and cannot be used', () => {
    expect(invalid('must be odd')).toStrictEqual({ kind: 'invalid', rule: 'must be odd', isMalformed: false });
  });
});
