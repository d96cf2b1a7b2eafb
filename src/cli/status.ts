import type { StatusReport } from '../app.ts';
import { PortolanError } from '../lib/errors.ts';
import { type AdminAnswer, askAdmin } from './admin-client.ts';
import { type CliIo, EXIT } from './io.ts';
import { counted, printable } from './printable.ts';
import { table } from './table.ts';

/** `portolan status`: what the running daemon does. */
export async function status(socketPath: string, { isJson }: { readonly isJson: boolean }, io: CliIo): Promise<number> {
  const report = parseReport(await askAdmin(socketPath, '/api/v1/status')) as StatusReport;
  io.stdout(isJson ? `${JSON.stringify(report, undefined, 2)}\n` : printable(statusLines(report)));
  return EXIT.ok;
}

/** What the daemon of the same version answered. Throws `ADMIN_REFUSED` for an answer that is not a success. */
export function parseReport({ status: code, text }: AdminAnswer): unknown {
  try {
    if (code === 200) return JSON.parse(text);
  } catch {
    // Not one of ours.
  }
  throw new PortolanError('ADMIN_REFUSED', `Portolan answered ${code}: ${text.trim().slice(0, 500)}`);
}

function statusLines({ version, uptimeS, registry, registration, routing }: StatusReport): readonly string[] {
  const lines = [`portolan ${version}, up ${uptimeS} s, ${registry}`];
  if (registration !== undefined) {
    const { isReady, rival, error, hostname, hostAddress, hostAddressRule, containers, services, notes } = registration;
    lines.push('', `registration: ${stateText(isReady, error)}`);
    if (rival !== undefined) lines.push(`  passive: a newer Portolan on this host writes in its place (${rival})`);
    if (hostname !== undefined) lines.push(`  host ${hostname}, address ${hostAddress ?? 'none'} (${hostAddressRule})`);
    lines.push(`  ${counted(containers, 'container')}, ${counted(services.length, 'service')} registered`);
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
    const { isReady, error, outage, haproxyVersion, reloads, pendingReload, binds, services } = routing;
    lines.push('', `routing: ${stateText(isReady, error)}`);
    lines.push(
      `  HAProxy ${haproxyVersion ?? 'does not run'}, ${counted(reloads, 'reload')}, listens on ${binds.join(', ') || 'nothing yet'}`,
    );
    if (pendingReload !== undefined) lines.push(`  a reload waits for calm: ${pendingReload}`);
    if (outage !== undefined) lines.push(`  the catalog cannot be read: ${outage}`);
    lines.push(...catalogLines(routing));
    lines.push(`  ${counted(services.length, 'service')}; see portolan services`);
  }
  return lines;
}

/** What is special about the catalog that routes are made of. */
function catalogLines({ staleS, holds }: NonNullable<StatusReport['routing']>): readonly string[] {
  const age = staleS === undefined ? [] : [`  routes are made of what was known ${staleS} s ago`];
  const kept = holds.map(({ because, instances, services }) => {
    const names = services.length > 5 ? [...services.slice(0, 5), `${services.length - 5} more`] : services;
    return `  ${counted(instances, 'instance')} of ${names.join(', ')} kept though missing from the catalog: ${because}`;
  });
  return [...age, ...kept, ...(kept.length > 0 ? ['  portolan release lets them go'] : [])];
}

function stateText(isReady: boolean, error: string | undefined): string {
  if (error === undefined) return isReady ? 'ready' : 'on its way';
  return `${isReady ? 'ready, but' : 'not ready:'} ${error}`;
}
