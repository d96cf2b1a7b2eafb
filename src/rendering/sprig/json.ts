import { goFunction, type Value } from '../../template/index.ts';
import { parseGoJson, toGoJson } from '../encoding/json.ts';

const PRETTY = { indent: '  ', escapesHtml: true };
const COMPACT = { escapesHtml: true };
const RAW = { escapesHtml: false };

/** JSON. Without `must` an error gives nothing: nil or an empty text. Source: sprig v3.3.0, `defaults.go`. */
export const jsonFunctions = {
  fromJson: goFunction('func(string) any', (text: string) => orElse(null, () => parseGoJson(text))),
  mustFromJson: goFunction('func(string) (any, error)', parseGoJson),
  mustToJson: goFunction('func(any) (string, error)', (value: Value) => toGoJson(value, COMPACT)),
  mustToPrettyJson: goFunction('func(any) (string, error)', (value: Value) => toGoJson(value, PRETTY)),
  mustToRawJson: goFunction('func(any) (string, error)', (value: Value) => toGoJson(value, RAW)),
  toJson: goFunction('func(any) string', (value: Value) => orElse('', () => toGoJson(value, COMPACT))),
  toPrettyJson: goFunction('func(any) string', (value: Value) => orElse('', () => toGoJson(value, PRETTY))),
  /** Alone among them it tells of its errors. */
  toRawJson: goFunction('func(any) string', (value: Value) => toGoJson(value, RAW)),
};

function orElse(fallback: Value, action: () => Value): Value {
  try {
    return action();
  } catch {
    return fallback;
  }
}
