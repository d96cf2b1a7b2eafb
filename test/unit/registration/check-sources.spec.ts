import { describe, expect, it } from 'vitest';
import { checkSources, containerCheckSources } from '../../../src/registration/check-sources.ts';
import type { CheckTarget } from '../../../src/registration/check-target.ts';
import { metadataForPort } from '../../../src/registration/metadata.ts';
import { aContainer, http } from '../../support/containers.ts';

type Labels = Readonly<Record<string, string>>;

const TARGET: CheckTarget = {
  serviceId: 'node-a:web.1:80',
  serviceName: 'web',
  address: '192.0.2.10',
  port: 32_080,
  origin: { containerId: 'c0ffee'.padEnd(64, '0'), containerName: 'web.1', port: 80, protocol: 'tcp' },
  enableScriptChecks: false,
};
const metadataOf = (labels: Labels) => metadataForPort(aContainer({ labels }), http).metadata;

/** `field value from`, but for the ID and the name that every check has. */
const sources = (labels: Labels) =>
  checkSources(metadataOf(labels), TARGET)
    .filter(({ field }) => field !== 'check.id' && field !== 'check.name')
    .map(({ field, value, from }) => `${field} = ${value} (${from})`);

describe('checkSources', () => {
  it('are none without a check', () => {
    expect(sources({ SERVICE_NAME: 'web', SERVICE_CHECK_INTERVAL: '5s' })).toEqual([]);
  });

  it('say what every check is called by default', () => {
    expect(checkSources(metadataOf({ SERVICE_CHECK_TCP: 'on' }), TARGET)).toEqual([
      { field: 'check.id', value: 'service:node-a:web.1:80', from: 'default: service:node-a:web.1:80' },
      { field: 'check.name', value: "Service 'web' check", from: "default: Service 'web' check" },
      { field: 'check.tcp', value: '192.0.2.10:32080', from: 'label SERVICE_CHECK_TCP' },
      { field: 'check.interval', value: '10s', from: 'default: 10s' },
    ]);
  });

  it.each<{ rule: string; labels: Labels; found: readonly string[] }>([
    {
      rule: 'name the setting behind each field',
      labels: {
        SERVICE_CHECK_HTTP: '/h',
        SERVICE_80_CHECK_INTERVAL: '5s',
        SERVICE_CHECK_TIMEOUT: '2',
        SERVICE_CHECK_HTTP_METHOD: 'head',
        SERVICE_CHECK_INITIAL_STATUS: 'passing',
      },
      found: [
        'check.initialStatus = passing (label SERVICE_CHECK_INITIAL_STATUS)',
        'check.http = http://192.0.2.10:32080/h (label SERVICE_CHECK_HTTP)',
        'check.interval = 5s (label SERVICE_80_CHECK_INTERVAL)',
        'check.timeout = 2s (label SERVICE_CHECK_TIMEOUT)',
        'check.method = HEAD (label SERVICE_CHECK_HTTP_METHOD)',
      ],
    },
    {
      rule: 'name the default where a setting is refused',
      labels: { SERVICE_CHECK_HTTP: '/', SERVICE_CHECK_INTERVAL: 'soon' },
      found: [
        'check.http = http://192.0.2.10:32080/ (label SERVICE_CHECK_HTTP)',
        'check.interval = 10s (default: 10s)',
      ],
    },
    {
      rule: 'name the strongest of several kinds',
      labels: { SERVICE_CHECK_TCP: 'true', SERVICE_CHECK_HTTP: '/a', SERVICE_CHECK_HTTPS: '/b' },
      found: [
        'check.http = http://192.0.2.10:32080/a (label SERVICE_CHECK_HTTP)',
        'check.interval = 10s (default: 10s)',
      ],
    },
    {
      rule: 'do not mistake a check that would take its place for the same one',
      labels: { SERVICE_CHECK_HTTP_METHOD: 'HEAD', SERVICE_CHECK_HTTP: '/', SERVICE_CHECK_TCP: 'true' },
      found: [
        'check.http = http://192.0.2.10:32080/ (label SERVICE_CHECK_HTTP)',
        'check.interval = 10s (default: 10s)',
        'check.method = HEAD (label SERVICE_CHECK_HTTP_METHOD)',
      ],
    },
    {
      rule: 'know a check by TTL',
      labels: { SERVICE_CHECK_TTL: '30s', SERVICE_CHECK_INTERVAL: '5s' },
      found: ['check.ttl = 30s (label SERVICE_CHECK_TTL)'],
    },
  ])('$rule', ({ labels, found }) => {
    expect(sources(labels)).toEqual(found);
  });
});

describe('containerCheckSources', () => {
  it.each<{ labels: Labels; found: readonly { field: string; value: string; from: string }[] }>([
    {
      labels: {},
      found: [
        { field: 'containerCheck', value: 'on', from: 'default: on' },
        { field: 'containerCheck.startingStatus', value: 'critical', from: 'default: critical' },
      ],
    },
    {
      labels: { SERVICE_CHECK_STARTING: 'warning', SERVICE_CHECK_CONTAINER: 'yes' },
      found: [
        { field: 'containerCheck', value: 'on', from: 'default: on' },
        { field: 'containerCheck.startingStatus', value: 'warning', from: 'label SERVICE_CHECK_STARTING' },
      ],
    },
    {
      labels: { SERVICE_CHECK_CONTAINER: 'off', SERVICE_CHECK_STARTING: 'warning' },
      found: [{ field: 'containerCheck', value: 'off', from: 'label SERVICE_CHECK_CONTAINER' }],
    },
  ])('are those of $labels', ({ labels, found }) => {
    expect(containerCheckSources(metadataOf(labels))).toEqual(found);
  });
});
