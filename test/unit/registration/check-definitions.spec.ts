import { describe, expect, it } from 'vitest';
import { containerCheckMode } from '../../../src/registration/check-definitions.ts';
import { metadataForPort } from '../../../src/registration/metadata.ts';
import { checksOf, common, httpCheck, type Labels, tcpCheck } from '../../support/checks.ts';
import { aContainer, http } from '../../support/containers.ts';

const metadataOf = (labels: Labels) => metadataForPort(aContainer({ labels }), http).metadata;

describe('checkDefinitions', () => {
  it.each<{ rule: string; labels: Labels }>([
    { rule: 'without labels', labels: {} },
    { rule: 'for settings of a check alone', labels: { SERVICE_CHECK_INTERVAL: 'bad', SERVICE_CHECK_ID: 'x' } },
    { rule: 'for an empty value', labels: { SERVICE_CHECK_HTTP: '', SERVICE_CHECK_SCRIPT: ' ', SERVICE_CHECKS: '' } },
    { rule: 'for an empty list', labels: { SERVICE_CHECKS: '[]' } },
  ])('gives no check $rule', ({ labels }) => {
    expect(checksOf(labels)).toEqual({ checks: [], warnings: [] });
  });

  it('gives the checks of the list beside the one of the labels, numbered as Consul does', () => {
    const list = [{ TCP: true }, { TTL: '30s', Name: 'batch' }];
    expect(checksOf({ SERVICE_CHECK_HTTP: '/health', SERVICE_CHECKS: JSON.stringify(list) })).toEqual({
      checks: [
        httpCheck,
        { ...tcpCheck, id: `${common.id}:2` },
        { id: `${common.id}:3`, name: 'batch', kind: 'ttl', ttl: '30s' },
      ],
      warnings: [],
    });
  });

  it('numbers the checks that there are, not those that were asked for', () => {
    const list = [{ HTTP: 'off' }, { TCP: true }];
    expect(checksOf({ SERVICE_CHECKS: JSON.stringify(list) })).toEqual({
      checks: [tcpCheck],
      warnings: [
        {
          label: 'SERVICE_CHECKS[0]',
          value: 'HTTP',
          problem: 'names no kind of check: HTTP, ScriptArgs, TTL, TCP or GRPC; it is left out',
        },
      ],
    });
  });

  it('gives a port the list of its own instead of the general one', () => {
    const labels = { SERVICE_CHECKS: '[{"HTTP": "/health"}]', SERVICE_80_CHECKS: '[{"TCP": true}]' };
    expect(checksOf(labels)).toEqual({ checks: [tcpCheck], warnings: [] });
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

  it('is no setting of the application’s checks', () => {
    const labels = { SERVICE_CHECK_HTTP: '/health', SERVICE_CHECK_STARTING: 'warning', SERVICE_CHECK_CONTAINER: 'on' };
    expect(checksOf(labels)).toEqual({ checks: [httpCheck], warnings: [] });
  });
});
