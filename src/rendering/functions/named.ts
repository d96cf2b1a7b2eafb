/** What a function of consul-template throws begins with its name. Source: `errors.Wrap(err, name)`. */
export function named<T>(name: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw new Error(`${name}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}
