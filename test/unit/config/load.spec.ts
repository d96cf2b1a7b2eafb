import { describe, expect, it } from 'vitest';
import { loadConfiguration } from '../../../src/config/load.ts';
import { OPTION_SPECS, type OptionName, type Options } from '../../../src/config/options.ts';

type Flags = Partial<Record<OptionName, string>>;
type Environment = Readonly<Record<string, string | undefined>>;

/** What is used when nobody says. */
const defaults = Object.fromEntries(
  Object.entries(OPTION_SPECS).map(([name, { fallback }]) => [name, fallback]),
) as Options;

function load(flags: Flags = {}, environment: Environment = {}, registry: string | undefined = 'memory://') {
  return loadConfiguration({
    registry,
    flags: new Map(Object.entries(flags) as [OptionName, string][]),
    environment,
  });
}

function loadWithoutRegistry(environment: Environment) {
  return loadConfiguration({ registry: undefined, flags: new Map(), environment });
}

/** The whole result with these options instead of the defaults. */
function configured(options: Partial<Options>, times = { ttlMs: 60_000, heartbeatMs: 15_000, isTtlGiven: false }) {
  return {
    kind: 'configuration',
    configuration: {
      options: { ...defaults, ...options },
      registry: { kind: 'memory' },
      registryUri: 'memory://',
      ...times,
    },
    unknownVariables: [],
  };
}

function mistaken(...mistakes: readonly (readonly [where: string, value: string, rule: string])[]) {
  return {
    kind: 'mistakes',
    mistakes: mistakes.map(([where, value, rule]) => ({ where, value, rule, isMalformed: false })),
  };
}

describe('loadConfiguration', () => {
  it('needs no more than a registry', () => {
    expect(load()).toStrictEqual(configured({}));
  });

  it('takes a flag before a variable, and a variable before the default', () => {
    const environment = { PORTOLAN_HOSTNAME: 'from-environment', PORTOLAN_RESYNC: '10', PORTOLAN_INTERNAL: '1' };
    expect(load({ hostname: 'from-flag', internal: 'false' }, environment)).toStrictEqual(
      configured({ hostname: 'from-flag', resync: 10_000, internal: false }),
    );
  });

  it('takes an empty variable for unset', () => {
    expect(load({}, { PORTOLAN_HOSTNAME: '', PORTOLAN_IP: '', PORTOLAN_INTERNAL: '' })).toStrictEqual(configured({}));
  });

  it('takes an empty flag as one that was not given, as scripts pass on what may be missing', () => {
    expect(load({ hostname: '', ip: '' }, { PORTOLAN_HOSTNAME: 'node-a' })).toStrictEqual(
      configured({ hostname: 'node-a' }),
    );
  });

  it('does not look at a variable that a flag overrides', () => {
    expect(load({ ip: '10.0.0.5' }, { PORTOLAN_IP: 'nonsense' })).toStrictEqual(configured({ ip: '10.0.0.5' }));
  });
});

describe('the registry', () => {
  const consul = { kind: 'consul', host: 'a', port: 1, isTls: false };

  it('is the argument, or else PORTOLAN_REGISTRY', () => {
    const environment = { PORTOLAN_REGISTRY: 'consul://a:1' };
    expect(load({}, environment)).toMatchObject({ configuration: { registryUri: 'memory://' } });
    expect(loadWithoutRegistry(environment)).toMatchObject({
      configuration: { registry: consul, registryUri: 'consul://a:1' },
      unknownVariables: [],
    });
  });

  it('takes a missing host from CONSUL_HTTP_ADDR', () => {
    expect(load({}, { CONSUL_HTTP_ADDR: 'a:1' }, 'consul://')).toMatchObject({
      configuration: { registry: consul, registryUri: 'consul://' },
    });
  });

  it.each([{}, { PORTOLAN_REGISTRY: '' }, { CONSUL_HTTP_ADDR: 'a:1' }])('is missing with %j alone', (environment) => {
    expect(loadWithoutRegistry(environment)).toStrictEqual({ kind: 'no-registry' });
  });
});

describe('mistakes', () => {
  it('are all told at once, where they were made: the registry first, then in the order of the options', () => {
    const flags = { httpBind: 'localhost:80', resync: 'soon', ip: 'db-1' };
    const environment = { PORTOLAN_ADMIN: 'everywhere', PORTOLAN_USE_IP_FROM_LABEL: 'lan', PORTOLAN_EXPLICIT: 'si' };
    const duration = 'must be a duration such as 30s or 1m30s, or a number of s';
    expect(load(flags, environment, 'nomad://x')).toStrictEqual({
      kind: 'mistakes',
      mistakes: [
        {
          where: 'the registry',
          value: 'nomad://x',
          rule: 'must be consul://HOST:PORT, consul-unix:///PATH, consul-tls://HOST:PORT or memory://',
          isMalformed: false,
        },
        { where: '--ip', value: 'db-1', rule: 'must be an IPv4 or IPv6 address', isMalformed: false },
        { where: 'PORTOLAN_EXPLICIT', value: 'si', rule: 'must be true or false', isMalformed: true },
        { where: '--resync', value: 'soon', rule: duration, isMalformed: true },
        {
          where: '--http-bind',
          value: 'localhost:80',
          rule: 'must be a comma list of ADDRESS:PORT, INTERFACE:PORT or *:PORT, as in lo:80,docker0:80',
          isMalformed: false,
        },
        {
          where: 'PORTOLAN_ADMIN',
          value: 'everywhere',
          rule: 'must be off or IP:PORT, as in 127.0.0.1:8650',
          isMalformed: false,
        },
      ],
    });
  });

  const rule = 'leaves nothing to do together with --router-only';

  it.each([
    { flags: { registrarOnly: 'true', routerOnly: 'true' }, environment: {}, where: '--registrar-only', value: 'true' },
    {
      flags: { routerOnly: 'true' },
      environment: { PORTOLAN_REGISTRAR_ONLY: '1' },
      where: 'PORTOLAN_REGISTRAR_ONLY',
      value: '1',
    },
  ])('are both halves alone, told at $where', ({ flags, environment, where, value }) => {
    expect(load(flags, environment)).toStrictEqual(mistaken([where, value, rule]));
  });

  it('are not both halves when one of them is switched off again', () => {
    expect(load({ routerOnly: 'false' }, { PORTOLAN_REGISTRAR_ONLY: '1', PORTOLAN_ROUTER_ONLY: '1' })).toStrictEqual(
      configured({ registrarOnly: true }),
    );
  });
});

describe('the life of a check and the time between heartbeats', () => {
  it.each([
    { flags: {}, ttlMs: 60_000, heartbeatMs: 15_000, isTtlGiven: false },
    { flags: { ttlRefresh: '0' }, ttlMs: 60_000, heartbeatMs: 15_000, isTtlGiven: false },
    { flags: { ttl: '20' }, ttlMs: 20_000, heartbeatMs: 5_000 },
    { flags: { ttlRefresh: '10' }, ttlMs: 40_000, heartbeatMs: 10_000 },
    { flags: { ttl: '30', ttlRefresh: '29s' }, ttlMs: 30_000, heartbeatMs: 29_000 },
    { flags: { ttl: '20', ttlRefresh: '0' }, ttlMs: 20_000, heartbeatMs: 5_000 },
    { flags: { ttl: '0' }, ttlMs: 0, heartbeatMs: 0 },
    { flags: { ttl: '0', ttlRefresh: '10' }, ttlMs: 0, heartbeatMs: 10_000 },
  ])('imply one another by the factor 4: $flags', ({ flags, ttlMs, heartbeatMs, isTtlGiven = true }) => {
    expect(load(flags)).toMatchObject({ configuration: { ttlMs, heartbeatMs, isTtlGiven } });
  });

  it.each([
    { flags: { ttl: '30', ttlRefresh: '30' }, environment: {}, where: '--ttl', value: '30' },
    { flags: { ttl: '30s', ttlRefresh: '1m' }, environment: {}, where: '--ttl', value: '30s' },
    { flags: { ttl: '30' }, environment: { PORTOLAN_TTL_REFRESH: '40' }, where: '--ttl', value: '30' },
    { flags: { ttlRefresh: '40' }, environment: { PORTOLAN_TTL: '30' }, where: 'PORTOLAN_TTL', value: '30' },
  ])('are a mistake of $where when no heartbeat comes in time', ({ flags, environment, where, value }) => {
    expect(load(flags, environment)).toStrictEqual(mistaken([where, value, 'must be greater than --ttl-refresh']));
  });

  it('are not compared when one of them cannot be read', () => {
    expect(load({ ttl: '-1', ttlRefresh: '30' })).toStrictEqual(mistaken(['--ttl', '-1', 'must not be negative']));
  });
});

describe('unknown variables', () => {
  it('are those that begin as ours and mean nothing, in their order', () => {
    const environment = {
      PORTOLAN_RESINC: '10',
      PORTOLAN_: '',
      PORTOLANRESYNC: '10',
      PORTOLAN_resync: '10',
      PORTOLAN_REGISTRY: 'memory://',
      PORTOLAN_USE_IP_FROM_LABEL: 'lan',
      CONSUL_HTTP_TOKEN: 'secret',
    };
    expect(loadWithoutRegistry(environment)).toStrictEqual({
      ...configured({ useIpFromLabel: 'lan' }),
      unknownVariables: ['PORTOLAN_RESINC', 'PORTOLAN_', 'PORTOLAN_resync'],
    });
  });
});

describe('loadConfiguration, rules from outside', () => {
  const rules = { tags: (text: string) => (text.includes('{{') ? 'is a template' : undefined) };
  const load = (flags: Flags, environment: Environment = {}) =>
    loadConfiguration({
      registry: 'memory://',
      flags: new Map(Object.entries(flags) as [OptionName, string][]),
      environment,
      rules,
    });

  it('are asked for values that have the form of their option', () => {
    expect(load({ tags: '{{x', resync: 'soon' })).toMatchObject({
      kind: 'mistakes',
      mistakes: [
        { where: '--tags', value: '{{x', rule: 'is a template', isMalformed: true },
        { where: '--resync', value: 'soon' },
      ],
    });
    expect(load({}, { PORTOLAN_TAGS: '{{x' })).toMatchObject({ mistakes: [{ where: 'PORTOLAN_TAGS' }] });
    expect(load({ tags: 'x' })).toMatchObject({ kind: 'configuration', configuration: { options: { tags: 'x' } } });
  });
});
