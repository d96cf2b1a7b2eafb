import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDocuments } from '../../../src/adapters/http/documents.ts';
import { createTagsTemplate } from '../../../src/registration/tags-template.ts';
import { aContainer } from '../../support/containers.ts';
import { createFakeClock, settle } from '../../support/fake-clock.ts';
import { createRecordingRegistry } from '../../support/recording-registry.ts';
import { createRegistrationWorld, type RegistrationWorld } from '../../support/registration-world.ts';

const WEB = 'node-a:web.1:80';
const URL = 'http://192.0.2.1/web.1';
const api = aContainer({ id: 'api', name: 'api', inspected: { Name: '/api' } });
const web = aContainer({ inspected: { Name: '/web.1' } });
const TEMPLATE = '{{if eq .Name "/web.1"}}{{printf "%s" (httpGet "http://192.0.2.1/web.1")}}{{else}}plain{{end}}';

let world: RegistrationWorld;
let asked: PromiseWithResolvers<Uint8Array>[];

const open = (clock = createFakeClock(), registry = createRecordingRegistry()): RegistrationWorld => {
  asked = [];
  const get = async () => {
    const answer = Promise.withResolvers<Uint8Array>();
    asked.push(answer);
    return await answer.promise;
  };
  const documents = createDocuments({ clock, get });
  const options = { tags: createTagsTemplate(TEMPLATE, documents.get), heartbeatMs: 3_600_000, isTtlGiven: true };
  return createRegistrationWorld(options, { clock, registry, documents });
};

const answer = async (text: string): Promise<readonly string[]> => {
  asked.at(-1)?.resolve(new TextEncoder().encode(text));
  await settle();
  return await writes(0);
};

const tagsOf = async (id: string) => (await world.registry.services(new AbortController().signal)).get(id)?.tags;

/** Of the calls of the registry those that write. */
const writes = async (ms: number) => (await world.after(ms)).filter((call) => call.startsWith('register'));

beforeEach(() => {
  world = open();
});

afterEach(async () => {
  await world.stop();
});

describe('createRegistration, a template that reads a document', () => {
  it('holds up the container that asks for it, and no other', async () => {
    world.source.run(api, web);
    await world.start();
    expect(await writes(0)).toEqual(['register node-a:api:80']);
    expect(world.controller.status().notes).toEqual([
      { kind: 'skipped', container: 'web.1', text: `waits for ${URL}, which --tags asks for` },
    ]);
    expect(await answer('blue,green')).toEqual([`register ${WEB}`]);
    expect([await tagsOf(WEB), asked.length]).toEqual([['blue', 'green'], 1]);
  });

  it('leaves what is registered as it is while it waits, and keeps it alive', async () => {
    world.source.run(web);
    await world.start();
    await answer('blue');
    await world.stop();
    const { clock, registry } = world;
    world = open(clock, registry);
    world.source.run(web);
    await world.start();
    await world.after(5_000);
    expect(await tagsOf(WEB)).toEqual(['blue']);
    expect(world.controller.status().services).toMatchObject([{ id: WEB, container: 'web.1', check: 'running' }]);
    expect(await answer('blue')).toEqual([]);
  });

  it('goes without its tags when it fails, and asks again at a resync', async () => {
    world.source.run(web);
    await world.start();
    asked[0]?.reject(new Error('connection refused'));
    await settle();
    expect(await writes(0)).toEqual([`register ${WEB}`]);
    expect(await tagsOf(WEB)).toEqual([]);
    expect(world.controller.status().notes).toMatchObject([
      { kind: 'warning', container: 'web.1', text: expect.stringContaining('connection refused') },
    ]);
    await world.after(30_000);
    expect(asked).toHaveLength(2);
    expect(await answer('blue')).toEqual([`register ${WEB}`]);
    expect([await tagsOf(WEB), world.controller.status().notes]).toEqual([['blue'], []]);
  });

  it('fails when the answer takes longer than 10 s', async () => {
    world.source.run(web);
    await world.start();
    expect(await writes(9_999)).toEqual([]);
    expect(await writes(1)).toEqual([`register ${WEB}`]);
  });
});
