import { bytesOf, quote } from '../../template/index.ts';

/** What is left to read, byte by byte: that is how Go shows a character that is out of place. */
interface Reader {
  readonly bytes: Uint8Array;
  position: number;
}

/** What stops the reading: a message. */
class SyntaxFault {
  readonly message: string;

  constructor(message: string) {
    this.message = message;
  }
}

/** What Go says of a text that is no JSON. Source: Go 1.26, `encoding/json`, `scanner.go`. */
export function syntaxErrorOf(text: string): string {
  const reader: Reader = { bytes: bytesOf(text), position: 0 };
  try {
    readValue(reader);
    skipBlanks(reader);
    return peek(reader) === '' ? 'unexpected end of JSON input' : shown(peek(reader), 'after top-level value');
  } catch (fault) {
    if (fault instanceof SyntaxFault) return fault.message;
    if (fault instanceof RangeError) return shown(String.fromCharCode(reader.bytes[0] ?? 0), 'exceeded max depth');
    throw fault;
  }
}

function readValue(reader: Reader): void {
  skipBlanks(reader);
  const char = peek(reader);
  if (char === '{') readObject(reader);
  else if (char === '[') readArray(reader);
  else if (char === '"') readString(reader);
  else if (/^[-0-9]$/.test(char)) readNumber(reader);
  else if (char === 't') readLiteral(reader, 'true');
  else if (char === 'f') readLiteral(reader, 'false');
  else if (char === 'n') readLiteral(reader, 'null');
  else refuse(reader, 'looking for beginning of value');
}

function readObject(reader: Reader): void {
  reader.position++;
  skipBlanks(reader);
  if (take(reader, '}')) return;
  do {
    skipBlanks(reader);
    if (peek(reader) !== '"') refuse(reader, 'looking for beginning of object key string');
    readString(reader);
    skipBlanks(reader);
    if (!take(reader, ':')) refuse(reader, 'after object key');
    readValue(reader);
    skipBlanks(reader);
  } while (take(reader, ','));
  if (!take(reader, '}')) refuse(reader, 'after object key:value pair');
}

function readArray(reader: Reader): void {
  reader.position++;
  skipBlanks(reader);
  if (take(reader, ']')) return;
  do {
    readValue(reader);
    skipBlanks(reader);
  } while (take(reader, ','));
  if (!take(reader, ']')) refuse(reader, 'after array element');
}

function readString(reader: Reader): void {
  reader.position++;
  while (!take(reader, '"')) {
    const char = peek(reader);
    if (char === '' || char < ' ') refuse(reader, 'in string literal');
    reader.position++;
    if (char === '\\') readEscape(reader);
  }
}

function readEscape(reader: Reader): void {
  if (take(reader, 'u')) {
    for (let i = 0; i < 4; i++) expect(reader, /^[0-9a-fA-F]$/, 'in \\u hexadecimal character escape');
  } else expect(reader, /^["\\/bfnrt]$/, 'in string escape code');
}

function readNumber(reader: Reader): void {
  take(reader, '-');
  if (!take(reader, '0')) {
    expect(reader, /^[1-9]$/, 'in numeric literal');
    skip(reader, /^[0-9]$/);
  }
  if (take(reader, '.')) {
    expect(reader, /^[0-9]$/, 'after decimal point in numeric literal');
    skip(reader, /^[0-9]$/);
  }
  if (take(reader, 'e') || take(reader, 'E')) {
    if (!take(reader, '+')) take(reader, '-');
    expect(reader, /^[0-9]$/, 'in exponent of numeric literal');
    skip(reader, /^[0-9]$/);
  }
}

function readLiteral(reader: Reader, word: string): void {
  reader.position++;
  for (const letter of word.slice(1)) {
    expect(reader, new RegExp(`^${letter}$`), `in literal ${word} (expecting '${letter}')`);
  }
}

/** The next byte as a character, nothing at the end. */
function peek({ bytes, position }: Reader): string {
  const byte = bytes[position];
  return byte === undefined ? '' : String.fromCharCode(byte);
}

function take(reader: Reader, char: string): boolean {
  if (peek(reader) !== char) return false;
  reader.position++;
  return true;
}

function expect(reader: Reader, allowed: RegExp, context: string): void {
  const char = peek(reader);
  // Go tries a blank at the end, which is fine elsewhere but not within a word, a number or an escape.
  if (!allowed.test(char)) throw new SyntaxFault(shown(char === '' ? ' ' : char, context));
  reader.position++;
}

function skip(reader: Reader, what: RegExp): void {
  while (what.test(peek(reader))) reader.position++;
}

function skipBlanks(reader: Reader): void {
  skip(reader, /^[ \t\r\n]$/);
}

function refuse(reader: Reader, context: string): never {
  const char = peek(reader);
  // At the end Go reads a blank, which is wrong within a word, a number and an escape only.
  const isWithin = /^in literal|numeric literal$|escape/.test(context);
  throw new SyntaxFault(char !== '' || isWithin ? shown(char || ' ', context) : 'unexpected end of JSON input');
}

function shown(char: string, context: string): string {
  const name = char === "'" ? String.raw`'\''` : char === '"' ? `'"'` : `'${quote(char).slice(1, -1)}'`;
  return `invalid character ${name} ${context}`;
}
