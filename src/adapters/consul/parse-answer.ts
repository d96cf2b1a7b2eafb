import { errorMessage, PortolanError } from '../../lib/errors.ts';

/** What `parse` makes of an answer. Throws `RESPONSE_INVALID` when it throws: then this is not Consul, or not all of it. */
export function parseAnswer<T>(path: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    const details = { cause: error, hint: 'Is that address really a Consul agent?' };
    throw new PortolanError(
      'RESPONSE_INVALID',
      `Consul's answer to ${path} is not what it should be: ${errorMessage(error)}`,
      details,
    );
  }
}
