import type { ServicesReport } from '../app.ts';
import { askAdmin } from './admin-client.ts';
import { type CliIo, EXIT } from './io.ts';
import { brief, counted, printable } from './printable.ts';
import { parseReport } from './status.ts';
import { table } from './table.ts';

/** `portolan services`: what can be reached from this host, and how. */
export async function services(
  socketPath: string,
  { isJson }: { readonly isJson: boolean },
  io: CliIo,
): Promise<number> {
  const report = parseReport(await askAdmin(socketPath, '/api/v1/services')) as ServicesReport;
  io.stdout(isJson ? `${JSON.stringify(report, undefined, 2)}\n` : printable(servicesLines(report)));
  return EXIT.ok;
}

function servicesLines(report: ServicesReport): readonly string[] {
  if (report.length === 0) return ['no services yet'];
  return report.flatMap(({ name, url, refusal, warnings = [], instances }) => {
    const serving = instances.filter(({ isIn }) => isIn).length;
    const place = url ?? `not routed: ${refusal}`;
    const rows = instances.map(({ id, node, address, port, isIn, reason, kept }) => [
      brief(`${address}:${port}`),
      isIn ? 'in' : 'out',
      brief(id.startsWith(`${node}:`) ? id : `${node}:${id}`),
      [reason, kept && `kept: ${kept}`].filter(Boolean).join('; '),
    ]);
    return [
      `${brief(name)}  ${place}  ${serving} of ${counted(instances.length, 'instance')}`,
      ...warnings.map((warning) => `  warning: ${warning}`),
      ...table(rows),
    ];
  });
}
