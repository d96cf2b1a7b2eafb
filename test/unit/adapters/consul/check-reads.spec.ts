import { beforeEach, describe, expect, it } from 'vitest';
import type { BellNews } from '../../../../src/adapters/consul/bells.ts';
import { type CheckReadsDeps, createCheckReads } from '../../../../src/adapters/consul/check-reads.ts';
import { settle } from '../../../support/fake-clock.ts';
import { asked, createHandDrivenClient, type HandDrivenClient } from '../../../support/hand-driven-client.ts';
import { aCheckResult, anInstance } from '../../../support/instances.ts';

const signal = new AbortController().signal;
const CHECK = { Node: 'node-a', CheckID: 'http', Status: 'passing', ServiceName: 'web', ModifyIndex: 1 };
const SERF = { Node: 'node-a', CheckID: 'serfHealth', Status: 'passing', ModifyIndex: 1 };
const OF_API = { ...CHECK, Node: 'node-b', ServiceName: 'api' };

const web = anInstance({ checks: [aCheckResult(), aCheckResult({ id: 'serfHealth', serviceName: '' })] });
const api = anInstance({
  ...{ service: 'api', id: 'api-1', node: 'node-b' },
  checks: [aCheckResult({ node: 'node-b', serviceName: 'api' })],
});

let client: HandDrivenClient;
let news: BellNews[];
let aside: string | undefined;

beforeEach(() => {
  client = createHandDrivenClient();
  news = [];
  aside = undefined;
});

function read(nodes: readonly string[] = ['node-a', 'node-b'], webs = [web]): Promise<void> {
  const services = new Map([
    ['web', webs],
    ['api', [api]],
  ]);
  const isAside = (name: string) => name === aside;
  const state = { isAside, names: () => [...services.keys()], nodes: () => new Set(nodes), services: () => services };
  const deps: CheckReadsDeps = { client, state, consistency: () => 'consistent', onNews: (one) => news.push(one) };
  return createCheckReads(deps).read(signal);
}

/** Answers one request after another. */
async function answer(...bodies: readonly unknown[]): Promise<readonly unknown[]> {
  const requests = [];
  for (const body of bodies) {
    await settle();
    const [request, none] = client.take();
    expect(none).toBeUndefined();
    request?.answer(body);
    requests.push(request && asked(request));
  }
  return requests;
}

const named = (): readonly string[] => news.flatMap(({ services, nodes }) => [...services, ...nodes]);

describe('createCheckReads', () => {
  it('reads the checks of one node after another', async () => {
    const reading = read();
    const path = { method: 'GET', path: '/health/node/{name}', query: { consistent: '' }, isRaw: true };
    expect(await answer([CHECK, SERF], [OF_API])).toEqual([
      { ...path, params: { name: 'node-a' } },
      { ...path, params: { name: 'node-b' } },
    ]);
    await reading;
    expect(named()).toEqual([]);
  });

  it.each<{ change: string; to: readonly unknown[]; names: readonly string[] }>([
    { change: 'a check that passes comes', to: [CHECK, SERF, { ...CHECK, CheckID: 'tcp' }], names: ['web'] },
    { change: 'a check goes', to: [SERF], names: ['web'] },
    { change: 'a check is described otherwise', to: [{ ...CHECK, ModifyIndex: 9 }, SERF], names: ['web'] },
    { change: 'a check of the node changes', to: [CHECK, { ...SERF, Status: 'critical' }], names: ['node-a'] },
  ])('names what is other than what is known: $change', async ({ to, names }) => {
    const reading = read();
    await answer(to, [OF_API]);
    await reading;
    expect(named()).toEqual(names);
  });

  it.each([
    { what: 'that one instance does not have yet', to: [CHECK, SERF], checks: web.checks.slice(0, 1) },
    { what: 'that one instance still has', to: [CHECK], checks: web.checks.slice(0, 1) },
    {
      what: 'that one instance has as it was',
      to: [CHECK, SERF],
      checks: web.checks.map((check) => ({ ...check, status: 'critical' as const })),
    },
  ])('names the node of a check of its own $what', async ({ to, checks }) => {
    for (const webs of [
      [web, { ...web, id: 'web-2', checks }],
      [{ ...web, id: 'web-2', checks }, web],
    ]) {
      const reading = read(['node-a'], webs);
      await answer(to);
      await reading;
      expect(named()).toContain('node-a');
      news.length = 0;
    }
  });

  it.each([
    { reason: 'there are more nodes than services', nodes: ['node-a', 'node-b', 'node-c'] },
    { reason: 'a node cannot be asked about', nodes: ['..'] },
    { reason: 'we may not see the nodes', nodes: [] },
  ])('reads all in one where $reason', async ({ nodes }) => {
    const reading = read(nodes);
    expect(await answer([CHECK, SERF])).toEqual([
      { method: 'GET', path: '/health/state/any', query: { consistent: '' } },
    ]);
    await reading;
    expect(named()).toEqual(['api']);
  });

  it('does not name a service that cannot be read', async () => {
    aside = 'web';
    const reading = read();
    await answer([{ ...CHECK, CheckID: 'other' }, SERF], []);
    await reading;
    expect(named()).toEqual(['api']);
  });

  it('fails for an answer that is none', async () => {
    const outcome = expect(read()).rejects.toMatchObject({ code: 'RESPONSE_INVALID' });
    await answer('text');
    await outcome;
  });
});
