/**
 * What went wrong, as a word that programs may compare. Never renamed once released.
 * `docs/errors.md` explains each one to its reader.
 */
export type ErrorCode =
  | 'ADDRESS_IN_USE'
  | 'ADMIN_REFUSED'
  | 'ADMIN_UNREACHABLE'
  | 'APPLY_INCOMPLETE'
  | 'BIND_REFUSED'
  | 'COMMAND_FAILED'
  | 'CONFIG_INVALID'
  | 'CONSUL_REFUSED'
  | 'CONSUL_UNREACHABLE'
  | 'DOCKER_HOST_INVALID'
  | 'DOCKER_REFUSED'
  | 'DOCKER_UNREACHABLE'
  | 'FILE_UNREADABLE'
  | 'FILE_UNWRITABLE'
  | 'HAPROXY_CONFIG_REFUSED'
  | 'HAPROXY_FAILED'
  | 'HAPROXY_MISSING'
  | 'HAPROXY_UNREACHABLE'
  | 'HOST_ADDRESS_UNKNOWN'
  | 'RESPONSE_INVALID'
  | 'RETRIES_EXHAUSTED'
  | 'SCRIPT_CHECKS_REFUSED'
  | 'STATE_INVALID'
  | 'TEMPLATE_FAILED'
  | 'TIMED_OUT';

interface ErrorDetails {
  /** What the reader can do about it: one sentence, imperative. */
  readonly hint?: string;
  readonly cause?: unknown;
}

/**
 * An error that is worth a reader's time: the message says what failed with which values, the hint says what to do.
 * It may go away by itself, so whoever meets it in a loop tries again.
 */
export class PortolanError extends Error {
  readonly code: ErrorCode;
  readonly hint: string | undefined;

  constructor(code: ErrorCode, message: string, { hint, cause }: ErrorDetails = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'PortolanError';
    this.code = code;
    this.hint = hint;
  }
}

/** An error that no repetition can mend: wrong usage, an unreadable certificate. Ends the process. */
export class TerminalError extends PortolanError {
  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(code, message, details);
    this.name = 'TerminalError';
  }
}

/** The message of anything that was thrown, on one line. */
export function errorMessage(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') {
    return error.errors.map(errorMessage).join('; ');
  }
  const text = error instanceof Error ? error.message : String(error);
  return text.replaceAll(/\s*\n\s*/g, '; ').trim();
}

/** Node's name of a system error (`ECONNREFUSED`, `ENOENT`, …), if it is one. */
export function systemErrorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
