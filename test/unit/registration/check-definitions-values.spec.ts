import { describe, expect, it } from 'vitest';
import { checkDefinitions } from '../../../src/registration/check-definitions.ts';
import { metadataForPort } from '../../../src/registration/metadata.ts';
import { aContainer, http } from '../../support/containers.ts';
import { aService } from '../../support/services.ts';

type Labels = Readonly<Record<string, string>>;

const checksOf = (labels: Labels) =>
  checkDefinitions(metadataForPort(aContainer({ labels }), http).metadata, {
    serviceId: 'node-a:web.1:80',
    serviceName: 'web',
    address: '192.0.2.10',
    port: 32_080,
    origin: { ...aService().origin, protocol: 'tcp' },
    enableScriptChecks: false,
  });

const httpCheck = {
  id: 'service:node-a:web.1:80',
  name: "Service 'web' check",
  kind: 'http',
  url: 'http://192.0.2.10:32080/health',
  interval: '10s',
};

describe('checkDefinitions, the path', () => {
  it.each([
    { value: 'health', path: '/health', rule: 'a missing slash is added' },
    { value: ' /health ', path: '/health', rule: 'blanks around it go' },
    { value: 'true', path: '/', rule: '`true` is the root' },
    { value: 'TRUE', path: '/', rule: '`true` may be in upper case' },
    { value: '/true', path: '/true', rule: 'a path of that name stays' },
    { value: '?deep=1', path: '/?deep=1', rule: 'a query alone is one of the root' },
    { value: '/h?a=b&c=%20d', path: '/h?a=b&c=%20d', rule: 'what is encoded already stays' },
    { value: 'http://other.example:8080/health?x=1', path: '/health?x=1', rule: 'of a full URL only the path counts' },
    { value: 'HTTPS://other.example', path: '/', rule: 'a full URL without path is the root' },
    { value: 'http://other.example?x=1', path: '/?x=1', rule: 'a full URL may have a query without a path' },
    { value: '/a b', path: '/a%20b', rule: 'blanks are encoded' },
    { value: '/größe', path: '/gr%C3%B6%C3%9Fe', rule: 'letters beyond ASCII are encoded' },
    { value: '/😀', path: '/%F0%9F%98%80', rule: 'characters beyond 16 bits are encoded whole' },
    { value: '/\ud83d', path: '/%EF%BF%BD', rule: 'half a character is replaced' },
    { value: '/a"<>\\^`{|}', path: '/a%22%3C%3E%5C%5E%60%7B%7C%7D', rule: 'what no URL may hold is encoded' },
    { value: '/a\r\nHost: evil', path: '/a%0D%0AHost:%20evil', rule: 'line ends are encoded' },
  ])('$rule: $value gives $path', ({ value, path }) => {
    expect(checksOf({ SERVICE_CHECK_HTTP: value })).toEqual({
      checks: [{ ...httpCheck, url: `http://192.0.2.10:32080${path}` }],
      warnings: [],
    });
  });
});

describe('checkDefinitions, the method', () => {
  const withMethod = (labels: Labels) => checksOf({ SERVICE_CHECK_HTTPS: '/health', ...labels });
  const overTls = { ...httpCheck, url: 'https://192.0.2.10:32080/health' };

  it.each<{ rule: string; labels: Labels; method?: string }>([
    { rule: 'is that of its own kind', labels: { SERVICE_CHECK_HTTPS_METHOD: 'PUT' }, method: 'PUT' },
    { rule: 'is not that of the other kind', labels: { SERVICE_CHECK_HTTP_METHOD: 'PUT' } },
    { rule: 'may be given for both', labels: { SERVICE_CHECK_METHOD: 'PUT' }, method: 'PUT' },
    {
      rule: 'is that of its own kind before that for both',
      labels: { SERVICE_CHECK_METHOD: 'PUT', SERVICE_CHECK_HTTPS_METHOD: 'HEAD' },
      method: 'HEAD',
    },
    { rule: 'may be in lower case', labels: { SERVICE_CHECK_METHOD: ' head ' }, method: 'HEAD' },
    { rule: 'may be empty', labels: { SERVICE_CHECK_METHOD: ' ' } },
  ])('$rule', ({ labels, method }) => {
    expect(withMethod(labels)).toEqual({
      checks: [method === undefined ? overTls : { ...overTls, method }],
      warnings: [],
    });
  });

  it.each(['G ET', 'GET\nX', 'X-1', 'A'.repeat(21)])('is left out with a warning when it is none: %s', (value) => {
    expect(withMethod({ SERVICE_CHECK_HTTPS_METHOD: value })).toEqual({
      checks: [overTls],
      warnings: [{ label: 'SERVICE_CHECK_HTTPS_METHOD', value, problem: 'is no HTTP method; GET is used instead' }],
    });
  });
});

describe('checkDefinitions, durations', () => {
  it.each([
    { value: '30', sent: '30s' },
    { value: '1.5', sent: '1.5s' },
    { value: '+30', sent: '+30s' },
    { value: ' 20s ', sent: '20s' },
    { value: '250ms', sent: '250ms' },
    { value: '1h2m3.5s', sent: '1h2m3.5s' },
  ])('sends $value as $sent', ({ value, sent }) => {
    expect(checksOf({ SERVICE_CHECK_HTTP: '/health', SERVICE_CHECK_INTERVAL: value })).toEqual({
      checks: [{ ...httpCheck, interval: sent }],
      warnings: [],
    });
  });

  const problem = (instead: string) => `is no duration such as 10s or 1m30s; ${instead}`;
  it.each(['soon', '0', '0s', '-5', '-5s', '10 s', '1d', '5S', '1e3', 'Infinity', '9999999999999h', '9'.repeat(400)])(
    'uses 10s instead of the interval %s, with a warning',
    (value) => {
      expect(checksOf({ SERVICE_CHECK_HTTP: '/health', SERVICE_CHECK_INTERVAL: value })).toEqual({
        checks: [httpCheck],
        warnings: [{ label: 'SERVICE_CHECK_INTERVAL', value, problem: problem('10s is used instead') }],
      });
    },
  );

  it('uses 10s instead of an empty interval, which is none', () => {
    expect(checksOf({ SERVICE_CHECK_HTTP: '/health', SERVICE_CHECK_INTERVAL: '' })).toEqual({
      checks: [httpCheck],
      warnings: [],
    });
  });

  it('leaves out what has no default, with a warning for each', () => {
    const labels = {
      SERVICE_80_CHECK_HTTP: '/health',
      SERVICE_80_CHECK_TIMEOUT: 'x',
      SERVICE_CHECK_DEREGISTER_AFTER: 'y',
      SERVICE_CHECK_INITIAL_STATUS: 'z',
    };
    expect(checksOf(labels)).toEqual({
      checks: [httpCheck],
      warnings: [
        {
          label: 'SERVICE_CHECK_INITIAL_STATUS',
          value: 'z',
          problem: 'is none of passing, warning and critical; it is left out',
        },
        { label: 'SERVICE_CHECK_DEREGISTER_AFTER', value: 'y', problem: problem('it is left out') },
        { label: 'SERVICE_80_CHECK_TIMEOUT', value: 'x', problem: problem('it is left out') },
      ],
    });
  });

  it('leaves out a TTL check without a valid TTL', () => {
    expect(checksOf({ SERVICE_CHECK_TTL: 'soon' })).toEqual({
      checks: [],
      warnings: [{ label: 'SERVICE_CHECK_TTL', value: 'soon', problem: problem('it is left out') }],
    });
  });

  it('reads a status in any case', () => {
    expect(checksOf({ SERVICE_CHECK_HTTP: '/health', SERVICE_CHECK_INITIAL_STATUS: ' PASSING ' })).toEqual({
      checks: [{ ...httpCheck, initialStatus: 'passing' }],
      warnings: [],
    });
  });
});
