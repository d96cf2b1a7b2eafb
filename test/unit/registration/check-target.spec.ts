import { describe, expect, it } from 'vitest';
import { checkUrl, connectionProblem, grpcTarget } from '../../../src/registration/check-target.ts';
import { aCheckTarget, checksOf, checksOfJson, onProtocol } from '../../support/checks.ts';

const OWN = 'http://192.0.2.10:32080';

describe('checkUrl', () => {
  it.each([
    { value: 'health', path: '/health', rule: 'a missing slash is added' },
    { value: 'true', path: '/', rule: '`true` is the root' },
    { value: 'TRUE', path: '/', rule: '`true` may be in upper case' },
    { value: '/true', path: '/true', rule: 'a path of that name stays' },
    { value: '?deep=1', path: '/?deep=1', rule: 'a query alone is one of the root' },
    { value: '/h?a=b&c=%20d', path: '/h?a=b&c=%20d', rule: 'what is encoded already stays' },
    { value: '/100%', path: '/100%25', rule: 'a percent sign that encodes nothing is encoded' },
    { value: '/%zz%4', path: '/%25zz%254', rule: 'a percent sign before other letters too' },
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
    expect(checkUrl('http', value, aCheckTarget())).toBe(`${OWN}${path}`);
  });

  it('is that of the service over TLS', () => {
    expect(checkUrl('https', '/h', aCheckTarget({ address: '2001:db8::1' }))).toBe('https://[2001:db8::1]:32080/h');
  });
});

/** What somebody who may set labels would write so that the agent calls another place than the container. */
const ELSEWHERE = [
  ...['http://169.254.169.254/latest/meta-data', 'https://169.254.169.254/', '//169.254.169.254/', '169.254.169.254'],
  ...[
    '169.254.169.254:80/latest',
    '@169.254.169.254/',
    ':@169.254.169.254/',
    'a:b@169.254.169.254/',
    '.169.254.169.254',
  ],
  ...[
    'localhost:8500',
    'localhost:8500/v1/agent/leave',
    'http://localhost:8500/',
    '//localhost:8500',
    '@localhost:8500',
  ],
  ...[
    'http://127.0.0.1:8500/',
    'http://127.1:8500',
    'http://2130706433:8500/',
    'http://0x7f000001/',
    'http://0177.0.0.1/',
  ],
  ...['http://[::1]:8500/', '[::1]:8500', '//[::1]/', '@[::1]', 'http://[::ffff:169.254.169.254]/', '[fe80::1%25eth0]'],
  ...['//evil', '///evil', '////evil', '/\\evil', '\\\\evil', '\\/evil', 'http:\\\\evil\\', 'http:/evil', 'http:evil'],
  ...['http:///evil', 'http://a@b', 'http://a:b@c:1/', 'http://evil#@192.0.2.10', 'http://evil?@192.0.2.10:32080/'],
  ...['@evil', '%40evil', ':80@evil', '#@evil', '?@evil', ';@evil', '/..//evil', '/../../@evil', '/%2f%2fevil', '9:80'],
  ...['\thttp://evil', 'ht\ttp://evil', 'http:/\n/evil', 'http://\nevil', '\u0000//evil', '\u00a0//evil', '/\t/evil'],
  ...[
    '\r\nHost: evil',
    '/ HTTP/1.1\r\nHost: evil\r\n\r\n',
    ' @evil',
    '。evil',
    '／／evil',
    'http://evil。example',
    '.evil',
  ],
  ...[
    'file:///etc/passwd',
    'gopher://evil:70/',
    'ftp://evil',
    'unix:///var/run/docker.sock',
    'dns://evil/x',
    'xds:///evil',
  ],
];

describe('a check never leaves the address of its container', () => {
  const own = { scheme: 'http:', host: '192.0.2.10:32080', user: '', secret: '' };
  const place = (url: string) => {
    const { protocol, host, username, password } = new URL(url);
    return { scheme: protocol, host, user: username, secret: password };
  };
  const hostile = ELSEWHERE.map((value) => ({ value }));

  it('in more than 50 ways', () => {
    expect(new Set(ELSEWHERE).size).toBeGreaterThan(50);
  });

  it.each(hostile)('by the path %j', ({ value }) => {
    const { checks } = checksOf({ SERVICE_CHECK_HTTP: value });
    const [check] = checks;
    const url = check?.kind === 'http' ? check.url : '';
    expect(place(url)).toEqual(own);
    expect(url).toMatch(/^http:\/\/192\.0\.2\.10:32080\/[\x21-\x7e]*$/);
  });

  it.each(hostile)('by entries of the list: %j', ({ value }) => {
    const { checks } = checksOfJson([{ HTTP: value }, { HTTPS: value }, { TCP: value }, { GRPC: value }]);
    const places = checks.map((check) =>
      check.kind === 'http' ? place(check.url).host : 'target' in check && check.target,
    );
    expect(places.map((each) => String(each).replace(/^(192\.0\.2\.10:32080)\/.*$/s, '$1'))).toEqual(
      Array.from({ length: 4 }, () => own.host),
    );
  });

  it.each(hostile)('with IPv6 by the path %j', ({ value }) => {
    expect(new URL(checkUrl('https', value, aCheckTarget({ address: '2001:db8::1' }))).host).toBe(
      '[2001:db8::1]:32080',
    );
  });

  it('nor its container', () => {
    const { checks } = checksOfJson([{ DockerContainerID: 'other', ScriptArgs: ['/check'] }]);
    expect(checks).toMatchObject([{ kind: 'docker', containerId: 'c0ffee'.padEnd(64, '0') }]);
  });
});

describe('grpcTarget', () => {
  const targetOf = (text: string) => {
    const problems: string[] = [];
    const raw = { text, written: text, label: 'SERVICE_CHECK_GRPC' };
    return [grpcTarget(raw, aCheckTarget(), (_, problem) => problems.push(problem)), ...problems];
  };

  it.each([
    { text: 'true', service: '' },
    { text: '1', service: '' },
    { text: 'Yes', service: '' },
    { text: 'ON', service: '' },
    { text: 'my.Service', service: '/my.Service' },
    { text: '/my.Service', service: '/my.Service' },
    { text: 'truest', service: '/truest' },
    { text: 'localhost:5000', service: '' },
    { text: ':5000', service: '' },
    { text: 'localhost:5000/', service: '' },
    { text: 'localhost:5000/my.Service', service: '/my.Service' },
    { text: '[::1]:5000/my.Service', service: '/my.Service' },
    { text: 'grpc://localhost:5000/my.Service', service: '/my.Service' },
    { text: 'localhost:5000x', service: '/localhost:5000x' },
    { text: 'a/b', service: '/a/b' },
  ])('of $text names the service "$service"', ({ text, service }) => {
    expect(targetOf(text)).toEqual([`192.0.2.10:32080${service}`]);
  });

  it.each(['my service', 'größe', 'a\nb', 'x'.repeat(256)])('asks the server as a whole instead of %j', (text) => {
    expect(targetOf(text)).toEqual([
      '192.0.2.10:32080',
      'is no name of a gRPC service; the server as a whole is asked instead',
    ]);
  });
});

describe('connectionProblem', () => {
  it.each([
    { protocol: 'tcp', problem: undefined },
    { protocol: 'udp', problem: 'cannot test a udp port; the check is left out' },
    { protocol: 'sctp', problem: 'cannot test a sctp port; the check is left out' },
  ] as const)('of a port of $protocol is $problem', ({ protocol, problem }) => {
    expect(connectionProblem(aCheckTarget(onProtocol(protocol)))).toBe(problem);
  });
});
