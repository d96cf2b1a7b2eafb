import { describe, expect, it } from 'vitest';
import type { ContainerSnapshot } from '../../../src/domain/container.ts';
import { containerCheckId, containerVerdict } from '../../../src/registration/container-check.ts';
import { aContainer } from '../../support/containers.ts';

describe('containerCheckId', () => {
  it('is the ID of the service and a suffix by which routers know it', () => {
    expect(containerCheckId('node-a:web.1:80')).toBe('node-a:web.1:80:container');
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
