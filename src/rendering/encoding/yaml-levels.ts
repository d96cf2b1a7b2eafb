import { createSource, refuse, type YamlSource } from './yaml-source.ts';
import { token, type YamlToken } from './yaml-token.ts';

/** Where a key may have begun that is known for one only when its colon comes. */
interface KeyStart {
  isPossible: boolean;
  /** Nothing else can stand there. */
  readonly isRequired: boolean;
  /** Whether its token is held back until it is known. */
  isAwaited: boolean;
  readonly tokenNumber: number;
  readonly position: number;
  readonly line: number;
  readonly column: number;
}

export interface YamlScanner {
  readonly source: YamlSource;
  /** Tokens that were scanned and not taken. */
  readonly queue: YamlToken[];
  takenCount: number;
  isReady: boolean;
  flowLevel: number;
  indent: number;
  readonly indents: number[];
  /** One for each level of `[` and `{`, and one outside. */
  readonly keyStarts: KeyStart[];
  canBeginKey: boolean;
}

/** How deep a document may be. */
export const MAX_DEPTH = 10_000;
const MAX_KEY_CHARS = 1024;

export function createScanner(text: string): YamlScanner {
  const source = createSource(text);
  const outside = {
    isPossible: false,
    isRequired: false,
    isAwaited: false,
    tokenNumber: 0,
    position: 0,
    line: 0,
    column: 0,
  };
  return {
    ...{ source, queue: [], takenCount: 0, isReady: false, flowLevel: 0 },
    ...{ indent: -1, indents: [], keyStarts: [outside], canBeginKey: true },
  };
}

/** A level deeper, if the column is. `at` is where in the queue it begins, the end when not given. */
export function roll(scanner: YamlScanner, column: number, begin: YamlToken, at = scanner.queue.length): void {
  if (scanner.flowLevel > 0 || scanner.indent >= column) return;
  scanner.indents.push(scanner.indent);
  scanner.indent = column;
  if (scanner.indents.length > MAX_DEPTH) refuse(scanner.source, `exceeded max depth of ${MAX_DEPTH}`);
  insertToken(scanner.queue, at, begin);
}

/** What would come before tokens that are taken comes last. */
export function insertToken(queue: YamlToken[], at: number, inserted: YamlToken): void {
  queue.splice(at < 0 ? queue.length : at, 0, inserted);
}

/** Ends the levels that are deeper than a column. */
export function unroll(scanner: YamlScanner, column: number): void {
  if (scanner.flowLevel > 0) return;
  while (scanner.indent > column) {
    scanner.queue.push(token('block-end', scanner.source.line));
    scanner.indent = scanner.indents.pop() ?? -1;
  }
}

export function keyStartHere(scanner: YamlScanner): KeyStart {
  const { source, flowLevel, indent, takenCount, queue } = scanner;
  const { position, line, column } = source;
  const isRequired = flowLevel === 0 && indent === column;
  return {
    isPossible: true,
    isRequired,
    isAwaited: true,
    tokenNumber: takenCount + queue.length,
    position,
    line,
    column,
  };
}

export function saveKeyStart(scanner: YamlScanner): void {
  if (!scanner.canBeginKey) return;
  const start = keyStartHere(scanner);
  dropKeyStart(scanner);
  scanner.keyStarts[scanner.keyStarts.length - 1] = start;
}

export function dropKeyStart(scanner: YamlScanner): void {
  const start = scanner.keyStarts.at(-1);
  if (start === undefined || !start.isPossible) return;
  if (start.isRequired) refuse(scanner.source, "could not find expected ':'");
  start.isPossible = false;
  start.isAwaited = false;
}

/** A key is on one line, and not too long. */
export function isStillPossible({ source }: YamlScanner, start: KeyStart): boolean {
  if (!start.isPossible) return false;
  if (start.line >= source.line && start.position + MAX_KEY_CHARS >= source.position) return true;
  if (start.isRequired) refuse(source, "could not find expected ':'");
  start.isPossible = false;
  return false;
}
