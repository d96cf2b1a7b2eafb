import { contextFunction, type GoFunction } from '../../template/index.ts';
import type { Evaluation } from '../evaluation.ts';
import { parseKeyQuery, parseKeysQuery } from '../query-grammar.ts';
import { type KeyPairView, TYPES } from '../types.ts';

const PAIRS = 'func(string) ([]*dependency.KeyPair, error)';

/** What templates read of Consul's keys. An empty path asks for nothing. Source: consul-template v0.42.1, `funcs.go`. */
export const KEY_FUNCTIONS: Readonly<Record<string, GoFunction>> = {
  key: contextFunction('func(string) (string, error)', (evaluation: Evaluation, path: string) => {
    if (path === '') return '';
    const query = parseKeyQuery(path);
    return evaluation.read(query) ?? evaluation.waitFor(query);
  }),
  keyExists: contextFunction('func(string) (bool, error)', keyExists),
  keyOrDefault: contextFunction('func(string, string) (string, error)', keyOrDefault),
  ls: contextFunction(PAIRS, lister(isOwnKey), TYPES),
  tree: contextFunction(PAIRS, lister(isNoFolder), TYPES),
  safeLs: contextFunction(PAIRS, safely(isOwnKey), TYPES),
  safeTree: contextFunction(PAIRS, safely(isNoFolder), TYPES),
  // Names of consul-template before 0.16. Differs: it knows them no more.
  key_exists: contextFunction('func(string) (bool, error)', (evaluation: Evaluation, path: string) => {
    evaluation.warn('key_exists is called keyExists now');
    return keyExists(evaluation, path);
  }),
  key_or_default: contextFunction(
    'func(string, string) (string, error)',
    (evaluation: Evaluation, path: string, fallback: string) => {
      evaluation.warn('key_or_default is called keyOrDefault now');
      return keyOrDefault(evaluation, path, fallback);
    },
  ),
};

function keyExists(evaluation: Evaluation, path: string): boolean {
  return path !== '' && evaluation.read(parseKeyQuery(path)) !== undefined;
}

/** An empty value is as good as none. */
function keyOrDefault(evaluation: Evaluation, path: string, fallback: string): string {
  return (path === '' ? undefined : evaluation.read(parseKeyQuery(path))) || fallback;
}

type PairFilter = (key: string) => boolean;

/** One level: keys without a folder, as seen from the prefix. */
function isOwnKey(key: string): boolean {
  return key !== '' && !key.includes('/');
}

/** All levels, but for the keys that stand for folders. */
function isNoFolder(key: string): boolean {
  return key !== '' && !key.endsWith('/');
}

function lister(isWanted: PairFilter) {
  return (evaluation: Evaluation, text: string): readonly KeyPairView[] =>
    text === '' ? [] : pairsOf(evaluation, text, isWanted);
}

/** No pair at all is taken for data that is missing. */
function safely(isWanted: PairFilter) {
  return (evaluation: Evaluation, text: string): readonly KeyPairView[] => {
    if (text === '') return [];
    const pairs = pairsOf(evaluation, text, isWanted);
    return pairs.length === 0 ? evaluation.waitFor(parseKeysQuery(text)) : pairs;
  };
}

function pairsOf(evaluation: Evaluation, text: string, isWanted: PairFilter): readonly KeyPairView[] {
  const query = parseKeysQuery(text);
  return evaluation
    .read(query)
    .map((pair): KeyPairView => ({ key: keyBehind(query.prefix, pair.path), pair }))
    .filter(({ key }) => isWanted(key));
}

/** The prefix is one of text, not of folders. */
function keyBehind(prefix: string, path: string): string {
  return (path.startsWith(prefix) ? path.slice(prefix.length) : path).replace(/^\/+/, '');
}
