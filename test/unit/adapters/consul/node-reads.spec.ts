import { beforeEach, describe, expect, it } from 'vitest';
import { createNodeReads, type NodeReads } from '../../../../src/adapters/consul/node-reads.ts';
import { settle } from '../../../support/fake-clock.ts';
import { createHandDrivenClient, type HandDrivenClient } from '../../../support/hand-driven-client.ts';

const signal = new AbortController().signal;

let client: HandDrivenClient;
let reads: NodeReads;
let changed: string[];

beforeEach(() => {
  client = createHandDrivenClient();
  reads = createNodeReads(client);
  changed = [];
});

interface Circumstances {
  readonly services?: number;
  /** Of the nodes themselves; 1 where it is not said. */
  readonly indexes?: Readonly<Record<string, number>>;
}

type Nodes = Readonly<Record<string, string>>;

/** Reads these nodes, whose answers are texts as they come; whether it did. */
async function read(nodes: Nodes, { services = 9, indexes = {} }: Circumstances = {}): Promise<boolean> {
  const onChanged = (names: readonly string[]) => void changed.push(...names);
  const reading = reads.read({ services, consistency: 'consistent', onChanged }, signal);
  await settle();
  const listed = Object.keys(nodes).map((Node) => ({ Node, ModifyIndex: indexes[Node] ?? 1 }));
  client.take()[0]?.answer(listed);
  await settle();
  for (const request of client.take()) request.answer(Buffer.from(nodes[request.params?.['name'] ?? ''] ?? ''));
  return await reading;
}

const answer = (index: number): string => `{"Services": {"web-1": {"Service": "web", "ModifyIndex": ${index}}}}`;

describe('reading what each node has', () => {
  it('names what is other than the last time, and what was on a node that is gone', async () => {
    await read({ a: answer(1), b: answer(1) });
    expect(changed).toEqual([]);
    await read({ a: answer(2), b: answer(1) });
    expect(changed).toEqual(['web']);
    await read({ b: answer(1) });
    expect(changed).toEqual(['web', 'web']);
  });

  it('names what is on a node of another index though its answer is the same', async () => {
    await read({ a: answer(1) });
    await read({ a: answer(1) }, { indexes: { a: 2 } });
    expect(changed).toEqual(['web']);
  });

  it('does not look into an answer that is the same again, but into one that was no good', async () => {
    await read({ a: answer(1) });
    await expect(read({ a: 'no JSON' })).rejects.toMatchObject({ code: 'RESPONSE_INVALID' });
    await expect(read({ a: 'no JSON' })).rejects.toMatchObject({ code: 'RESPONSE_INVALID' });
    await read({ a: answer(2) });
    await read({ a: answer(2) });
    expect(changed).toEqual(['web']);
  });

  it('begins anew after it has forgotten', async () => {
    await read({ a: answer(1) });
    reads.forget();
    await read({ a: answer(1) });
    await read({ a: answer(2) });
    expect(changed).toEqual(['web']);
  });

  it.each<{ reason: string; nodes: Nodes; services: number }>([
    { reason: 'there are more of them than services', nodes: { a: answer(1), b: answer(1) }, services: 1 },
    { reason: 'one cannot be asked about', nodes: { '..': answer(1) }, services: 9 },
    { reason: 'we may not see them', nodes: {}, services: 9 },
  ])('does not where $reason', async ({ nodes, services }) => {
    expect([await read({ a: answer(1) }), await read(nodes, { services })]).toEqual([true, false]);
  });
});
