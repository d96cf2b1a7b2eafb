import { describe, expect, it } from 'vitest';
import { hostAndPort, isAddress, isInNetwork, isLoopback, isUnspecified } from '../../../src/lib/addresses.ts';

describe('isAddress', () => {
  it.each(['10.0.0.5', '0.0.0.0', '::', '2001:db8::1', '::ffff:10.0.0.5', 'fe80::1'])('accepts %j', (text) => {
    expect(isAddress(text)).toBe(true);
  });

  it.each([
    '',
    ' 10.0.0.5',
    '10.0.0',
    '10.0.0.256',
    '010.0.0.5',
    '10.0.0.5:80',
    '[::1]',
    'localhost',
    '1',
    // A zone means something on one machine only.
    'fe80::1%eth0',
    '::1%1',
    '10.0.0.5%eth0',
  ])('refuses %j', (text) => {
    expect(isAddress(text)).toBe(false);
  });
});

describe('isUnspecified', () => {
  it.each(['', '0.0.0.0', '::', '::0', '0::', '0::0:0', '0:0:0:0:0:0:0:0', '0000:0::', '::0.0.0.0'])(
    'takes %j for every address',
    (address) => {
      expect(isUnspecified(address)).toBe(true);
    },
  );

  it.each([
    '0.0.0.1',
    '::1',
    '10.0.0.5',
    '*',
    // Zeros, but no address.
    '0',
    '0.0',
    '00.0.0.0',
    '0.0.0.0:0',
    ':',
    '...',
    '::%eth0',
  ])('takes %j for itself', (address) => {
    expect(isUnspecified(address)).toBe(false);
  });
});

describe('isLoopback', () => {
  it.each(['127.0.0.1', '127.255.255.254', '::1', '0:0:0:0:0:0:0:1', '::ffff:127.0.0.1'])(
    'keeps %j to this host',
    (address) => {
      expect(isLoopback(address)).toBe(true);
    },
  );

  it.each(['126.255.255.255', '128.0.0.0', '::2', '::', '0.0.0.0', 'fe80::1', '::ffff:10.0.0.5'])(
    'lets others reach %j',
    (address) => {
      expect(isLoopback(address)).toBe(false);
    },
  );

  it.each(['', 'localhost', '127.0.0.1:80', '127.1', '::1%lo'])('is false for %j, which is no address', (text) => {
    expect(isLoopback(text)).toBe(false);
  });
});

describe('hostAndPort', () => {
  it.each([
    { address: '10.0.0.5', port: 8080, text: '10.0.0.5:8080' },
    { address: 'consul.example', port: 8500, text: 'consul.example:8500' },
    { address: '::1', port: 80, text: '[::1]:80' },
    { address: 'fe80::1%eth0', port: 80, text: '[fe80::1%eth0]:80' },
    { address: '::ffff:10.0.0.5', port: 80, text: '[::ffff:10.0.0.5]:80' },
  ])('writes $text', ({ address, port, text }) => {
    expect(hostAndPort(address, port)).toBe(text);
  });
});

describe('isInNetwork', () => {
  it.each([
    { address: '172.17.0.2', cidr: '172.17.0.1/16' },
    { address: '172.17.255.255', cidr: '172.17.0.1/16' },
    { address: '10.0.0.5', cidr: '10.0.0.5/32' },
    { address: '203.0.113.9', cidr: '0.0.0.0/0' },
    { address: '2001:db8::2', cidr: '2001:db8::1/64' },
  ])('finds $address in $cidr', ({ address, cidr }) => {
    expect(isInNetwork(address, cidr)).toBe(true);
  });

  it.each([
    { address: '172.18.0.2', cidr: '172.17.0.1/16', why: 'another network' },
    { address: '10.0.0.4', cidr: '10.0.0.5/32', why: 'a network of one' },
    { address: '2001:db8:0:1::2', cidr: '2001:db8::1/64', why: 'another IPv6 network' },
    { address: '::1', cidr: '0.0.0.0/0', why: 'IPv6 is not in an IPv4 network' },
    { address: '10.0.0.5', cidr: '::/0', why: 'IPv4 is not in an IPv6 network' },
    { address: 'db-1', cidr: '0.0.0.0/0', why: 'a name is in no network' },
    { address: '10.0.0.5', cidr: '', why: 'nothing is in no network' },
  ])('does not find $address in $cidr: $why', ({ address, cidr }) => {
    expect(isInNetwork(address, cidr)).toBe(false);
  });
});
