/**
 * Tells what is new among facts that come again with each pass, so that each is said once.
 * A fact that was away for a pass is new when it comes back.
 */
export function createNovelty(): <T>(facts: ReadonlyMap<string, T>) => readonly T[] {
  let known: ReadonlySet<string> = new Set();
  return (facts) => {
    const fresh = [...facts].filter(([key]) => !known.has(key)).map(([, fact]) => fact);
    known = new Set(facts.keys());
    return fresh;
  };
}
