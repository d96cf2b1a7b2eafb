/** Tries until `attempt` gives something else than `undefined` or `false`. Throws the last failure when time is over. */
export async function until<T>(
  what: string,
  attempt: () => Promise<T | undefined | false> | T | undefined | false,
  timeoutMs = 15_000,
): Promise<T> {
  const endMs = performance.now() + timeoutMs;
  let failure: unknown;
  for (;;) {
    try {
      const result = await attempt();
      if (result !== undefined && result !== false) return result;
      failure = undefined;
    } catch (error) {
      failure = error;
    }
    if (performance.now() > endMs) throw new Error(`${what}: not within ${timeoutMs} ms`, { cause: failure });
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
