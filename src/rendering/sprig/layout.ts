import { goFunction } from '../../template/index.ts';
import { fromByteText, slicedBytes, toByteText } from './byte-text.ts';

/** Cutting and wrapping; all of it counts bytes. Source: sprig v3.3.0, `strings.go`; Masterminds/goutils v1.1.1. */
export const layoutFunctions = {
  abbrev: goFunction('func(int, string) string', (width: number, text: string) =>
    width < 4 ? text : byBytes(text, (bytes) => abbreviated(bytes, 0, width)),
  ),
  abbrevboth: goFunction('func(int, int, string) string', (left: number, right: number, text: string) =>
    right < 4 || (left > 0 && right < 7) ? text : byBytes(text, (bytes) => abbreviated(bytes, left, right)),
  ),
  substr: goFunction('func(int, int, string) string', (start: number, end: number, text: string) =>
    byBytes(text, (bytes) => substring(bytes, start, end)),
  ),
  trunc: goFunction('func(int, string) string', (count: number, text: string) =>
    byBytes(text, (bytes) => truncated(bytes, count)),
  ),
  wrap: goFunction('func(int, string) string', (width: number, text: string) =>
    byBytes(text, (bytes) => wrapped(bytes, { width, lineBreak: '\n', breaksWords: false })),
  ),
  wrapWith: goFunction('func(int, string, string) string', (width: number, lineBreak: string, text: string) =>
    byBytes(text, (bytes) => wrapped(bytes, { width, lineBreak: toByteText(lineBreak) || '\n', breaksWords: true })),
  ),
};

interface Wrapping {
  /** In bytes; below 1 counts as 1. */
  readonly width: number;
  readonly lineBreak: string;
  /** Whether a word longer than a line is broken. */
  readonly breaksWords: boolean;
}

function byBytes(text: string, change: (bytes: string) => string): string {
  return fromByteText(change(toByteText(text)));
}

/** From an offset on, with dots where something is left out. */
function abbreviated(bytes: string, offset: number, width: number): string {
  const { length } = bytes;
  if (length <= width) return bytes;
  const room = width - 3;
  const start = Math.min(offset, length - room);
  if (start <= 4) return `${bytes.slice(0, room)}...`;
  if (width < 7) return '';
  if (start + room >= length) return `...${bytes.slice(length - room)}`;
  return `...${room < 4 ? '' : abbreviated(bytes.slice(start), 0, room)}`;
}

/** A negative start means the beginning, a negative end the end. */
function substring(bytes: string, start: number, end: number): string {
  if (start < 0) return slicedBytes(bytes, 0, end);
  return slicedBytes(bytes, start, end < 0 || end > bytes.length ? bytes.length : end);
}

/** A negative count keeps the end. */
function truncated(bytes: string, count: number): string {
  if (count >= 0) return bytes.slice(0, count);
  return bytes.length + count > 0 ? bytes.slice(count) : bytes;
}

/** Lines break at blanks only; blanks at the start of a line are dropped, those at its end stay. */
function wrapped(bytes: string, { width, lineBreak, breaksWords }: Wrapping): string {
  const room = Math.max(1, width);
  let result = '';
  let offset = 0;
  while (bytes.length - offset > room) {
    if (bytes[offset] === ' ') {
      offset++;
      continue;
    }
    const blank = bytes.slice(offset, offset + room + 1).lastIndexOf(' ');
    if (blank < 0 && breaksWords) {
      result += bytes.slice(offset, offset + room) + lineBreak;
      offset += room;
      continue;
    }
    const end = blank < 0 ? bytes.indexOf(' ', offset + room) : offset + blank;
    if (end < 0) return result + bytes.slice(offset);
    result += bytes.slice(offset, end) + lineBreak;
    offset = end + 1;
  }
  return result + bytes.slice(offset);
}
