import { describe, expect, it } from 'vitest';
import { checkIdProblem, defaultCheckId, isDefaultCheckId } from '../../../src/registration/check-ids.ts';
import { checksOf, checksOfJson, common, httpCheck } from '../../support/checks.ts';

describe('defaultCheckId', () => {
  it.each([
    { n: 1, id: 'service:web' },
    { n: 2, id: 'service:web:2' },
    { n: 16, id: 'service:web:16' },
  ])('of check $n is $id', ({ n, id }) => {
    expect(defaultCheckId('web', n)).toBe(id);
    expect(isDefaultCheckId(id)).toBe(true);
  });
});

describe('checkIdProblem', () => {
  it.each(['web', 'web:80', 'web health', 'größe', 'a/b', 'a..b', 'container', 'services:web', 'serfHealth2'])(
    'finds none with %s',
    (id) => {
      expect(checkIdProblem(id, ['other'])).toBeUndefined();
    },
  );

  it.each([
    { id: 'web:container', problem: "ends in :container, as the IDs of Portolan's own checks do" },
    { id: 'web:CONTAINER', problem: "ends in :container, as the IDs of Portolan's own checks do" },
    { id: 'service:other', problem: 'begins with service:, as the default IDs of all services do' },
    { id: 'Service:other', problem: 'begins with service:, as the default IDs of all services do' },
    { id: 'serfHealth', problem: "is one of Consul's own" },
    { id: 'SERFHEALTH', problem: "is one of Consul's own" },
    { id: '_node_maintenance', problem: "is one of Consul's own" },
    { id: '_service_maintenance:web', problem: "is one of Consul's own" },
    ...['/', '.', '..', '/a', 'a/', 'a//b', 'a/./b', 'a/../b'].map((id) => ({
      id,
      problem: 'cannot be part of a URL path',
    })),
    { id: 'taken', problem: 'is the ID of a check before it' },
    { id: 'TAKEN', problem: 'is the ID of a check before it' },
    { id: 'a\nb', problem: 'has control characters' },
    { id: 'x'.repeat(256), problem: 'is longer than 255 characters' },
  ])('says that $id $problem', ({ id, problem }) => {
    expect(checkIdProblem(id, ['other', 'taken'])).toBe(problem);
  });
});

describe('the ID of a check', () => {
  it('may be the default one, said in words', () => {
    const labels = { SERVICE_CHECK_HTTP: '/health', SERVICE_CHECK_ID: common.id };
    expect(checksOf(labels)).toEqual({ checks: [httpCheck], warnings: [] });
  });

  it('is the default one with a warning when it cannot be the one that is asked for', () => {
    const labels = { SERVICE_CHECK_HTTP: '/health', SERVICE_CHECK_ID: 'web:container' };
    expect(checksOf(labels)).toEqual({
      checks: [httpCheck],
      warnings: [
        {
          label: 'SERVICE_CHECK_ID',
          value: 'web:container',
          problem: `ends in :container, as the IDs of Portolan's own checks do; ${common.id} is used instead`,
        },
      ],
    });
  });

  it('is unique in its service: the first has it', () => {
    const { checks, warnings } = checksOfJson([{ TTL: 1, ID: 'a' }, { TTL: 2, CheckID: 'A' }, { TTL: 3 }]);
    expect(checks.map(({ id }) => id)).toEqual(['a', `${common.id}:2`, `${common.id}:3`]);
    expect(warnings).toEqual([
      {
        label: 'SERVICE_CHECKS[1].CheckID',
        value: 'A',
        problem: `is the ID of a check before it; ${common.id}:2 is used instead`,
      },
    ]);
  });
});
