import { describe, expect, it } from 'vitest';
import type { ContainerSnapshot } from '../../../src/domain/container.ts';
import {
  containerCheck,
  containerCheckId,
  containerVerdict,
  ttlOfNotes,
} from '../../../src/registration/container-check.ts';
import { aContainer } from '../../support/containers.ts';

describe('containerCheckId', () => {
  it('is the ID of the service and a suffix by which routers know it', () => {
    expect(containerCheckId('node-a:web.1:80')).toBe('node-a:web.1:80:container');
  });
});

describe('containerCheck', () => {
  it('says in its notes how long it lives without a word', () => {
    const verdict = { status: 'passing', output: 'running' } as const;
    expect(containerCheck({ id: 'a', name: 'web' }, 90_000, verdict)).toEqual({
      id: 'a:container',
      name: "Container of service 'web'",
      notes: 'What Docker says of the container; Portolan repeats it within 90s',
      ttl: '90s',
      ttlMs: 90_000,
      verdict,
    });
  });
});

describe('ttlOfNotes', () => {
  it.each([1_500, 60_000, 90_000, 120_000, 1_920_000, 3_600_000])(
    'reads what containerCheck writes: %d ms',
    (ttlMs) => {
      const { notes } = containerCheck({ id: 'a', name: 'web' }, ttlMs, { status: 'passing', output: 'running' });
      expect(ttlOfNotes(notes)).toBe(ttlMs);
    },
  );

  it.each([
    '',
    '1m',
    'What Docker says of the container; Portolan repeats it within ',
    'What Docker says of the container; Portolan repeats it within a minute',
    'Whatever somebody else says of it, for as long as this text is1m',
    'Note: What Docker says of the container; Portolan repeats it within 1m',
  ])('knows nothing of notes that are not ours: %j', (notes) => {
    expect(ttlOfNotes(notes)).toBeUndefined();
  });
});

const stopping = { signal: '15', untilMs: 20_000 };

describe('containerVerdict', () => {
  it.each<{ of: string; over: Partial<ContainerSnapshot>; status: string; output: string }>([
    { of: 'a container without HEALTHCHECK', over: {}, status: 'passing', output: 'running' },
    { of: 'a healthy one', over: { health: 'healthy' }, status: 'passing', output: 'running: healthy' },
    {
      of: 'a starting one',
      over: { health: 'starting' },
      status: 'critical',
      output: 'starting: its HEALTHCHECK has not passed yet',
    },
    {
      of: 'an unhealthy one',
      over: { health: 'unhealthy' },
      status: 'critical',
      output: 'unhealthy: its HEALTHCHECK fails',
    },
    { of: 'a paused one', over: { state: 'paused' }, status: 'critical', output: 'paused: by docker pause' },
    {
      of: 'a paused one that was healthy',
      over: { state: 'paused', health: 'healthy' },
      status: 'critical',
      output: 'paused: by docker pause',
    },
    {
      of: 'one that was asked to end',
      over: { stopping, health: 'healthy' },
      status: 'critical',
      output: 'stopping: was sent signal 15',
    },
    {
      of: 'a paused one that was asked to end',
      over: { stopping, state: 'paused' },
      status: 'critical',
      output: 'stopping: was sent signal 15',
    },
  ])('is $status for $of', ({ over, status, output }) => {
    expect(containerVerdict(aContainer(over), 'critical')).toEqual({ status, output });
  });

  it.each(['passing', 'warning', 'critical'] as const)('is %s for a starting container that asks for it', (status) => {
    expect(containerVerdict(aContainer({ health: 'starting' }), status)).toEqual({
      status,
      output: 'starting: its HEALTHCHECK has not passed yet',
    });
  });
});
