import { freePorts } from '../../scripts/demo/ports.ts';

let next = Promise.resolve(21_000 + (process.pid % 500) * 10);

/** The first of `count` ports in a row that nobody uses now, below those that the kernel gives out by itself. */
export async function takePorts(count: number): Promise<number> {
  // One after another, so that tests that run together never get the same ones.
  const taken = next.then((from) => freePorts(from, count));
  next = taken.then((first) => first + count);
  return await taken;
}
