import { beforeEach, describe, expect, it } from 'vitest';
import { createFilesOnlyProxy } from '../../../../src/adapters/haproxy/files-only.ts';
import type { Proxy, SavedConfig } from '../../../../src/routing/contracts.ts';
import { settle } from '../../../support/fake-clock.ts';
import { createMemoryFileStore, type MemoryFileStore } from '../../../support/memory-file-store.ts';

const { signal } = new AbortController();
const config: SavedConfig = { config: 'c', hostsMap: 'm', shape: 's', shapeHash: 'h' };

let store: MemoryFileStore;
let proxy: Proxy;

beforeEach(() => {
  store = createMemoryFileStore();
  proxy = createFilesOnlyProxy({ store, folder: '/state', socketPath: '/run/haproxy.sock', maxConnections: 1 });
});

describe('a proxy that somebody else runs', () => {
  it('is off, whatever runs', async () => {
    expect(await proxy.observe(signal)).toEqual({ kind: 'off' });
  });

  it.each(['save', 'reload', 'start'] as const)('has its files written by %s', async (method) => {
    await proxy[method](config, signal);
    expect(store.takeDiary()).toEqual([
      'write /state/hosts.map',
      'write /state/haproxy.cfg',
      'write /state/portolan.cfg',
    ]);
  });

  it('is not sent commands, started, probed or stopped', async () => {
    const command = { text: 'del server web/a', expected: /^$/, purpose: 'x' };
    expect(await proxy.execute([command], signal)).toEqual([]);
    expect(await proxy.startFromLast(signal)).toBe(false);
    await proxy.probe(['192.0.2.1:80'], signal);
    await proxy.stop(1_000);
    expect(store.takeDiary()).toEqual([]);
  });

  it('never ends for us, until we end', async () => {
    const ending = new AbortController();
    let ends = 0;
    let isWatched = true;
    const watching = proxy
      .watch(() => {
        ends += 1;
      }, ending.signal)
      .then(() => {
        isWatched = false;
      });
    await settle();
    expect(isWatched).toBe(true);
    ending.abort();
    await watching;
    expect(ends).toBe(0);
  });

  it('is not watched when we have ended already', async () => {
    await proxy.watch(() => undefined, AbortSignal.abort());
  });
});
