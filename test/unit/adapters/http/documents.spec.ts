import { beforeEach, describe, expect, it } from 'vitest';
import { createDocuments } from '../../../../src/adapters/http/documents.ts';
import type { Documents } from '../../../../src/registration/contracts.ts';
import { createFakeClock, type FakeClock, settle } from '../../../support/fake-clock.ts';

let clock: FakeClock;
let documents: Documents;
let asked: Map<string, PromiseWithResolvers<Uint8Array>>;
let woken: string[];
const ending = new AbortController();
const asking = { wake: (reason: string) => woken.push(reason), signal: ending.signal };
const A = 'http://192.0.2.1/a';
const B = 'http://192.0.2.1/b';

beforeEach(() => {
  clock = createFakeClock();
  asked = new Map();
  woken = [];
  const get = async (url: string) => {
    const answer = Promise.withResolvers<Uint8Array>();
    asked.set(url, answer);
    return await answer.promise;
  };
  documents = createDocuments({ clock, get });
});

const body = new Uint8Array([1]);

async function answer(url: string, error?: Error): Promise<void> {
  const pending = asked.get(url);
  asked.delete(url);
  if (error === undefined) pending?.resolve(body);
  else pending?.reject(error);
  await settle();
}

describe('createDocuments', () => {
  it('asks once for what is wanted, and wakes when the answer is there', async () => {
    documents.want(new Set([A]), asking);
    documents.want(new Set([A]), asking);
    expect([documents.get(A), [...asked.keys()]]).toEqual([undefined, [A]]);
    await answer(A);
    expect([documents.get(A), woken]).toEqual([{ kind: 'known', body }, [`the answer of ${A}`]]);
    documents.want(new Set([A]), asking);
    documents.retry(asking);
    expect(asked.size).toBe(0);
  });

  it('forgets what is wanted no more, also when its answer comes late', async () => {
    documents.want(new Set([A, B]), asking);
    await answer(A);
    documents.want(new Set(), asking);
    await answer(B);
    expect([documents.get(A), documents.get(B), woken]).toEqual([undefined, undefined, [`the answer of ${A}`]]);
  });

  it('knows why there is none, until it is asked for again and answered', async () => {
    documents.want(new Set([A]), asking);
    await answer(A, new Error('refused'));
    documents.want(new Set([A]), asking);
    expect([documents.get(A), asked.size]).toEqual([{ kind: 'failed', reason: 'refused' }, 0]);
    documents.retry(asking);
    expect([documents.get(A)?.kind, asked.size]).toEqual(['failed', 1]);
    await answer(A);
    expect(documents.get(A)?.kind).toBe('known');
  });

  it('F51: gives up after 10 s', async () => {
    documents.want(new Set([A]), asking);
    await clock.advance(9_999);
    expect(documents.get(A)).toBeUndefined();
    await clock.advance(1);
    expect(documents.get(A)).toEqual({ kind: 'failed', reason: 'the answer: nothing within 10000 ms' });
  });

  it('asks for 64 at a time', async () => {
    const urls = Array.from({ length: 70 }, (_, i) => `${A}${i}`);
    documents.want(new Set(urls), asking);
    expect(asked.size).toBe(64);
    await answer(`${A}0`);
    expect(asked.size).toBe(64);
    expect(asked.has(`${A}64`)).toBe(true);
  });
});
