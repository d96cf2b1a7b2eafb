import { PortolanError } from '../lib/errors.ts';
import { askAdmin } from './admin-client.ts';
import { type CliIo, EXIT } from './io.ts';

/** `portolan healthcheck`: whether the running daemon is ready, for Docker's HEALTHCHECK and for scripts. */
export async function healthcheck(socketPath: string, io: CliIo): Promise<number> {
  try {
    const { status, text } = await askAdmin(socketPath, '/readyz?verbose');
    io.stdout(text);
    return status === 200 ? EXIT.ok : EXIT.failure;
  } catch (error) {
    if (!(error instanceof PortolanError)) throw error;
    // Docker knows only 0 and 1.
    io.stderr(`portolan: ${error.message}\n`);
    return EXIT.failure;
  }
}
