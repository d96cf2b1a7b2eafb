import { beforeEach, describe, expect, it } from 'vitest';
import { type ConfigFiles, createConfigFiles, hostsMapPath } from '../../../../src/adapters/haproxy/config-files.ts';
import type { SavedConfig } from '../../../../src/routing/contracts.ts';
import { createMemoryFileStore, type MemoryFileStore } from '../../../support/memory-file-store.ts';

const config: SavedConfig = {
  config: 'use_backend %[var(txn.host),map_str(/state/hosts.map,none)]\n# /state/hosts.map\n',
  hostsMap: 'web web\n',
  shape: 'not written',
  shapeHash: '0123456789abcdef',
};
const own = [
  'global',
  '  stats socket /run/portolan/haproxy.sock mode 600 level admin expose-fd listeners',
  '  hard-stop-after 10m',
  '  maxconn 4000',
  '  # Tells whoever asks a worker which routes it was loaded with.',
  '  description portolan:0123456789abcdef',
  '',
].join('\n');
const saved = new Map([
  ['/state/hosts.map', 'web web\n'],
  ['/state/haproxy.cfg', config.config],
  ['/state/portolan.cfg', own],
]);

let store: MemoryFileStore;
let files: ConfigFiles;

beforeEach(() => {
  store = createMemoryFileStore();
  files = createConfigFiles({
    store,
    folder: '/state',
    socketPath: '/run/portolan/haproxy.sock',
    maxConnections: 4_000,
  });
});

describe('hostsMapPath', () => {
  it('is in the folder of the files', () => {
    expect(hostsMapPath('/state')).toBe('/state/hosts.map');
  });
});

describe('the files of HAProxy', () => {
  it("are read in this order: Portolan's own, then the routes", () => {
    expect(files.paths).toEqual(['/state/portolan.cfg', '/state/haproxy.cfg']);
  });

  it('hold the routes, the map, and what Portolan needs of HAProxy', async () => {
    await files.save(config);
    expect(store.files).toEqual(saved);
  });

  it('are written in such an order that a fingerprint never comes before its routes', async () => {
    await files.save(config);
    expect(store.takeDiary()).toEqual([
      'write /state/hosts.map',
      'write /state/haproxy.cfg',
      'write /state/portolan.cfg',
    ]);
  });

  it('are left alone when they are as they should be', async () => {
    await files.save(config);
    store.takeDiary();
    await files.save(structuredClone(config));
    expect(store.takeDiary()).toEqual([]);
  });

  it.each([
    { what: 'routes', over: { config: 'x' }, path: '/state/haproxy.cfg' },
    { what: 'host names', over: { hostsMap: 'x' }, path: '/state/hosts.map' },
    { what: 'fingerprint', over: { shapeHash: 'x' }, path: '/state/portolan.cfg' },
  ])('are written alone where the $what differ', async ({ over, path }) => {
    await files.save(config);
    store.takeDiary();
    await files.save({ ...config, ...over });
    expect(store.takeDiary()).toEqual([`write ${path}`]);
  });

  it('stay as they are from the first that cannot be written on', async () => {
    await files.save(config);
    store.failAt = '/state/haproxy.cfg';
    await expect(files.save({ ...config, config: 'x', shapeHash: 'x' })).rejects.toMatchObject({
      code: 'FILE_UNWRITABLE',
    });
    expect(store.files).toEqual(saved);
  });

  it('exist when all three do', async () => {
    expect(await files.exist()).toBe(false);
    await files.save(config);
    expect(await files.exist()).toBe(true);
    for (const path of saved.keys()) {
      await store.remove(path);
      expect(await files.exist()).toBe(false);
      await files.save(config);
    }
  });

  it('exist when they are empty', async () => {
    await files.save({ ...config, hostsMap: '', config: '' });
    expect(await files.exist()).toBe(true);
  });
});

describe('the restoration of files', () => {
  it('brings back what they were', async () => {
    await files.save(config);
    const before = await files.snapshot();
    await files.save({ config: 'x', hostsMap: 'y', shape: '', shapeHash: 'z' });
    await files.restore(before);
    expect(store.files).toEqual(saved);
  });

  it('removes those that were not there', async () => {
    const before = await files.snapshot();
    await files.save(config);
    await files.restore(before);
    expect(store.files).toEqual(new Map());
  });
});

describe('a candidate', () => {
  it('is a copy aside, which names its own map, and leaves the files alone', async () => {
    await files.save(config);
    const result = await files.withCandidate({ ...config, hostsMap: 'new new\n' }, async (paths) => {
      expect(paths).toEqual(['/state/candidate/portolan.cfg', '/state/candidate/haproxy.cfg']);
      expect(store.files).toEqual(
        new Map([
          ...saved,
          ['/state/candidate/hosts.map', 'new new\n'],
          [
            '/state/candidate/haproxy.cfg',
            'use_backend %[var(txn.host),map_str(/state/candidate/hosts.map,none)]\n# /state/candidate/hosts.map\n',
          ],
          ['/state/candidate/portolan.cfg', own],
        ]),
      );
      return 'result';
    });
    expect(result).toBe('result');
    expect(store.files).toEqual(saved);
  });

  it('is removed when the work fails', async () => {
    const refused = new Error('refused');
    const work = async () => {
      throw refused;
    };
    await expect(files.withCandidate(config, work)).rejects.toBe(refused);
    expect(store.files).toEqual(new Map());
  });

  it('is removed when it cannot be written whole', async () => {
    store.failAt = '/state/candidate/haproxy.cfg';
    await expect(files.withCandidate(config, async () => undefined)).rejects.toMatchObject({ code: 'FILE_UNWRITABLE' });
    expect(store.files).toEqual(new Map());
  });

  it('that cannot be removed does not spoil the work', async () => {
    const result = await files.withCandidate(config, async () => {
      store.failAt = '/state/candidate';
      return 'result';
    });
    expect(result).toBe('result');
  });
});
