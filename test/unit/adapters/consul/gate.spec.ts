import { describe, expect, it } from 'vitest';
import { createGate } from '../../../../src/adapters/consul/gate.ts';
import { settle } from '../../../support/fake-clock.ts';

/** Tasks that say when they begin, and end when they are told. */
function createTasks() {
  const begun: string[] = [];
  const ends = new Map<string, PromiseWithResolvers<string>>();
  const task = (name: string) => async (): Promise<string> => {
    begun.push(name);
    const end = Promise.withResolvers<string>();
    ends.set(name, end);
    return await end.promise;
  };
  return { begun, task, end: (name: string) => ends.get(name) };
}

describe('createGate', () => {
  it('lets so many run at a time, the others in their order, urgent ones first', async () => {
    const { begun, task, end } = createTasks();
    const gate = createGate(2);
    const results = ['a', 'b', 'c', 'd'].map((name) => gate(task(name), false));
    results.push(gate(task('urgent'), true));
    await settle();
    expect(begun).toEqual(['a', 'b']);
    for (const name of ['b', 'a', 'urgent', 'c', 'd']) {
      end(name)?.resolve(`${name} is done`);
      await settle();
    }
    expect(begun).toEqual(['a', 'b', 'urgent', 'c', 'd']);
    expect(await Promise.all(results)).toEqual(['a', 'b', 'c', 'd', 'urgent'].map((name) => `${name} is done`));
  });

  it('goes on after a task that failed', async () => {
    const { begun, task, end } = createTasks();
    const gate = createGate(1);
    const [first, second] = [gate(task('first'), false), gate(task('second'), false)];
    await settle();
    end('first')?.reject(new Error('no'));
    await expect(first).rejects.toThrow('no');
    await settle();
    end('second')?.resolve('done');
    expect([await second, begun]).toEqual(['done', ['first', 'second']]);
  });

  it('has all its room again when nothing runs', async () => {
    const { begun, task, end } = createTasks();
    const gate = createGate(1);
    for (const name of ['a', 'b', 'c']) {
      const result = gate(task(name), false);
      await settle();
      end(name)?.resolve(name);
      expect(await result).toBe(name);
    }
    expect(begun).toEqual(['a', 'b', 'c']);
  });
});
