import { type GoFunction, goFunction, type Value } from '../../template/index.ts';
import { toGoJson } from '../encoding/json.ts';
import type { JsonStyle } from '../encoding/json-layout.ts';
import { toGoToml } from '../encoding/toml.ts';
import { toGoYaml } from '../encoding/yaml.ts';
import { named } from './named.ts';

/** Values to texts. Source: consul-template v0.42.1, `funcs.go`. */
export const ENCODING_FUNCTIONS: Readonly<Record<string, GoFunction>> = {
  toJSON: jsonFunction('toJSON', { escapesHtml: true }),
  toJSONPretty: jsonFunction('toJSONPretty', { escapesHtml: true, indent: '  ' }),
  toUnescapedJSON: jsonFunction('toUnescapedJSON', { escapesHtml: false }),
  toUnescapedJSONPretty: jsonFunction('toUnescapedJSONPretty', { escapesHtml: false, indent: '  ' }),
  // What cannot be written is told without the name, as Go's panics are.
  toYAML: goFunction('func(any) (string, error)', toGoYaml),
  toTOML: goFunction('func(any) (string, error)', (value: Value) => {
    if (value === null) throw new Error('reflect: call of reflect.Value.Type on zero Value');
    return named('toTOML', () => toGoToml(value));
  }),
};

function jsonFunction(name: string, style: JsonStyle): GoFunction {
  return goFunction('func(any) (string, error)', (value: Value) => named(name, () => toGoJson(value, style)));
}
