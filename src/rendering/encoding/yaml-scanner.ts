import {
  dropKeyStart,
  insertToken,
  isStillPossible,
  keyStartHere,
  MAX_DEPTH,
  roll,
  saveKeyStart,
  unroll,
  type YamlScanner,
} from './yaml-levels.ts';
import { scanBlock } from './yaml-scan-block.ts';
import { scanPlain, scanQuoted } from './yaml-scan-flow.ts';
import { scanAnchor, scanDirective, scanTag } from './yaml-scan-tags.ts';
import {
  isAtDocumentMark,
  isBlankOrEnd,
  isBreak,
  isEnd,
  peek,
  readBreak,
  refuse,
  skip,
  skipComment,
  type YamlSource,
} from './yaml-source.ts';
import { token, type YamlToken, type YamlTokenKind } from './yaml-token.ts';

const FLOW_MARKS: Readonly<Record<string, YamlTokenKind>> = {
  ...{ '[': 'flow-sequence', '{': 'flow-mapping', ']': 'flow-sequence-end', '}': 'flow-mapping-end' },
};

/** The next token, which stays the next. Throws a `YamlFault`. Source: go-yaml v2.4, `scannerc.go`. */
export function nextToken(scanner: YamlScanner): YamlToken {
  while (!scanner.isReady) {
    const open = scanner.keyStarts.find(
      ({ isAwaited, tokenNumber }) => isAwaited && tokenNumber === scanner.takenCount,
    );
    if (scanner.queue.length > 0 && !(open !== undefined && isStillPossible(scanner, open))) scanner.isReady = true;
    else fetchToken(scanner);
  }
  return scanner.queue[0] ?? token('stream-end', scanner.source.line);
}

/** Takes the next token. */
export function takeToken(scanner: YamlScanner): YamlToken {
  const taken = nextToken(scanner);
  scanner.queue.shift();
  scanner.takenCount++;
  scanner.isReady = false;
  return taken;
}

function fetchToken(scanner: YamlScanner): void {
  const { source } = scanner;
  skipToToken(scanner);
  unroll(scanner, source.column);
  const char = peek(source);
  const isBare = isBlankOrEnd(peek(source, 1));
  const isInFlow = scanner.flowLevel > 0;
  if (isEnd(char)) fetchEnd(scanner);
  else if (source.column === 0 && char === '%') fetchDirective(scanner);
  else if (isAtDocumentMark(source)) fetchDocumentMark(scanner);
  else if (char === '[' || char === '{') fetchFlowStart(scanner, char);
  else if (char === ']' || char === '}') fetchFlowEnd(scanner, char);
  else if (char === ',') fetchMark(scanner, 'flow-entry', true);
  else if (char === '-' && isBare) fetchBlockEntry(scanner);
  else if (char === '?' && (isInFlow || isBare)) fetchKey(scanner);
  else if (char === ':' && (isInFlow || isBare)) fetchValue(scanner);
  else if (char === '*' || char === '&') fetchSimple(scanner, () => scanAnchor(source));
  else if (char === '!') fetchSimple(scanner, () => scanTag(source));
  else if ((char === '|' || char === '>') && !isInFlow) fetchBlock(scanner);
  else if (char === "'" || char === '"') fetchQuoted(scanner, char);
  else if (canBeginPlain(source, isInFlow)) fetchPlain(scanner);
  else refuse(source, 'found character that cannot start any token');
}

/** Over blanks, comments and line breaks. Tabs are no indentation. */
function skipToToken(scanner: YamlScanner): void {
  const { source } = scanner;
  for (;;) {
    if (source.column === 0 && peek(source) === '\ufeff') skip(source);
    while (peek(source) === ' ' || (peek(source) === '\t' && (scanner.flowLevel > 0 || !scanner.canBeginKey)))
      skip(source);
    skipComment(source);
    if (!isBreak(peek(source))) return;
    readBreak(source);
    if (scanner.flowLevel === 0) scanner.canBeginKey = true;
  }
}

function canBeginPlain(source: YamlSource, isInFlow: boolean): boolean {
  const [char, next] = [peek(source), peek(source, 1)];
  if (char === '-') return next !== ' ' && next !== '\t';
  if (char === '?' || char === ':') return !(isInFlow || isBlankOrEnd(next));
  return !isBlankOrEnd(char) && !/^[,[\]{}#&*!|>'"%@`]$/.test(char);
}

function fetchEnd(scanner: YamlScanner): void {
  const { source } = scanner;
  if (source.column !== 0) {
    source.column = 0;
    source.line++;
  }
  endLevels(scanner);
  scanner.queue.push(token('stream-end', source.line));
}

function fetchDirective(scanner: YamlScanner): void {
  endLevels(scanner);
  scanner.queue.push(scanDirective(scanner.source));
}

function fetchDocumentMark(scanner: YamlScanner): void {
  const { source } = scanner;
  endLevels(scanner);
  scanner.queue.push(token(peek(source) === '-' ? 'document-start' : 'document-end', source.line));
  skip(source, 3);
}

function endLevels(scanner: YamlScanner): void {
  unroll(scanner, -1);
  dropKeyStart(scanner);
  scanner.canBeginKey = false;
}

function fetchFlowStart(scanner: YamlScanner, mark: '[' | '{'): void {
  saveKeyStart(scanner);
  scanner.keyStarts.push({ ...keyStartHere(scanner), isPossible: false, isAwaited: false });
  scanner.flowLevel++;
  if (scanner.flowLevel > MAX_DEPTH) refuse(scanner.source, `exceeded max depth of ${MAX_DEPTH}`);
  pushMark(scanner, FLOW_MARKS[mark] ?? 'flow-sequence', true);
}

function fetchFlowEnd(scanner: YamlScanner, mark: ']' | '}'): void {
  dropKeyStart(scanner);
  if (scanner.flowLevel > 0) {
    scanner.flowLevel--;
    const inner = scanner.keyStarts.pop();
    // With nothing in between, this is the number of the opening mark: go-yaml then takes `[]` for no key.
    for (const start of scanner.keyStarts) if (start.tokenNumber === inner?.tokenNumber) start.isAwaited = false;
  }
  pushMark(scanner, FLOW_MARKS[mark] ?? 'flow-sequence-end', false);
}

function fetchBlockEntry(scanner: YamlScanner): void {
  if (scanner.flowLevel === 0) {
    if (!scanner.canBeginKey) refuse(scanner.source, 'block sequence entries are not allowed in this context');
    roll(scanner, scanner.source.column, token('block-sequence', scanner.source.line));
  }
  fetchMark(scanner, 'block-entry', true);
}

function fetchKey(scanner: YamlScanner): void {
  if (scanner.flowLevel === 0) {
    if (!scanner.canBeginKey) refuse(scanner.source, 'mapping keys are not allowed in this context');
    roll(scanner, scanner.source.column, token('block-mapping', scanner.source.line));
  }
  fetchMark(scanner, 'key', scanner.flowLevel === 0);
}

/** At a colon it shows that a key was one. */
function fetchValue(scanner: YamlScanner): void {
  const { source, queue, flowLevel } = scanner;
  const start = scanner.keyStarts.at(-1);
  if (start !== undefined && isStillPossible(scanner, start)) {
    const at = start.tokenNumber - scanner.takenCount;
    insertToken(queue, at, token('key', start.line));
    roll(scanner, start.column, token('block-mapping', start.line), at);
    start.isPossible = false;
    start.isAwaited = false;
    pushMark(scanner, 'value', false);
    return;
  }
  if (flowLevel === 0) {
    if (!scanner.canBeginKey) refuse(source, 'mapping values are not allowed in this context');
    roll(scanner, source.column, token('block-mapping', source.line));
  }
  pushMark(scanner, 'value', flowLevel === 0);
}

function fetchSimple(scanner: YamlScanner, scan: () => YamlToken): void {
  saveKeyStart(scanner);
  scanner.canBeginKey = false;
  scanner.queue.push(scan());
}

function fetchBlock(scanner: YamlScanner): void {
  const { source } = scanner;
  dropKeyStart(scanner);
  scanner.canBeginKey = true;
  const { line } = source;
  scanner.queue.push(token('scalar', line, { text: scanBlock(source, scanner.indent) }));
}

function fetchQuoted(scanner: YamlScanner, mark: '"' | "'"): void {
  const { line } = scanner.source;
  fetchSimple(scanner, () => token('scalar', line, { text: scanQuoted(scanner.source, mark) }));
}

function fetchPlain(scanner: YamlScanner): void {
  const { source, flowLevel, indent } = scanner;
  const { line } = source;
  let endedByBreak = false;
  fetchSimple(scanner, () => {
    const { text, hasBreak } = scanPlain(source, { indent: indent + 1, isInFlow: flowLevel > 0 });
    endedByBreak = hasBreak;
    return token('scalar', line, { text, isPlain: true });
  });
  if (endedByBreak) scanner.canBeginKey = true;
}

function fetchMark(scanner: YamlScanner, kind: YamlTokenKind, canBeginKey: boolean): void {
  dropKeyStart(scanner);
  pushMark(scanner, kind, canBeginKey);
}

function pushMark(scanner: YamlScanner, kind: YamlTokenKind, canBeginKey: boolean): void {
  scanner.canBeginKey = canBeginKey;
  scanner.queue.push(token(kind, scanner.source.line));
  skip(scanner.source);
}
