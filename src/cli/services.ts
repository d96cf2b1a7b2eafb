import type { ServicesReport } from '../app.ts';
import { askAdmin } from './admin-client.ts';
import { type CliIo, EXIT } from './io.ts';
import { successful } from './status.ts';
import { table } from './table.ts';

/** `portolan services`: what can be reached from this host, and how. */
export async function services(
  socketPath: string,
  { isJson }: { readonly isJson: boolean },
  io: CliIo,
): Promise<number> {
  const answer = successful(await askAdmin(socketPath, '/api/v1/services'));
  const report = JSON.parse(answer.text) as ServicesReport;
  io.stdout(isJson ? `${JSON.stringify(report, undefined, 2)}\n` : servicesText(report));
  return EXIT.ok;
}

function servicesText(report: ServicesReport): string {
  if (report.length === 0) return 'no services yet\n';
  const lines = report.flatMap(({ name, url, refusal, instances }) => {
    const serving = instances.filter(({ isIn }) => isIn).length;
    const place = url ?? `not routed: ${refusal}`;
    const rows = instances.map(({ id, node, address, port, isIn, reason }) => [
      `${address}:${port}`,
      isIn ? 'in' : 'out',
      id.startsWith(`${node}:`) ? id : `${node}:${id}`,
      reason ?? '',
    ]);
    return [`${name}  ${place}  ${serving} of ${instances.length} instances`, ...table(rows)];
  });
  return `${lines.join('\n')}\n`;
}
