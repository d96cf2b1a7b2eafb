import { describe, expect, it } from 'vitest';
import { checksOf, checksOfJson, httpCheck, type Labels } from '../../support/checks.ts';

const withLabels = (labels: Labels) => checksOf({ SERVICE_CHECK_HTTP: '/health', ...labels });
const warning = (label: string, value: string, problem: string) => ({
  checks: [httpCheck],
  warnings: [{ label, value, problem }],
});

describe('a duration', () => {
  it.each([
    { value: '30', sent: '30s' },
    { value: '1.5', sent: '1.5s' },
    { value: '+30', sent: '+30s' },
    { value: ' 20s ', sent: '20s' },
    { value: '1500ms', sent: '1500ms' },
    { value: '1h2m3.5s', sent: '1h2m3.5s' },
  ])('of $value is sent as $sent', ({ value, sent }) => {
    expect(withLabels({ SERVICE_CHECK_INTERVAL: value })).toEqual({
      checks: [{ ...httpCheck, interval: sent }],
      warnings: [],
    });
  });

  const problem = (instead: string) => `is no duration such as 10s or 1m30s; ${instead}`;
  it.each([
    ...['soon', '0', '0s', '-5', '-5s', '10 s', '1d', '5S', '1e3', 'Infinity', '9999999999999h', '2562047h'],
    ...['0.1ns', '999us', `${'0'.repeat(64)}1s`, `${'9'.repeat(90)}x`],
  ])('such as 10s is used instead of the interval %s, with a warning', (value) => {
    expect(withLabels({ SERVICE_CHECK_INTERVAL: value })).toEqual(
      warning('SERVICE_CHECK_INTERVAL', value, problem('10s is used instead')),
    );
  });

  it('takes no time to be refused', () => {
    const { checks } = withLabels({ SERVICE_CHECK_INTERVAL: `${'9'.repeat(1_000_000)}x` });
    expect(checks).toEqual([httpCheck]);
  });

  it('is left out where it has no default, with a warning for each', () => {
    const labels = { SERVICE_80_CHECK_TIMEOUT: 'x', SERVICE_CHECK_DEREGISTER_AFTER: 'y' };
    expect(withLabels(labels)).toEqual({
      checks: [httpCheck],
      warnings: [
        { label: 'SERVICE_CHECK_DEREGISTER_AFTER', value: 'y', problem: problem('it is left out') },
        { label: 'SERVICE_80_CHECK_TIMEOUT', value: 'x', problem: problem('it is left out') },
      ],
    });
  });

  it.each([
    {
      rule: 'an interval below 1s',
      label: 'SERVICE_CHECK_INTERVAL',
      value: '250ms',
      sent: { interval: '250ms' },
      least: '1s',
    },
    {
      rule: 'a time to deregister below 1m',
      label: 'SERVICE_CHECK_DEREGISTER_AFTER',
      value: '30',
      sent: { deregisterCriticalServiceAfter: '30s' },
      least: '1m',
    },
  ])('stays as it is, with a warning, when it is $rule, which Consul raises', ({ label, value, sent, least }) => {
    expect(withLabels({ [label]: value })).toEqual({
      checks: [{ ...httpCheck, ...sent }],
      warnings: [{ label, value, problem: `is less than ${least}, for which Consul takes it` }],
    });
    expect(withLabels({ [label]: least })).toMatchObject({ warnings: [] });
  });

  it.each<{ rule: string; labels: Labels; after: string }>([
    { rule: 'Consul’s own name', labels: { SERVICE_CHECK_DEREGISTER_CRITICAL_SERVICE_AFTER: '7m' }, after: '7m' },
    {
      rule: 'the shorter name before Consul’s',
      labels: { SERVICE_CHECK_DEREGISTER_CRITICAL_SERVICE_AFTER: '7m', SERVICE_CHECK_DEREGISTER_AFTER: '5m' },
      after: '5m',
    },
    {
      rule: 'the name with the port before both',
      labels: { SERVICE_80_CHECK_DEREGISTER_CRITICAL_SERVICE_AFTER: '7m', SERVICE_CHECK_DEREGISTER_AFTER: '5m' },
      after: '7m',
    },
  ])('to deregister may stand under $rule', ({ labels, after }) => {
    expect(withLabels(labels)).toEqual({
      checks: [{ ...httpCheck, deregisterCriticalServiceAfter: after }],
      warnings: [],
    });
  });
});

describe('a status', () => {
  it.each([
    { value: ' PASSING ', initialStatus: 'passing' },
    { value: 'warning', initialStatus: 'warning' },
    { value: 'Critical', initialStatus: 'critical' },
  ])('is read in any case: $value', ({ value, initialStatus }) => {
    expect(withLabels({ SERVICE_CHECK_INITIAL_STATUS: value })).toEqual({
      checks: [{ ...httpCheck, initialStatus }],
      warnings: [],
    });
  });

  it('is left out with a warning when it is none', () => {
    expect(withLabels({ SERVICE_CHECK_INITIAL_STATUS: 'unknown' })).toEqual(
      warning('SERVICE_CHECK_INITIAL_STATUS', 'unknown', 'is none of passing, warning and critical; it is left out'),
    );
  });
});

describe('a count', () => {
  it.each([
    { value: '0', count: 0 },
    { value: '007', count: 7 },
    { value: ' 1000 ', count: 1_000 },
  ])('is a whole number: $value', ({ value, count }) => {
    const labels = { SERVICE_CHECK_SUCCESS_BEFORE_PASSING: value, SERVICE_CHECK_FAILURES_BEFORE_CRITICAL: value };
    expect(withLabels(labels)).toEqual({
      checks: [{ ...httpCheck, successBeforePassing: count, failuresBeforeCritical: count }],
      warnings: [],
    });
  });

  it.each(['-1', '+1', '1.5', '1e2', '0x1', '1001', '99999999999999999999', 'three'])(
    'is left out with a warning when it is none: %s',
    (value) => {
      expect(withLabels({ SERVICE_CHECK_FAILURES_BEFORE_CRITICAL: value })).toEqual(
        warning('SERVICE_CHECK_FAILURES_BEFORE_CRITICAL', value, 'is no whole number from 0 to 1000; it is left out'),
      );
    },
  );
});

describe('a method', () => {
  it.each(['G ET', 'GET\nX', 'X-1', 'A'.repeat(21)])('is GET with a warning when it is none: %s', (value) => {
    expect(withLabels({ SERVICE_CHECK_HTTP_METHOD: value })).toEqual(
      warning('SERVICE_CHECK_HTTP_METHOD', value, 'is no HTTP method; GET is used instead'),
    );
  });
});

describe('a text', () => {
  it.each([
    { label: 'SERVICE_CHECK_NAME', value: 'a\tb', problem: 'has control characters' },
    { label: 'SERVICE_CHECK_NAME', value: 'x'.repeat(256), problem: 'is longer than 255 characters' },
  ])('of one line is the default one with a warning: $problem', ({ label, value, problem }) => {
    const { checks, warnings } = withLabels({ [label]: value });
    expect(checks).toEqual([httpCheck]);
    expect(warnings).toMatchObject([{ label, problem: `${problem}; Service 'web' check is used instead` }]);
  });

  it.each(['a\u0007b', 'x'.repeat(4_097)])(
    'of notes is left out with a warning when no person could read it',
    (value) => {
      const { checks, warnings } = checksOfJson([{ HTTP: '/health', Notes: value }]);
      expect(checks).toEqual([httpCheck]);
      expect(warnings).toMatchObject([
        {
          label: 'SERVICE_CHECKS[0].Notes',
          problem: 'is longer than 4096 characters or has control characters; it is left out',
        },
      ]);
    },
  );
});
