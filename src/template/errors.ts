/** `PARSE`: the text is no template. `EXEC`: its evaluation failed. */
export type TemplateErrorCode = 'EXEC' | 'PARSE';

/** Where it happened. */
export interface TemplateErrorPlace {
  /** The template: as given to `parse` for `PARSE`, the one being evaluated (perhaps a `define`) for `EXEC`. */
  readonly name: string;
  /** From 1; `undefined` when there is no place, as with an empty template. */
  readonly line: number | undefined;
  /** UTF-16 units of the text before it: of the token at which parsing ended. Only of `PARSE`. */
  readonly position?: number | undefined;
  /** Bytes before it on its line. Only of `EXEC`. */
  readonly column?: number | undefined;
  /** The part of the template that failed, as text. Only of `EXEC`. */
  readonly context?: string | undefined;
}

/**
 * The only error that this module throws for a template and its data. `message` is Go's, word for word:
 * `template: NAME:LINE: reason` of `PARSE`, `template: NAME:LINE:COLUMN: executing "NAME" at <CONTEXT>: reason` of `EXEC`.
 */
export class TemplateError extends Error {
  readonly code: TemplateErrorCode;
  /** The message without its place. */
  readonly reason: string;
  readonly templateName: string;
  readonly line: number | undefined;
  readonly position: number | undefined;
  readonly column: number | undefined;
  readonly context: string | undefined;

  /** `cause` is what a function threw. */
  constructor(code: TemplateErrorCode, message: string, details: TemplateErrorPlace & ErrorDetails) {
    // Bytes that are no UTF-8 are of no use to who reads it.
    super(message.toWellFormed(), details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'TemplateError';
    this.code = code;
    this.reason = details.reason;
    this.templateName = details.name;
    this.line = details.line;
    this.position = details.position;
    this.column = details.column;
    this.context = details.context;
  }
}

interface ErrorDetails {
  readonly reason: string;
  readonly cause?: unknown;
}

/**
 * Thrown by a function whose data is not there yet. It is no error: it passes through an evaluation as it is, and whoever
 * called `execute` catches it, waits, and evaluates again.
 */
export class Suspend {
  /** What is waited for, for people: `health.service(web|passing)`. */
  readonly all: readonly string[];

  /** More than one comes from an evaluation that gathers. */
  constructor(...all: readonly string[]) {
    this.all = all;
  }

  get waitingFor(): string {
    return this.all.join(', ');
  }
}
