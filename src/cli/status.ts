import type { StatusReport } from '../app.ts';
import { PortolanError } from '../lib/errors.ts';
import { type AdminAnswer, askAdmin } from './admin-client.ts';
import { type CliIo, EXIT } from './io.ts';
import { table } from './table.ts';

/** `portolan status`: what the running daemon does. */
export async function status(socketPath: string, { isJson }: { readonly isJson: boolean }, io: CliIo): Promise<number> {
  const answer = successful(await askAdmin(socketPath, '/api/v1/status'));
  const report = JSON.parse(answer.text) as StatusReport;
  io.stdout(isJson ? `${JSON.stringify(report, undefined, 2)}\n` : statusText(report));
  return EXIT.ok;
}

/** Throws `ADMIN_REFUSED` for an answer that is not a success. */
export function successful(answer: AdminAnswer): AdminAnswer {
  if (answer.status === 200) return answer;
  throw new PortolanError('ADMIN_REFUSED', `Portolan answered ${answer.status}: ${answer.text.trim()}`);
}

function statusText({ version, uptimeS, registry, registration, routing }: StatusReport): string {
  const lines = [`portolan ${version}, up ${uptimeS} s, ${registry}`];
  if (registration !== undefined) {
    const { isReady, error, hostname, hostAddress, hostAddressRule, containers, services, notes } = registration;
    lines.push('', `registration: ${stateText(isReady, error)}`);
    if (hostname !== undefined) lines.push(`  host ${hostname}, address ${hostAddress ?? 'none'} (${hostAddressRule})`);
    lines.push(`  ${containers} containers, ${services.length} services registered`);
    lines.push(
      ...table(
        services.map((service) => [
          service.name,
          `${service.address}:${service.port}`,
          service.check ?? '',
          service.id,
        ]),
      ),
    );
    lines.push(...notes.map(({ kind, container, text }) => `  ${kind}: container ${container}: ${text}`));
  }
  if (routing !== undefined) {
    const { isReady, error, outage, haproxyVersion, reloads, binds, services, held } = routing;
    lines.push('', `routing: ${stateText(isReady, error)}`);
    lines.push(
      `  HAProxy ${haproxyVersion ?? 'does not run'}, ${reloads} reloads, listens on ${binds.join(', ') || 'nothing yet'}`,
    );
    if (outage !== undefined) lines.push(`  the catalog cannot be read: ${outage}`);
    if (held > 0) lines.push(`  ${held} instances are missing after an outage and kept for now`);
    lines.push(`  ${services.length} services; see portolan services`);
  }
  return `${lines.join('\n')}\n`;
}

function stateText(isReady: boolean, error: string | undefined): string {
  if (error === undefined) return isReady ? 'ready' : 'on its way';
  return `${isReady ? 'ready, but' : 'not ready:'} ${error}`;
}
