import { freePorts } from '../../scripts/demo/ports.ts';

let next = Promise.resolve(21_000 + (process.pid % 500) * 10);

/** The recorded answers of a Consul have its ports in them, so a replay needs the very same. */
const RESERVED = { from: 28_300, to: 28_600 };

/** The first of `count` ports in a row that nobody uses now, below those that the kernel gives out by itself. */
export async function takePorts(count: number): Promise<number> {
  // One after another, so that tests that run together never get the same ones.
  const taken = next.then((from) => freePorts(outsideReserved(from, count), count));
  next = taken.then((first) => first + count);
  return await taken;
}

function outsideReserved(from: number, count: number): number {
  return from + count > RESERVED.from && from < RESERVED.to ? RESERVED.to : from;
}
