import { beforeEach, describe, expect, it } from 'vitest';
import { createCatalogFile } from '../../../../src/adapters/files/catalog-file.ts';
import type { CatalogSnapshot } from '../../../../src/domain/catalog.ts';
import { sha256 } from '../../../../src/lib/hash.ts';
import type { CatalogStore } from '../../../../src/routing/contracts.ts';
import { routingModel } from '../../../../src/routing/routing-model.ts';
import { createFakeClock, type FakeClock } from '../../../support/fake-clock.ts';
import { hostileTexts } from '../../../support/hostile-texts.ts';
import { aCatalog, aCheckResult, anInstance } from '../../../support/instances.ts';
import { createMemoryFileStore, type MemoryFileStore } from '../../../support/memory-file-store.ts';

const path = '/var/lib/portolan/catalog.json';
let clock: FakeClock;
let files: MemoryFileStore;
let store: CatalogStore;

beforeEach(() => {
  clock = createFakeClock();
  files = createMemoryFileStore();
  store = createCatalogFile({ store: files, path, clock });
});

const failing = aCheckResult({ status: 'critical', output: 'stopping: by docker stop', id: 'web-1:container' });
const catalog = aCatalog(
  [
    anInstance({
      status: 'critical',
      checks: [aCheckResult(), failing],
      meta: { 'portolan-owner': 'o' },
      tags: ['eu'],
    }),
    anInstance({ id: 'web-2', node: 'node-b', address: 'fd00::1', weights: { passing: 7, warning: 2 } }),
    anInstance({ service: 'api', id: 'api-1', port: 70_000 }),
  ],
  { isFiltered: true, confirmedMs: 5 },
);

/** What was saved, as it was. */
function text(): string {
  return files.files.get(path) ?? '';
}

/** A file of this first line and these others, with the right hash. */
function aFile(...lines: readonly unknown[]): string {
  const body = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
  return `${body}${JSON.stringify({ sha256: sha256(body) })}\n`;
}

const head = { format: 'portolan-catalog', version: 1, savedAt: 0, nodes: [], isFiltered: false };

async function loadingOf(content: string): Promise<unknown> {
  await files.write(path, content);
  return await store.load().then(
    () => 'loaded',
    (error: unknown) => error,
  );
}

describe('the file of the last good catalog', () => {
  it.each([2 ** 63, -1, 80.5])('is loaded with an instance whose port is %d', async (port) => {
    await store.save(aCatalog([anInstance({ port })]));
    expect((await store.load())?.services.get('web')?.map((instance) => instance.port)).toEqual([port]);
  });

  it('is nothing where there is none', async () => {
    expect(await store.load()).toBeUndefined();
  });

  it('gives back what routes are made of, doubtful and as old as it is', async () => {
    await store.save(catalog);
    await clock.advance(90_000);
    const loaded = await store.load();
    const { services: _, ...facts } = loaded ?? aCatalog([]);
    expect(facts).toEqual({
      names: new Map([
        ['web', ['eu']],
        ['api', []],
      ]),
      nodes: new Set(['node-a', 'node-b']),
      trust: 'doubtful',
      staleMs: 90_000,
      confirmedMs: Number.NEGATIVE_INFINITY,
      isFiltered: true,
    });
    const options = { routeTag: undefined };
    const { model, services } = routingModel(loaded ?? aCatalog([]), options);
    const original = routingModel(catalog, options);
    expect(model).toEqual(original.model);
    expect(services.map(({ instances }) => instances.map(({ verdict }) => verdict))).toEqual(
      original.services.map(({ instances }) => instances.map(({ verdict }) => verdict)),
    );
  });

  it('leaves out checks that pass, and what they say', async () => {
    await store.save(catalog);
    const loaded = await store.load();
    expect(loaded?.services.get('web')?.[0]?.checks.map(({ id, output }) => [id, output])).toEqual([
      ['web-1:container', 'stopping: by docker stop'],
    ]);
  });

  it.each(hostileTexts)('takes $what in every place, each service in a line of its own', async ({ text: hostile }) => {
    const one = anInstance({ service: hostile, id: hostile, node: hostile, address: hostile, tags: [hostile] });
    await store.save(aCatalog([one]));
    expect(text().trimEnd().split('\n')).toHaveLength(3);
    expect((await store.load())?.services.get(hostile)?.[0]).toMatchObject({ id: hostile, address: hostile });
  });

  it('is as old as can be said when the clock was set back', async () => {
    await files.write(path, aFile({ ...head, savedAt: 9e15 }));
    expect((await store.load())?.staleMs).toBe(1);
  });

  it('is refused wherever it is cut off', async () => {
    await store.save(catalog);
    const whole = text();
    const outcomes: unknown[] = [];
    // Without its last line end it is still whole.
    for (let length = 0; length < whole.length - 1; length++) outcomes.push(await loadingOf(whole.slice(0, length)));
    expect(new Set(outcomes.map((outcome) => (outcome as { readonly code?: string }).code))).toEqual(
      new Set(['STATE_INVALID']),
    );
  });

  it.each([
    { what: 'empty', content: '', because: 'Unexpected end of JSON input' },
    { what: 'another text', content: 'global\n  daemon\n', because: 'Unexpected token' },
    { what: 'of another hash', content: aFile(head).replace('"nodes":[]', '"nodes":["a"]'), because: 'its hash' },
    { what: 'of another program', content: aFile({ ...head, format: 'x' }), because: 'format: ' },
    { what: 'of a later version', content: aFile({ ...head, version: 2 }), because: 'version: ' },
    {
      what: 'of another form',
      content: aFile(head, { name: 'web', tags: [], instances: [{}] }),
      because: 'instances.0',
    },
  ])('is refused when it is $what, and it says so', async ({ content, because }) => {
    const error = await loadingOf(content);
    expect(error).toMatchObject({ code: 'STATE_INVALID', hint: 'It is left out and will be replaced.' });
    expect((error as Error).message).toContain(`${path} is no catalog that this Portolan has saved: ${because}`);
  });

  it('is replaced as a whole', async () => {
    await store.save(catalog);
    await store.save(aCatalog([anInstance({ service: 'shop' })]) satisfies CatalogSnapshot);
    expect([...((await store.load())?.services.keys() ?? [])]).toEqual(['shop']);
    expect(files.takeDiary()).toEqual([`write ${path}`, `write ${path}`]);
  });
});
