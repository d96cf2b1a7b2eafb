import { canBackquote, quote } from '../text/quote.ts';
import { bytesOf, runeAt } from '../text/utf8.ts';
import { type Flags, filling, pad } from './flags.ts';

/** A string by a verb; `undefined` if the verb is not for strings. Source: Go's `fmt`, `fmtString`. */
export function formatText(flags: Flags, text: string, verb: string): string | undefined {
  switch (verb) {
    case 'v':
      return flags.sharpV ? formatQuoted(flags, text) : pad(flags, truncated(flags, text));
    case 's':
      return pad(flags, truncated(flags, text));
    case 'x':
      return formatHexBytes(flags, bytesOf(text));
    case 'X':
      return formatHexBytes(flags, bytesOf(text)).toUpperCase();
    case 'q':
      return formatQuoted(flags, text);
    default:
      return undefined;
  }
}

/** Two digits a byte. `#` is 0x once, or before each byte that a blank (the flag ` `) separates. */
function formatHexBytes(flags: Flags, bytes: Uint8Array): string {
  const { precision, width = 0, space, sharp, minus } = flags;
  const digits = Array.from(bytes.subarray(0, precision ?? bytes.length), (byte) => byte.toString(16).padStart(2, '0'));
  if (digits.length === 0) return filling(flags, width);
  const prefix = sharp ? '0x' : '';
  const text = prefix + digits.join(space ? ` ${prefix}` : '');
  const fill = filling(flags, width - text.length);
  return minus ? text + fill : fill + text;
}

function formatQuoted(flags: Flags, text: string): string {
  const shown = truncated(flags, text);
  return pad(flags, flags.sharp && canBackquote(shown) ? `\`${shown}\`` : quote(shown, flags.plus));
}

/** The first runes of a text, as many as the precision says. */
function truncated({ precision }: Flags, text: string): string {
  if (precision === undefined || precision >= text.length) return text;
  let end = 0;
  for (let i = 0; i < precision && end < text.length; i++) end += runeAt(text, end) > 0xffff ? 2 : 1;
  return text.slice(0, end);
}
