import { freePorts } from '../../scripts/demo/ports.ts';

let next = 21_000 + (process.pid % 500) * 10;

/** The first of `count` ports in a row that nobody uses now, below those that the kernel gives out by itself. */
export async function takePorts(count: number): Promise<number> {
  const first = await freePorts(next, count);
  next = first + count;
  return first;
}
