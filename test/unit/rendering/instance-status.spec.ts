import { describe, expect, it } from 'vitest';
import { checkStatus, instanceStatus } from '../../../src/rendering/instance-status.ts';
import { aCheckResult } from '../../support/instances.ts';

const weird = aCheckResult({ status: 'critical', reportedStatus: 'weird' });
const maintenance = aCheckResult({ status: 'maintenance', reportedStatus: 'passing' });

describe('the status of an instance', () => {
  it.each([
    ['warning', [], 'warning'],
    ['critical', [aCheckResult({ status: 'critical' })], 'critical'],
    ['critical', [weird], ''],
    ['maintenance', [maintenance], 'maintenance'],
    ['maintenance', [maintenance, weird], ''],
  ] as const)('is none with a check of an unknown one: %s', (status, checks, expected) => {
    expect(instanceStatus({ status, checks })).toBe(expected);
  });
});

describe('the status of a check', () => {
  it.each([
    [aCheckResult({ status: 'warning' }), 'warning'],
    [aCheckResult({ status: 'maintenance' }), 'critical'],
    [maintenance, 'passing'],
    [weird, 'weird'],
  ])('is what Consul says of it: %j', (check, expected) => {
    expect(checkStatus(check)).toBe(expected);
  });
});
