import * as z from 'zod';
import { errorMessage, PortolanError } from '../../lib/errors.ts';

/** What `parse` makes of an answer. Throws `RESPONSE_INVALID` when it throws: then this is not Consul, or not all of it. */
export function parseAnswer<T>(path: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    const details = { cause: error, hint: 'Is that address really a Consul agent?' };
    throw new PortolanError(
      'RESPONSE_INVALID',
      `Consul's answer to ${path} is not what it should be: ${error instanceof z.ZodError ? firstIssue(error) : errorMessage(error)}`,
      details,
    );
  }
}

/** One line, however many entries are wrong. */
function firstIssue({ issues }: z.ZodError): string {
  const [first] = issues;
  const more = issues.length > 1 ? `, and ${issues.length - 1} more` : '';
  const place = first === undefined || first.path.length === 0 ? '' : ` at ${first.path.join('.')}`;
  return `${first?.message ?? 'invalid'}${place}${more}`;
}
