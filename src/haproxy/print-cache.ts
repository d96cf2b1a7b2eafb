import type { RoutedService } from '../domain/routing.ts';

/** The lines of one service. */
export interface PrintedService {
  /** Its backend without servers. */
  readonly head: string;
  readonly servers: string;
  /** In the map of host names. */
  readonly hosts: string;
}

/** Gives what was printed of the same object with the same pace of checks, or prints it. */
export type PrintCache = (
  service: RoutedService,
  checkIntervalMs: number | undefined,
  print: () => PrintedService,
) => PrintedService;

export function createPrintCache(): PrintCache {
  let printed = new WeakMap<RoutedService, PrintedService>();
  let pace: number | undefined;
  return (service, checkIntervalMs, print) => {
    // The pace follows the number of all instances, and is in each line.
    if (checkIntervalMs !== pace) printed = new WeakMap();
    pace = checkIntervalMs;
    const known = printed.get(service) ?? print();
    printed.set(service, known);
    return known;
  };
}
