import { describe, expect, it } from 'vitest';
import type { ServiceDefinition } from '../../../src/domain/service.ts';
import { createCheckIdClaims } from '../../../src/registration/check-collisions.ts';
import { desiredRegistrations } from '../../../src/registration/desired.ts';
import type { PortOutcome } from '../../../src/registration/service-definitions.ts';
import { aContainer, http } from '../../support/containers.ts';
import { desiredOptions } from '../../support/registration-options.ts';
import { aService } from '../../support/services.ts';

const noSources = () => [];

const defined = (id: string, ...checkIds: readonly string[]): PortOutcome => {
  const checks: ServiceDefinition['checks'] = checkIds.map((checkId) => ({
    id: checkId,
    name: 'x',
    kind: 'ttl',
    ttl: '1m',
  }));
  return { kind: 'defined', port: http, service: aService({ id, checks }), sources: noSources, warnings: [] };
};

describe('createCheckIdClaims', () => {
  it('changes nothing while the IDs differ', () => {
    const outcomes = [defined('a', 'web', 'service:a:2'), defined('b', 'shop', 'service:b:2'), defined('c')];
    expect(outcomes.map(createCheckIdClaims())).toEqual(outcomes);
  });

  it('says nothing of default IDs, which only services of one ID share', () => {
    const outcomes = [defined('a', 'service:a'), defined('a', 'service:a')];
    expect(outcomes.map(createCheckIdClaims())).toEqual(outcomes);
  });

  it('passes on a port that is not registered', () => {
    const skipped: PortOutcome = { kind: 'skipped', port: http, reason: 'is in no network', warnings: [] };
    expect(createCheckIdClaims()(skipped)).toBe(skipped);
  });

  it('leaves an ID to the first, whatever its case, and gives the default one to the others', () => {
    const claim = createCheckIdClaims();
    expect([defined('a', 'web'), defined('b', 'own', 'WEB'), defined('c', 'web')].map(claim)).toEqual([
      defined('a', 'web'),
      {
        ...defined('b', 'own', 'service:b:2'),
        warnings: [
          {
            label: 'check ID',
            value: 'WEB',
            problem: 'is the ID of a check of the service a; service:b:2 is used instead',
          },
        ],
      },
      {
        ...defined('c', 'service:c'),
        warnings: [
          {
            label: 'check ID',
            value: 'web',
            problem: 'is the ID of a check of the service a; service:c is used instead',
          },
        ],
      },
    ]);
  });

  it('leaves it to the older of two containers', () => {
    const labels = { SERVICE_CHECK_TTL: '1m', SERVICE_CHECK_ID: 'web' };
    const containers = [
      aContainer({ id: 'b', name: 'b', createdMs: 2, labels }),
      aContainer({ id: 'a', name: 'a', createdMs: 1, labels }),
    ];
    const { registrations } = desiredRegistrations(containers, desiredOptions);
    const idsOf = (id: string) => registrations.get(id)?.service.checks.map((check) => check.id);
    expect([idsOf('node-a:a:80'), idsOf('node-a:b:80')]).toEqual([['web'], ['service:node-a:b:80']]);
  });
});
