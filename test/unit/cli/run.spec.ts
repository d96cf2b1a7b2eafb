import { describe, expect, it } from 'vitest';
import { run } from '../../../src/cli/run.ts';
import type { OptionName } from '../../../src/config/options.ts';
import { createFakeCliIo, wouldStart } from '../../support/fake-cli-io.ts';

interface Case {
  readonly registry?: string;
  readonly flags?: Partial<Record<OptionName, string>>;
  readonly environment?: Readonly<Record<string, string>>;
  readonly isTerminal?: boolean;
}

function start({ registry, flags = {}, environment = {}, isTerminal = false }: Case) {
  const io = createFakeCliIo({ environment, isTerminal });
  const flagMap = new Map(Object.entries(flags) as [OptionName, string][]);
  return { io, ending: run({ registry, flags: flagMap }, io) };
}

describe('run without a registry', () => {
  it.each([{}, { registry: '' }, { environment: { PORTOLAN_REGISTRY: '' } }])(
    'says what is missing, and how it looks, and ends with 2: %j',
    async (given) => {
      const { io, ending } = start(given);
      expect(await ending).toBe(2);
      expect(io.written()).toEqual({
        stdout: '',
        stderr: `portolan: no registry is given
  For example: portolan consul://localhost:8500
  Or without Consul: portolan run memory://
  Or set PORTOLAN_REGISTRY. See portolan --help.
`,
      });
      expect(io.logs).toEqual([]);
    },
  );
});

describe('run with mistakes', () => {
  it('says all of them at once, starts nothing and ends with 1', async () => {
    const { io, ending } = start({
      registry: 'etcd://a:1/x',
      flags: { ip: 'db-1', ttl: '-5' },
      environment: { PORTOLAN_ADMIN: 'a "b"\n' },
    });
    expect(await ending).toBe(1);
    expect(io.written()).toEqual({
      stdout: '',
      stderr: String.raw`portolan: the registry = "etcd://a:1/x" names the back end etcd, which is not supported; use consul:// or memory://
portolan: --ip = "db-1" must be an IPv4 or IPv6 address
portolan: --ttl = "-5" must not be negative
portolan: PORTOLAN_ADMIN = "a \"b\"\n" must be off or IP:PORT, as in 127.0.0.1:8650
Nothing was started. See portolan run --help.
`,
    });
    expect(io.logs).toEqual([]);
  });

  // Registrator ends with 2 where Go's flag package refuses a text, and with 1 where it could read and not use it.
  it.each<Case & { readonly code: number }>([
    { registry: 'nomad://x', code: 1 },
    { flags: { retryInterval: '0' }, code: 1 },
    { flags: { deregister: 'never' }, code: 1 },
    { flags: { ttl: '30', ttlRefresh: '30' }, code: 1 },
    { flags: { registrarOnly: 'true', routerOnly: 'true' }, code: 1 },
    { flags: { resync: 'soon' }, code: 2 },
    { flags: { retryAttempts: '1.5' }, code: 2 },
    { flags: { internal: 'maybe' }, code: 2 },
    { flags: { tags: '{{.ID' }, code: 2 },
    { registry: 'nomad://x', flags: { deregister: 'never', resync: 'soon' }, code: 2 },
  ])('ends with $code for $registry $flags', async ({ registry = 'memory://', flags = {}, code }) => {
    const { io, ending } = start({ registry, flags });
    expect(await ending).toBe(code);
    expect(io.logs).toEqual([]);
  });
});

describe('run checks the template of --tags', () => {
  it.each([
    {
      given: { flags: { tags: 'a,\n{{.Name' } },
      where: '--tags',
      value: 'a,\\n{{.Name',
      place: '2: unclosed action, at column 8',
    },
    {
      given: { flags: { tags: '{{key "x"}}' } },
      where: '--tags',
      value: '{{key \\"x\\"}}',
      place: '1: function "key" not defined, at column 3',
    },
  ])('$where = $value ends with 2 and the place', async ({ given, where, value, place }) => {
    const { io, ending } = start({ registry: 'memory://', ...given });
    expect(await ending).toBe(2);
    expect(io.written().stderr).toBe(
      `portolan: ${where} = "${value}" is no template: template: tags:${place}\nNothing was started. See portolan run --help.\n`,
    );
  });
});

describe('run opens its log', () => {
  it.each([
    { isTerminal: true, flags: {}, log: { level: 'info', format: 'pretty' } },
    { isTerminal: false, flags: {}, log: { level: 'info', format: 'json' } },
    { isTerminal: true, flags: { logFormat: 'json' }, log: { level: 'info', format: 'json' } },
    { isTerminal: false, flags: { logFormat: 'pretty', logLevel: 'debug' }, log: { level: 'debug', format: 'pretty' } },
  ])('as $log with $flags and a terminal: $isTerminal', async ({ isTerminal, flags, log }) => {
    const { io, ending } = start({ registry: 'memory://', flags, isTerminal });
    await expect(ending).rejects.toBe(wouldStart);
    expect(io.logs).toEqual([log]);
    expect(io.written()).toEqual({ stdout: '', stderr: '' });
  });
});
