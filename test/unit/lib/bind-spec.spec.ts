import { describe, expect, it } from 'vitest';
import { parseBindSpec } from '../../../src/lib/bind-spec.ts';

describe('parseBindSpec', () => {
  it.each([
    { text: '127.0.0.1:80', spec: { kind: 'address', address: '127.0.0.1', port: 80 } },
    { text: '0.0.0.0:1', spec: { kind: 'address', address: '0.0.0.0', port: 1 } },
    { text: '[::1]:8650', spec: { kind: 'address', address: '::1', port: 8_650 } },
    { text: '2001:db8::1:80', spec: { kind: 'address', address: '2001:db8::1', port: 80 } },
    { text: '*:65535', spec: { kind: 'all', port: 65_535 } },
    { text: 'lo:80', spec: { kind: 'interface', pattern: 'lo', port: 80 } },
    { text: 'br-*:80', spec: { kind: 'interface', pattern: 'br-*', port: 80 } },
    { text: '*0:80', spec: { kind: 'interface', pattern: '*0', port: 80 } },
    { text: 'eth0.100:80', spec: { kind: 'interface', pattern: 'eth0.100', port: 80 } },
    { text: 'docker_gwbridge:080', spec: { kind: 'interface', pattern: 'docker_gwbridge', port: 80 } },
  ])('reads $text', ({ text, spec }) => {
    expect(parseBindSpec(text)).toStrictEqual(spec);
  });

  it.each([
    { text: '', why: 'nothing' },
    { text: '80', why: 'a port alone' },
    { text: ':80', why: 'no place' },
    { text: 'lo', why: 'no port' },
    { text: 'lo:', why: 'an empty port' },
    { text: 'lo:0', why: 'port 0' },
    { text: 'lo:65536', why: 'a port above the range' },
    { text: 'lo:000080', why: 'a port of six digits' },
    { text: 'lo:+80', why: 'a sign' },
    { text: 'lo:8e1', why: 'a port in scientific notation' },
    { text: 'lo: 80', why: 'a blank' },
    { text: 'a b:80', why: 'a blank in the name' },
    { text: '-lo:80', why: 'a name that looks like a flag' },
    { text: '[lo]:80', why: 'a name in brackets' },
    { text: '[::1:80', why: 'a missing bracket' },
    { text: 'eth0:1:80', why: 'a colon in the name' },
    { text: 'lo:80\n', why: 'a line break' },
    { text: 'lo:80,docker0:80', why: 'a list' },
    { text: 'http://lo:80', why: 'a URL' },
    { text: '[fe80::1%eth0]:80', why: 'a zone' },
    { text: 'fe80::1%eth0:80', why: 'a zone without brackets' },
    { text: '256.1.1.1:80', why: 'an address that was mistyped' },
    { text: '127.0.0:80', why: 'an address that lacks a part' },
    { text: '1:80', why: 'a number, which no interface is called' },
    { text: 'localhost:80', why: 'a name that only a resolver knows' },
  ])('refuses $text: $why', ({ text }) => {
    expect(parseBindSpec(text)).toBeUndefined();
  });
});
