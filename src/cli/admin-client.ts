import { statSync } from 'node:fs';
import { request } from 'node:http';
import { geteuid, setgid, setgroups, setuid } from 'node:process';
import { errorMessage, PortolanError, systemErrorCode } from '../lib/errors.ts';

export interface AdminAnswer {
  readonly status: number;
  readonly text: string;
}

const DEADLINE_MS = 10_000;

/** Asks the running Portolan over its socket. Throws `ADMIN_UNREACHABLE` or `ADMIN_REFUSED`. */
export async function askAdmin(socketPath: string, path: string, method: 'GET' | 'POST' = 'GET'): Promise<AdminAnswer> {
  becomeOwnerOf(socketPath);
  const { promise, resolve, reject } = Promise.withResolvers<AdminAnswer>();
  const asking = request({ socketPath, path, method, timeout: DEADLINE_MS }, (response) => {
    let text = '';
    response.setEncoding('utf8');
    response.on('data', (chunk: string) => {
      text += chunk;
    });
    response.once('error', reject);
    response.once('end', () => resolve({ status: response.statusCode ?? 0, text }));
  });
  asking.once('timeout', () => asking.destroy(new Error(`no answer within ${DEADLINE_MS} ms`)));
  asking.once('error', reject);
  asking.end();
  try {
    return await promise;
  } catch (error) {
    throw toAdminError(socketPath, error);
  }
}

/** In a container without DAC_OVERRIDE root may not open the socket of the daemon's user; that user may. */
function becomeOwnerOf(socketPath: string): void {
  if (geteuid?.() !== 0) return;
  try {
    const { uid, gid } = statSync(socketPath);
    if (uid === 0) return;
    setgroups?.([]);
    setgid?.(gid);
    setuid?.(uid);
  } catch {
    // Without the right to change the user the attempt as root will tell.
  }
}

function toAdminError(socketPath: string, error: unknown): PortolanError {
  if (systemErrorCode(error) === 'EACCES') {
    return new PortolanError('ADMIN_REFUSED', `no permission to open ${socketPath}`, {
      hint: 'Run this as root or as the user that Portolan runs as.',
    });
  }
  return new PortolanError('ADMIN_UNREACHABLE', `no Portolan answers at ${socketPath}: ${errorMessage(error)}`, {
    hint: 'Is it running on this host? Its --run-dir must be the same as here.',
  });
}
