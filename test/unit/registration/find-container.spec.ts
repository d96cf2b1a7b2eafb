import { describe, expect, it } from 'vitest';
import { findContainer } from '../../../src/registration/find-container.ts';
import { aContainer } from '../../support/containers.ts';

const containers = [
  aContainer({ id: 'abc1'.padEnd(64, '0'), name: 'web.1' }),
  aContainer({ id: 'abc2'.padEnd(64, '0'), name: 'web.2' }),
  aContainer({ id: 'def3'.padEnd(64, '0'), name: 'abc1' }),
];

describe('findContainer', () => {
  it.each([
    { how: 'its name', asked: 'web.2', name: 'web.2' },
    { how: "its name as Docker's API writes it", asked: '/web.2', name: 'web.2' },
    { how: 'its ID', asked: 'abc2'.padEnd(64, '0'), name: 'web.2' },
    { how: 'the beginning of its ID', asked: 'abc2', name: 'web.2' },
    { how: 'its name rather than the beginning of an ID', asked: 'abc1', name: 'abc1' },
    { how: 'one digit, if that is of one only', asked: 'd', name: 'abc1' },
  ])('finds a container by $how', ({ asked, name }) => {
    const found = findContainer(containers, asked);
    expect(found.kind === 'found' && found.container.name).toBe(name);
  });

  it.each([
    { asked: 'abc', reason: 'the IDs of 2 containers begin with abc', nearest: ['web.1', 'web.2'] },
    { asked: 'wbe.1', reason: 'there is no container wbe.1', nearest: ['web.1'] },
    { asked: 'inventory', reason: 'there is no container inventory', nearest: [] },
    { asked: 'web.3', reason: 'there is no container web.3', nearest: ['web.1', 'web.2'] },
    { asked: 'WEB', reason: 'there is no container WEB', nearest: ['web.1', 'web.2'] },
    { asked: 'c1', reason: 'there is no container c1', nearest: ['abc1'] },
    { asked: '', reason: 'there is no container ', nearest: [] },
  ])('does not guess for "$asked", and says what may have been meant', ({ asked, reason, nearest }) => {
    expect(findContainer(containers, asked)).toEqual({ kind: 'unknown', reason, nearest });
  });
});
