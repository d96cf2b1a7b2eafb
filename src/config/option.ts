import { isAddress } from '../lib/addresses.ts';
import { type BindSpec, parseBindSpec } from '../lib/bind-spec.ts';
import { parseDuration } from '../lib/durations.ts';

/** One setting: how it is written, what it may be, and what it is when nobody says. */
export interface OptionSpec<T> {
  readonly help: string;
  /** What stands for the value in help texts; missing for switches. */
  readonly placeholder?: string;
  /** In words, for help; the value itself is `fallback`. */
  readonly defaultText?: string;
  readonly fallback: T;
  /** Whether a bare flag means `true`. */
  readonly isSwitch: boolean;
  /** The flag where it is not the name in kebab case. */
  readonly flag?: string;
  /** Reads a text; a string in return says what rule it breaks. */
  readonly parse: (text: string) => Parsed<T>;
}

export type Parsed<T> = { readonly kind: 'value'; readonly value: T } | Invalid;

interface Invalid {
  readonly kind: 'invalid';
  readonly rule: string;
  /** Not even a number, a duration or a switch. */
  readonly isMalformed: boolean;
}

type Described<T> = Pick<OptionSpec<T>, 'help'> & Partial<Pick<OptionSpec<T>, 'placeholder' | 'defaultText' | 'flag'>>;

export function value<T>(it: T): Parsed<T> {
  return { kind: 'value', value: it };
}

export function invalid(rule: string): Invalid {
  return { kind: 'invalid', rule, isMalformed: false };
}

function malformed(rule: string): Invalid {
  return { kind: 'invalid', rule, isMalformed: true };
}

const SWITCH_WORDS = new Map([
  ...['1', 't', 'true', 'yes', 'on'].map((word) => [word, true] as const),
  ...['0', 'f', 'false', 'no', 'off'].map((word) => [word, false] as const),
]);

export function onOff(described: Described<boolean>, fallback = false): OptionSpec<boolean> {
  const parse = (text: string): Parsed<boolean> => {
    const found = SWITCH_WORDS.get(text.toLowerCase());
    return found === undefined ? malformed('must be true or false') : value(found);
  };
  return { ...described, fallback, isSwitch: true, parse };
}

export function text(described: Described<string | undefined>): OptionSpec<string | undefined> {
  return {
    ...described,
    fallback: undefined,
    isSwitch: false,
    parse: (it) => (it === '' ? invalid('must not be empty') : value(it)),
  };
}

/** A setting with a form of its own. */
export function custom<T>(described: Described<T>, fallback: T, parse: (text: string) => Parsed<T>): OptionSpec<T> {
  return { ...described, fallback, isSwitch: false, parse };
}

export function textOr(described: Described<string>, fallback: string): OptionSpec<string> {
  return { ...described, fallback, isSwitch: false, parse: value };
}

export function choice<const T extends string>(
  described: Described<string>,
  choices: readonly T[],
  fallback: NoInfer<T>,
): OptionSpec<T> {
  const parse = (it: string): Parsed<T> => {
    const found = choices.find((one) => one === it);
    return found === undefined ? invalid(`must be one of: ${choices.join(', ')}`) : value(found);
  };
  return { placeholder: choices.join('|'), ...described, fallback, isSwitch: false, parse };
}

/** Milliseconds; a bare number has registrator's unit. */
export function duration<T extends number | undefined>(
  described: Described<number | T>,
  { bareUnit, minMs, fallback }: { readonly bareUnit: 's' | 'ms'; readonly minMs?: number; readonly fallback: T },
): OptionSpec<number | T> {
  const parse = (it: string): Parsed<number | T> => {
    const ms = parseDuration(it, bareUnit);
    if (ms === undefined) return malformed(`must be a duration such as 30s or 1m30s, or a number of ${bareUnit}`);
    if (minMs !== undefined && ms < minMs)
      return invalid(minMs === 0 ? 'must not be negative' : 'must be greater than 0');
    return value(ms);
  };
  return { placeholder: 'DURATION', ...described, fallback, isSwitch: false, parse };
}

export function integer<T extends number | undefined>(
  described: Described<number | T>,
  fallback: T,
): OptionSpec<number | T> {
  const parse = (it: string): Parsed<number | T> =>
    /^-?\d{1,9}$/.test(it) ? value(Number(it)) : malformed('must be a whole number');
  return { placeholder: 'N', ...described, fallback, isSwitch: false, parse };
}

export function address(described: Described<string | undefined>): OptionSpec<string | undefined> {
  const parse = (it: string): Parsed<string | undefined> =>
    isAddress(it) ? value(it) : invalid('must be an IPv4 or IPv6 address');
  return { placeholder: 'IP', ...described, fallback: undefined, isSwitch: false, parse };
}

export function bindList(described: Described<readonly BindSpec[] | 'auto'>): OptionSpec<readonly BindSpec[] | 'auto'> {
  const parse = (it: string): Parsed<readonly BindSpec[] | 'auto'> => {
    if (it === 'auto') return value('auto');
    const specs = it.split(',').map((part) => parseBindSpec(part.trim()));
    const good = specs.filter((spec) => spec !== undefined);
    return good.length === specs.length
      ? value(good)
      : invalid('must be a comma list of ADDRESS:PORT, INTERFACE:PORT or *:PORT, as in lo:80,docker0:80');
  };
  return { placeholder: 'LIST', ...described, fallback: 'auto', isSwitch: false, parse };
}
