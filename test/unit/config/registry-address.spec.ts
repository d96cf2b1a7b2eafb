import { describe, expect, it } from 'vitest';
import { parseRegistry } from '../../../src/config/registry-address.ts';

const consul = (host: string, port: number, isTls = false) => ({
  kind: 'address',
  address: { kind: 'consul', host, port, isTls },
});
const unix = (path: string) => ({ kind: 'address', address: { kind: 'consul-unix', path } });
const refused = (rule: string) => ({ kind: 'refused', rule });

describe('parseRegistry', () => {
  it.each([
    { uri: 'consul://10.0.0.5:8501', outcome: consul('10.0.0.5', 8_501) },
    { uri: 'consul://consul.example', outcome: consul('consul.example', 8_500) },
    { uri: 'consul://[::1]:8501', outcome: consul('::1', 8_501) },
    { uri: 'consul://[2001:db8::1]', outcome: consul('2001:db8::1', 8_500) },
    { uri: 'consul://', outcome: consul('127.0.0.1', 8_500) },
    { uri: 'consul://:8501', outcome: consul('127.0.0.1', 8_501) },
    { uri: 'CONSUL://a:1', outcome: consul('a', 1) },
    { uri: 'consul-tls://a:8501', outcome: consul('a', 8_501, true) },
    { uri: 'consul-tls://a', outcome: consul('a', 8_500, true) },
    { uri: 'consul-unix:///run/consul.sock', outcome: unix('/run/consul.sock') },
    { uri: 'memory://', outcome: { kind: 'address', address: { kind: 'memory' } } },
    { uri: 'Memory://anything', outcome: { kind: 'address', address: { kind: 'memory' } } },
  ])('reads $uri', ({ uri, outcome }) => {
    expect(parseRegistry(uri, undefined)).toStrictEqual(outcome);
  });

  it.each(['consul://u:p@a:1', 'consul://u:p@ss@a:1', 'consul://a:1/kv/path', 'consul://a:1?dc=b', 'consul://a:1#c'])(
    'ignores user information, path and query of %s',
    (uri) => {
      expect(parseRegistry(uri, undefined)).toStrictEqual(consul('a', 1));
    },
  );

  it.each([
    'consul://%zz',
    'consul://a b',
    'consul://a:',
    'consul://a:0',
    'consul://a:65536',
    'consul://a:-1',
    'consul://a:1:2',
    'consul://::1',
    'consul://[::1',
    'consul://[localhost]:8500',
    'consul://a\n:80',
  ])('refuses %j, which has no host and port', (uri) => {
    expect(parseRegistry(uri, undefined)).toStrictEqual(
      refused('has no valid host and port, as in consul://127.0.0.1:8500'),
    );
  });

  it.each(['consul-unix://', 'consul-unix://run/consul.sock', 'consul-unix://a:8500'])(
    'refuses %j, which has no absolute path',
    (uri) => {
      expect(parseRegistry(uri, undefined)).toStrictEqual(
        refused('must name an absolute path, as in consul-unix:///path.sock'),
      );
    },
  );

  it.each(['', '127.0.0.1:8500', 'consul:', 'consul:8500', 'http://a:8500', 'nomad://x', '://a', ' consul://a'])(
    'refuses %j and says what it takes',
    (uri) => {
      expect(parseRegistry(uri, undefined)).toStrictEqual(
        refused('must be consul://HOST:PORT, consul-unix:///PATH, consul-tls://HOST:PORT or memory://'),
      );
    },
  );

  it.each(['consulkv', 'consulkv-unix', 'etcd', 'skydns2', 'zookeeper'])(
    "refuses registrator's back end %s by name",
    (scheme) => {
      expect(parseRegistry(`${scheme}://a:1/x`, undefined)).toStrictEqual(
        refused(`names the back end ${scheme}, which is not supported; use consul:// or memory://`),
      );
    },
  );
});

describe('parseRegistry with CONSUL_HTTP_ADDR', () => {
  it.each([
    { uri: 'consul://', variable: '10.0.0.5:8501', outcome: consul('10.0.0.5', 8_501) },
    { uri: 'consul://', variable: 'consul.example', outcome: consul('consul.example', 8_500) },
    { uri: 'consul://', variable: ':8501', outcome: consul('127.0.0.1', 8_501) },
    { uri: 'consul://', variable: 'http://a:8501/', outcome: consul('a', 8_501) },
    { uri: 'consul://', variable: 'https://[::1]:8501', outcome: consul('::1', 8_501, true) },
    { uri: 'consul://', variable: 'unix:///run/consul.sock', outcome: unix('/run/consul.sock') },
    { uri: 'consul://', variable: '', outcome: consul('127.0.0.1', 8_500) },
    { uri: 'consul:///path', variable: 'a:1', outcome: consul('a', 1) },
    { uri: 'consul-tls://', variable: 'a:1', outcome: consul('a', 1, true) },
    { uri: 'consul-tls://', variable: 'http://a:1', outcome: consul('a', 1, true) },
  ])('takes $variable for the missing host of $uri', ({ uri, variable, outcome }) => {
    expect(parseRegistry(uri, variable)).toStrictEqual(outcome);
  });

  it.each(['consul://b:2', 'consul://b:2/path', 'consul://u@b:2'])('is not asked for %s, which has a host', (uri) => {
    expect(parseRegistry(uri, 'a:1')).toStrictEqual(consul('b', 2));
  });

  it('is not asked for a port without a host', () => {
    expect(parseRegistry('consul://:2', 'a:1')).toStrictEqual(consul('127.0.0.1', 2));
  });

  it.each(['a b', 'a:0', 'ftp://a:1', 'http://u:p@a:1', 'http://a:1/path', 'unix://'])(
    'is named when its value %j has no host',
    (variable) => {
      expect(parseRegistry('consul://', variable)).toStrictEqual(
        refused(`needs a host, and CONSUL_HTTP_ADDR (${variable}) has no valid one`),
      );
    },
  );
});
