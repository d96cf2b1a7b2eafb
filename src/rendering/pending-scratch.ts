import type { Value } from '../template/index.ts';
import type { Scratch } from './functions/scratch.ts';

/** A store that calls `check` before it is read. */
export function createCheckedScratch(check: () => void): Scratch {
  return new CheckedMap(check);
}

class CheckedMap extends Map<string, Value> {
  readonly #check: () => void;

  constructor(check: () => void) {
    super();
    this.#check = check;
  }

  override get(key: string): Value {
    this.#check();
    return super.get(key);
  }

  override has(key: string): boolean {
    this.#check();
    return super.has(key);
  }
}
