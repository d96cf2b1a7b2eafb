import { describe, expect, it } from 'vitest';
import type { ConsulAnswer } from '../../../../src/adapters/consul/client.ts';
import { watchConsul } from '../../../../src/adapters/consul/patience.ts';
import { PortolanError } from '../../../../src/lib/errors.ts';
import { createFakeClock } from '../../../support/fake-clock.ts';

function watch(attempts: number) {
  const clock = createFakeClock();
  const ending = new AbortController();
  const world = { isDown: true, requests: 0, end: undefined as unknown };
  const request = async (): Promise<ConsulAnswer> => {
    world.requests += 1;
    if (world.isDown) throw new PortolanError('CONSUL_UNREACHABLE', 'cannot reach Consul', { hint: 'Is it running?' });
    return { body: [], headers: {} };
  };
  watchConsul({ request }, { clock, patience: { attempts, minMs: 250, maxMs: 1_000 } }, ending.signal).then(
    () => {
      world.end = 'ended';
    },
    (error: unknown) => {
      world.end = error;
    },
  );
  return { clock, world, ending };
}

describe('watchConsul', () => {
  it('gives up after so many further attempts, with growing pauses', async () => {
    const { clock, world } = watch(3);
    await clock.advance(250 + 500 + 1_000 - 1);
    expect(world).toMatchObject({ requests: 3, end: undefined });
    await clock.advance(1);
    expect(world).toMatchObject({
      requests: 4,
      end: {
        name: 'TerminalError',
        code: 'RETRIES_EXHAUSTED',
        message: 'gave up after 4 attempts: cannot reach Consul',
        hint: 'Is it running?',
      },
    });
  });

  it('gives up at the first failure without further attempts', async () => {
    const { clock, world } = watch(0);
    await clock.advance(0);
    expect(world.end).toMatchObject({ message: 'gave up after 1 attempts: cannot reach Consul' });
  });

  it('begins to count anew after a success', async () => {
    const { clock, world } = watch(2);
    await clock.advance(250);
    world.isDown = false;
    await clock.advance(500);
    expect(world.requests).toBe(3);
    world.isDown = true;
    await clock.advance(5_000 + 250);
    expect(world).toMatchObject({ requests: 5, end: undefined });
    await clock.advance(500);
    expect(world.end).toMatchObject({ code: 'RETRIES_EXHAUSTED' });
  });

  it('ends when it is aborted', async () => {
    const { clock, world, ending } = watch(2);
    ending.abort();
    await clock.advance(0);
    expect(world.end).toBe('ended');
  });
});
