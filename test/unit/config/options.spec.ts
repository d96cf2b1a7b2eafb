import { describe, expect, it } from 'vitest';
import { invalid, type OptionSpec, value } from '../../../src/config/option.ts';
import { flagOf, OPTION_SPECS, type OptionName, variableOf } from '../../../src/config/options.ts';

const names = Object.keys(OPTION_SPECS) as OptionName[];
const specOf = (name: OptionName): OptionSpec<unknown> => OPTION_SPECS[name];

describe('OPTION_SPECS', () => {
  it('has these settings, with these values when nobody says', () => {
    expect(Object.fromEntries(names.map((name) => [name, specOf(name).fallback]))).toStrictEqual({
      registrarOnly: false,
      routerOnly: false,
      dockerHost: undefined,
      hostname: undefined,
      owner: undefined,
      hostAddress: undefined,
      ip: undefined,
      internal: false,
      explicit: false,
      useIpFromLabel: undefined,
      network: undefined,
      enableScriptChecks: false,
      tags: '',
      resync: 30_000,
      ttl: undefined,
      ttlRefresh: undefined,
      deregister: 'always',
      cleanup: true,
      retryAttempts: -1,
      retryInterval: 2_000,
      adopt: false,
      onStop: 'drain',
      onExit: 'stay',
      httpBind: 'auto',
      routeTag: undefined,
      checkInterval: 'auto',
      haproxy: 'managed',
      haproxyBin: 'haproxy',
      stopHaproxy: false,
      stateDir: undefined,
      runDir: undefined,
      admin: { host: '127.0.0.1', port: 8_650 },
      adminTokenFile: undefined,
      logLevel: 'info',
      logFormat: 'auto',
    });
  });

  it('has these switches', () => {
    expect(names.filter((name) => specOf(name).isSwitch)).toEqual([
      'registrarOnly',
      'routerOnly',
      'internal',
      'explicit',
      'enableScriptChecks',
      'cleanup',
      'adopt',
      'stopHaproxy',
    ]);
  });

  it('shows a placeholder for every value and for no switch', () => {
    expect(names.filter((name) => (specOf(name).placeholder === undefined) !== specOf(name).isSwitch)).toEqual([]);
  });
});

describe('flagOf', () => {
  it("keeps registrator's flags", () => {
    const ofRegistrator: readonly OptionName[] = [
      'cleanup',
      'deregister',
      'explicit',
      'internal',
      'ip',
      'resync',
      'retryAttempts',
      'retryInterval',
      'tags',
      'ttl',
      'ttlRefresh',
      'useIpFromLabel',
    ];
    expect(ofRegistrator.map(flagOf)).toEqual([
      'cleanup',
      'deregister',
      'explicit',
      'internal',
      'ip',
      'resync',
      'retry-attempts',
      'retry-interval',
      'tags',
      'ttl',
      'ttl-refresh',
      'useIpFromLabel',
    ]);
  });

  it('gives each setting a flag of its own', () => {
    expect(new Set(names.map(flagOf)).size).toBe(names.length);
  });
});

describe('variableOf', () => {
  it.each([
    { name: 'ip' as const, variable: 'PORTOLAN_IP' },
    { name: 'httpBind' as const, variable: 'PORTOLAN_HTTP_BIND' },
    { name: 'adminTokenFile' as const, variable: 'PORTOLAN_ADMIN_TOKEN_FILE' },
    { name: 'useIpFromLabel' as const, variable: 'PORTOLAN_USE_IP_FROM_LABEL' },
  ])('of $name is $variable', ({ name, variable }) => {
    expect(variableOf(name)).toBe(variable);
  });
});

describe('the values of an option', () => {
  it.each([
    { name: 'tags' as const, it: '', parsed: value('') },
    { name: 'tags' as const, it: 'b,a', parsed: value('b,a') },
    { name: 'tags' as const, it: '{ x }', parsed: value('{ x }') },
    { name: 'tags' as const, it: 'a,{{.ID}}', parsed: value('a,{{.ID}}') },
    { name: 'deregister' as const, it: 'always', parsed: value('always') },
    {
      name: 'deregister' as const,
      it: 'on-success',
      parsed: value('on-success'),
    },
    { name: 'deregister' as const, it: 'never', parsed: invalid('must be one of: always, on-success') },
    { name: 'resync' as const, it: '-5', parsed: value(-5_000) },
    { name: 'resync' as const, it: '60', parsed: value(60_000) },
    { name: 'ttl' as const, it: '0', parsed: value(0) },
    { name: 'ttl' as const, it: '30s', parsed: value(30_000) },
    { name: 'ttl' as const, it: '-5', parsed: invalid('must not be negative') },
    { name: 'ttlRefresh' as const, it: '-5', parsed: invalid('must not be negative') },
    { name: 'retryAttempts' as const, it: '-2', parsed: value(-2) },
    { name: 'retryInterval' as const, it: '200', parsed: value(200) },
    { name: 'retryInterval' as const, it: '0', parsed: invalid('must be greater than 0') },
    { name: 'onStop' as const, it: 'deregister', parsed: value('deregister') },
    { name: 'onExit' as const, it: 'leave', parsed: value('leave') },
    { name: 'haproxy' as const, it: 'off', parsed: value('off') },
    { name: 'haproxy' as const, it: 'on', parsed: invalid('must be one of: managed, off') },
    { name: 'logLevel' as const, it: 'silent', parsed: value('silent') },
    { name: 'logLevel' as const, it: 'trace', parsed: invalid('must be one of: debug, info, warn, error, silent') },
    { name: 'logFormat' as const, it: 'pretty', parsed: value('pretty') },
    { name: 'checkInterval' as const, it: 'auto', parsed: value('auto') },
    { name: 'checkInterval' as const, it: 'off', parsed: value('off') },
    { name: 'checkInterval' as const, it: '2', parsed: value(2_000) },
    { name: 'checkInterval' as const, it: '100ms', parsed: value(100) },
    { name: 'checkInterval' as const, it: '100600us', parsed: value(101) },
    {
      name: 'checkInterval' as const,
      it: '99ms',
      parsed: invalid('must be auto, off or a duration from 100ms to 1h'),
    },
    { name: 'checkInterval' as const, it: '0', parsed: invalid('must be auto, off or a duration from 100ms to 1h') },
    { name: 'checkInterval' as const, it: '61m', parsed: invalid('must be auto, off or a duration from 100ms to 1h') },
    { name: 'checkInterval' as const, it: '', parsed: invalid('must be auto, off or a duration from 100ms to 1h') },
    { name: 'admin' as const, it: 'off', parsed: value('off') },
    { name: 'admin' as const, it: '10.0.0.5:8650', parsed: value({ host: '10.0.0.5', port: 8_650 }) },
    { name: 'admin' as const, it: '[::1]:8650', parsed: value({ host: '::1', port: 8_650 }) },
    { name: 'admin' as const, it: '*:8650', parsed: value({ host: '0.0.0.0', port: 8_650 }) },
    { name: 'admin' as const, it: 'lo:8650', parsed: invalid('must be off or IP:PORT, as in 127.0.0.1:8650') },
    { name: 'admin' as const, it: '127.0.0.1:0', parsed: invalid('must be off or IP:PORT, as in 127.0.0.1:8650') },
    { name: 'admin' as const, it: ':8650', parsed: invalid('must be off or IP:PORT, as in 127.0.0.1:8650') },
  ])('--$name $it', ({ name, it, parsed }) => {
    expect(specOf(name).parse(it)).toStrictEqual(parsed);
  });
});
