import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { registrationBody } from '../../../src/adapters/consul/registration-body.ts';
import type { CheckDefinition } from '../../../src/domain/service.ts';
import { checkLabels } from '../../support/check-labels.ts';
import { checksOf } from '../../support/checks.ts';
import { aRegistration } from '../../support/services.ts';

const UNITS: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1_000n,
  µs: 1_000n,
  μs: 1_000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
};

/** What Go's `time.ParseDuration` makes of a text, in nanoseconds: each part is cut off by itself. */
function goNanoseconds(text: string): bigint | undefined {
  const part = /(\d*)(?:\.(\d*))?(ns|us|µs|μs|ms|s|m|h)/g;
  if (!/^\+?(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+$/.test(text)) return undefined;
  let total = 0n;
  for (const [, whole = '', fraction = '', unit = ''] of text.matchAll(part)) {
    const scale = 10n ** BigInt(fraction.length);
    total += (BigInt(`0${whole}${fraction}`) * (UNITS[unit] ?? 0n)) / scale;
  }
  return total < 2n ** 63n ? total : undefined;
}

/** Why Consul, or Go below it, would not take a check, or take it for another one. */
function* faults(check: CheckDefinition): Generator<string> {
  const { initialStatus, deregisterCriticalServiceAfter, ...polled } = { interval: '1s', timeout: '1s', ...check };
  const durations = { deregister: deregisterCriticalServiceAfter, interval: polled.interval, timeout: polled.timeout };
  for (const [name, text] of Object.entries({ ...durations, ttl: check.kind === 'ttl' ? check.ttl : '1s' })) {
    if (text !== undefined && !((goNanoseconds(text) ?? 0n) > 0n)) yield `${name} ${text}`;
  }
  if (initialStatus !== undefined && !['passing', 'warning', 'critical'].includes(initialStatus)) yield 'status';
  for (const count of [check.successBeforePassing, check.failuresBeforeCritical]) {
    if (count !== undefined && !(Number.isSafeInteger(count) && count >= 0 && count <= 1_000)) yield `count ${count}`;
  }
  if (check.id.trim() === '' || /:container$|^serfhealth$|\p{Cc}/iu.test(check.id)) yield `id ${check.id}`;
  if (check.name.trim() === '') yield 'name';
  yield* faultsOfKind(check);
}

function* faultsOfKind(check: CheckDefinition): Generator<string> {
  switch (check.kind) {
    case 'http': {
      if (!/^https?:\/\/192\.0\.2\.10:32080\/(?:[\x21-\x24\x26-\x7e]|%[0-9a-f]{2})*$/i.test(check.url)) yield check.url;
      if (new URL(check.url).host !== '192.0.2.10:32080') yield check.url;
      if (!/^[A-Z]+$/.test(check.method ?? 'GET')) yield `method ${check.method}`;
      const headers = Object.entries(check.headers ?? {});
      for (const [name, values] of headers) {
        if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name)) yield `header ${name}`;
        if (values.some((value) => /[^\t\P{Cc}]/u.test(value))) yield `value of ${name}`;
      }
      if (new Set(headers.map(([name]) => name.toLowerCase())).size < headers.length) yield 'a header twice';
      return;
    }
    case 'tcp':
      if (check.target !== '192.0.2.10:32080') yield check.target;
      return;
    case 'grpc':
      if (!/^192\.0\.2\.10:32080(\/[\x21-\x7e]+)?$/.test(check.target)) yield check.target;
      return;
    case 'script':
    case 'docker':
      if ((check.args[0] ?? '').trim() === '' || check.args.some((arg) => arg.includes('\0'))) yield 'args';
      return;
    case 'ttl':
  }
}

describe('checkDefinitions, of any labels', () => {
  it('gives checks that Consul takes, each with an ID of its own, and warnings of a bearable length', () =>
    fc.assert(
      fc.property(checkLabels, fc.boolean(), (given, enableScriptChecks) => {
        const { checks, warnings } = checksOf(given, { enableScriptChecks });
        expect(checks.flatMap((check) => [...faults(check)])).toEqual([]);
        expect(new Set(checks.map(({ id }) => id.toLowerCase())).size).toBe(checks.length);
        expect(checks.length).toBeLessThanOrEqual(17);
        expect(warnings.filter(({ value, problem }) => value.length > 201 || problem === '')).toEqual([]);
        const kinds = checks.map(({ kind }) => kind);
        if (!enableScriptChecks) expect(kinds.filter((kind) => kind === 'script' || kind === 'docker')).toEqual([]);
        expect(JSON.stringify(registrationBody(aRegistration({ checks })))).toContain('"Checks":[');
      }),
      { numRuns: 500 },
    ));
});

describe('the judge of these checks', () => {
  it.each([
    { text: '10s', ns: 10_000_000_000n },
    { text: '1m1.5s', ns: 61_500_000_000n },
    { text: '0.4ns0.4ns', ns: 0n },
    { text: '.5us', ns: 500n },
    { text: '2562047h47m16.854775807s', ns: 2n ** 63n - 1n },
    { text: '2562047h47m16.854775808s', ns: undefined },
    { text: '10', ns: undefined },
    { text: '1d', ns: undefined },
  ])('reads $text as Go does', ({ text, ns }) => {
    expect(goNanoseconds(text)).toBe(ns);
  });
});
