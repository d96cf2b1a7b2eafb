import { runeCount } from '../text/utf8.ts';

/** What stands between `%` and the verb. */
export interface Flags {
  width: number | undefined;
  precision: number | undefined;
  minus: boolean;
  plus: boolean;
  sharp: boolean;
  space: boolean;
  zero: boolean;
  /** `%+v` and `%#v`, which mean something else than the flags do with other verbs. */
  plusV: boolean;
  sharpV: boolean;
}

export function noFlags(): Flags {
  return {
    width: undefined,
    precision: undefined,
    minus: false,
    plus: false,
    sharp: false,
    space: false,
    zero: false,
    plusV: false,
    sharpV: false,
  };
}

/** A text filled up to the width, counted in runes; on the left with zeros if so asked. */
export function pad(flags: Flags, text: string): string {
  if (!flags.width) return text;
  const fill = filling(flags, flags.width - runeCount(text));
  return flags.minus ? text + fill : fill + text;
}

/** As `pad`, but never with zeros. */
export function padBlank(flags: Flags, text: string): string {
  return pad(flags.zero ? { ...flags, zero: false } : flags, text);
}

/** What fills `count` places. */
export function filling({ zero, minus }: Flags, count: number): string {
  return (zero && !minus ? '0' : ' ').repeat(Math.max(0, count));
}
