import { describe, expect, it } from 'vitest';
import type { Protocol } from '../../../src/domain/container.ts';
import { checkDefinitions, containerCheckMode } from '../../../src/registration/check-definitions.ts';
import { metadataForPort } from '../../../src/registration/metadata.ts';
import { aContainer, http } from '../../support/containers.ts';
import { aService } from '../../support/services.ts';

type Labels = Readonly<Record<string, string>>;

const metadataOf = (labels: Labels) => metadataForPort(aContainer({ labels }), http).metadata;
interface Target {
  readonly address?: string;
  readonly protocol?: Protocol;
}

const checksOf = (labels: Labels, { address = '192.0.2.10', protocol = 'tcp' }: Target = {}) =>
  checkDefinitions(metadataOf(labels), {
    serviceId: 'node-a:web.1:80',
    serviceName: 'web',
    address,
    port: 32_080,
    origin: { ...aService().origin, protocol },
    enableScriptChecks: false,
  });

const common = { id: 'service:node-a:web.1:80', name: "Service 'web' check" };
const httpCheck = { ...common, kind: 'http', url: 'http://192.0.2.10:32080/health', interval: '10s' };

describe('checkDefinitions', () => {
  it.each([
    { rule: 'gives no check without labels', labels: {}, checks: [] },
    {
      rule: 'gives no check for settings of one alone',
      labels: { SERVICE_CHECK_INTERVAL: '5s', SERVICE_CHECK_TIMEOUT: 'bad', SERVICE_CHECK_INITIAL_STATUS: 'passing' },
      checks: [],
    },
    { rule: 'gives no check for an empty path', labels: { SERVICE_CHECK_HTTP: '' }, checks: [] },
    { rule: 'tests a path', labels: { SERVICE_CHECK_HTTP: '/health' }, checks: [httpCheck] },
    {
      rule: 'tests a path over TLS',
      labels: { SERVICE_CHECK_HTTPS: '/health' },
      checks: [{ ...httpCheck, url: 'https://192.0.2.10:32080/health' }],
    },
    {
      rule: 'tests a TCP port',
      labels: { SERVICE_CHECK_TCP: 'true' },
      checks: [{ ...common, kind: 'tcp', target: '192.0.2.10:32080', interval: '10s' }],
    },
    { rule: 'tests no TCP port where that is switched off', labels: { SERVICE_CHECK_TCP: 'false' }, checks: [] },
    {
      rule: 'waits for the application to report',
      labels: { SERVICE_CHECK_TTL: '30s', SERVICE_CHECK_INTERVAL: '5s' },
      checks: [{ ...common, kind: 'ttl', ttl: '30s' }],
    },
    {
      rule: 'passes on all that a check can have',
      labels: {
        SERVICE_CHECK_HTTP: '/health',
        SERVICE_CHECK_HTTP_METHOD: 'HEAD',
        SERVICE_CHECK_INTERVAL: '15s',
        SERVICE_CHECK_TIMEOUT: '1m30s',
        SERVICE_CHECK_INITIAL_STATUS: 'passing',
        SERVICE_CHECK_DEREGISTER_AFTER: '10m',
      },
      checks: [
        {
          ...httpCheck,
          initialStatus: 'passing',
          deregisterCriticalServiceAfter: '10m',
          interval: '15s',
          timeout: '1m30s',
          method: 'HEAD',
        },
      ],
    },
    {
      rule: 'prefers HTTP to HTTPS, TTL and TCP',
      labels: {
        SERVICE_CHECK_TCP: '1',
        SERVICE_CHECK_TTL: '30s',
        SERVICE_CHECK_HTTPS: '/b',
        SERVICE_CHECK_HTTP: '/health',
      },
      checks: [httpCheck],
    },
    {
      rule: 'prefers HTTPS to TTL',
      labels: { SERVICE_CHECK_TTL: '30s', SERVICE_CHECK_HTTPS: '/health' },
      checks: [{ ...httpCheck, url: 'https://192.0.2.10:32080/health' }],
    },
    {
      rule: 'prefers TTL to TCP',
      labels: { SERVICE_CHECK_TCP: '1', SERVICE_CHECK_TTL: '30s' },
      checks: [{ ...common, kind: 'ttl', ttl: '30s' }],
    },
  ])('$rule', ({ labels, checks }) => {
    expect(checksOf(labels)).toEqual({ checks, warnings: [] });
  });

  it('puts brackets around IPv6 addresses', () => {
    const at = { address: '2001:db8::1' };
    expect([checksOf({ SERVICE_CHECK_HTTP: '/health' }, at), checksOf({ SERVICE_CHECK_TCP: '1' }, at)]).toEqual([
      { checks: [{ ...httpCheck, url: 'http://[2001:db8::1]:32080/health' }], warnings: [] },
      { checks: [{ ...common, kind: 'tcp', target: '[2001:db8::1]:32080', interval: '10s' }], warnings: [] },
    ]);
  });

  it.each(['udp', 'sctp'] as const)('leaves out a TCP check of a port of %s, with a warning', (protocol) => {
    expect(checksOf({ SERVICE_CHECK_TCP: 'true' }, { protocol })).toEqual({
      checks: [],
      warnings: [
        {
          label: 'SERVICE_CHECK_TCP',
          value: 'true',
          problem: `cannot test a ${protocol} port; the check is left out`,
        },
      ],
    });
  });
});

describe('containerCheckMode', () => {
  const on = { kind: 'on', startingStatus: 'critical' };
  it.each([
    { labels: {}, mode: on },
    { labels: { SERVICE_CHECK_CONTAINER: 'on' }, mode: on },
    { labels: { SERVICE_CHECK_CONTAINER: '' }, mode: on },
    { labels: { SERVICE_CHECK_CONTAINER: 'off' }, mode: { kind: 'off' } },
    { labels: { SERVICE_CHECK_CONTAINER: 'No' }, mode: { kind: 'off' } },
    { labels: { SERVICE_CHECK_STARTING: 'warning' }, mode: { kind: 'on', startingStatus: 'warning' } },
    { labels: { SERVICE_CHECK_STARTING: 'Passing' }, mode: { kind: 'on', startingStatus: 'passing' } },
  ])('is $mode for $labels', ({ labels, mode }) => {
    expect(containerCheckMode(metadataOf(labels))).toEqual({ mode, warnings: [] });
  });

  it('calls a starting container critical where the label says nothing that it knows', () => {
    expect(containerCheckMode(metadataOf({ SERVICE_CHECK_STARTING: 'maybe' }))).toEqual({
      mode: on,
      warnings: [
        {
          label: 'SERVICE_CHECK_STARTING',
          value: 'maybe',
          problem: 'is none of passing, warning and critical; critical is used instead',
        },
      ],
    });
  });
});
