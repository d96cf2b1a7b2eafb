import { compareTexts, goFunction, normalized, sequenceOf, type Value } from '../../template/index.ts';
import { stringOf, stringsOf } from './values.ts';

/** Lists of texts. Source: sprig v3.3.0, `strings.go`, `list.go`; Go's `strings.SplitN`. */
export const stringListFunctions = {
  join: goFunction('func(string, any) string', (by: string, list: Value) => normalized(stringsOf(list).join(by))),
  /** Differs: a list of strings is not sorted in place. */
  sortAlpha: goFunction('func(any) []string', (list: Value) =>
    sequenceOf(list) === undefined ? [stringOf(list)] : stringsOf(list).toSorted(compareTexts),
  ),
  split: goFunction('func(string, string) map[string]string', (by: string, text: string) =>
    numbered(splitText(text, by, -1)),
  ),
  splitList: goFunction('func(string, string) []string', (by: string, text: string) => splitText(text, by, -1)),
  splitn: goFunction('func(string, int, string) map[string]string', (by: string, count: number, text: string) =>
    numbered(splitText(text, by, count)),
  ),
  toStrings: goFunction('func(any) []string', stringsOf),
};

/** At most `count` parts, the last being the rest; all below 0. Without a separator each character is a part. */
function splitText(text: string, by: string, count: number): readonly string[] {
  if (count === 0) return [];
  const parts = by === '' ? Array.from(text) : text.split(by);
  return count < 0 || parts.length <= count ? parts : [...parts.slice(0, count - 1), parts.slice(count - 1).join(by)];
}

/** `_0`, `_1` and so on. */
function numbered(parts: readonly string[]): ReadonlyMap<string, string> {
  return new Map(parts.map((part, index) => [`_${index}`, part]));
}
