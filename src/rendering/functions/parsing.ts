import { type GoFunction, goFunction, type Value } from '../../template/index.ts';
import { parseGoJson } from '../encoding/json.ts';
import { parseGoYaml } from '../encoding/yaml-parser.ts';
import { parseBool, parseFloat, parseInt64, parseUint64 } from '../strconv.ts';
import { named } from './named.ts';

/** Texts to values. Of nothing comes the zero value. Source: consul-template v0.42.1, `funcs.go`. */
export const PARSING_FUNCTIONS: Readonly<Record<string, GoFunction>> = {
  parseBool: goFunction('func(string) (bool, error)', (text: string) =>
    text === '' ? false : named('parseBool', () => parseBool(text)),
  ),
  parseFloat: goFunction('func(string) (float64, error)', (text: string) =>
    text === '' ? 0 : named('parseFloat', () => parseFloat(text)),
  ),
  parseInt: goFunction('func(string) (int64, error)', parseIntOrZero),
  parseUint: goFunction('func(string) (uint64, error)', (text: string) =>
    text === '' ? 0n : named('parseUint', () => parseUint64(text)),
  ),
  parseJSON: goFunction(
    'func(string) (any, error)',
    (text: string): Value => (text === '' ? new Map() : parseGoJson(text)),
  ),
  parseYAML: goFunction(
    'func(string) (any, error)',
    (text: string): Value => (text === '' ? new Map() : parseGoYaml(text)),
  ),
};

/** `parseInt`; `loop` reads its limits so too. */
export function parseIntOrZero(text: string): bigint {
  return text === '' ? 0n : named('parseInt', () => parseInt64(text));
}
