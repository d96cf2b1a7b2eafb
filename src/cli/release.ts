import type { ReleaseReport } from '../app.ts';
import { askAdmin } from './admin-client.ts';
import { type CliIo, EXIT } from './io.ts';
import { counted, printable } from './printable.ts';
import { parseReport } from './status.ts';

/**
 * `portolan release`: lets go the instances that are kept though the catalog lacks them, of some services or of all.
 * A service of which nothing is kept is a failure: its name may be a slip.
 */
export async function release(
  socketPath: string,
  { services, isJson }: { readonly services: readonly string[]; readonly isJson: boolean },
  io: CliIo,
): Promise<number> {
  const query = new URLSearchParams(services.map((service): [string, string] => ['service', service]));
  const path = `/api/v1/release${services.length === 0 ? '' : `?${query.toString()}`}`;
  const report = parseReport(await askAdmin(socketPath, path, 'POST')) as ReleaseReport;
  io.stdout(isJson ? `${JSON.stringify(report, undefined, 2)}\n` : printable(lines(report)));
  const released = new Set(report.released.flatMap(({ services: names }) => names));
  const missing = services.filter((service) => !released.has(service));
  if (missing.length === 0) return EXIT.ok;
  const kept = [...new Set(report.kept.flatMap(({ services: names }) => names))];
  const others = kept.length === 0 ? 'nothing else is kept either' : `kept are: ${kept.join(', ')}`;
  io.stderr(printable([`portolan: nothing of ${missing.join(', ')} was kept; ${others}`]));
  return EXIT.failure;
}

function lines({ released }: ReleaseReport): readonly string[] {
  if (released.length === 0) return ['nothing was kept'];
  return released.map(
    ({ instances, services, because }) =>
      `let go: ${counted(instances, 'instance')} of ${services.join(', ')} (kept because ${because})`,
  );
}
