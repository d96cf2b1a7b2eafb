import {
  float64,
  GoMap,
  GoScalar,
  type GoType,
  goType,
  integerOf,
  mapOf,
  printf,
  type Value,
} from '../../template/index.ts';
import { decodeBase64 } from './base64.ts';
import { composeYaml } from './yaml-composer.ts';
import { YamlFault, type YamlMapping, type YamlNode, type YamlScalar } from './yaml-node.ts';
import { type ResolvedScalar, resolveScalar } from './yaml-scalars.ts';

const ANY: GoType = goType('any');
const ANY_MAP = mapOf(ANY, ANY);
const PREFIX = 'tag:yaml.org,2002:';
/** Tags that a plain text must fit. */
const KNOWN_TAGS = ['bool', 'float', 'int', 'null', 'timestamp'];

type Entries = Map<Value, Value>;

/** What is known while a document becomes a value. */
interface Decoder {
  /** The aliases whose value is being made. */
  readonly open: Set<YamlNode>;
  count: number;
  aliasCount: number;
  aliasDepth: number;
}

/**
 * The first document of a text: maps are `map[interface {}]interface {}`, lists `[]interface {}`, whole numbers `int`;
 * words, numbers and merge keys as in YAML 1.1, dates are texts. Nothing gives nil.
 * Throws an `Error` with Go's text. Source: go-yaml v2.4, `Unmarshal` into an `any`.
 */
export function parseGoYaml(text: string): Value {
  try {
    const node = composeYaml(text);
    if (node === undefined) return null;
    return decode({ open: new Set(), count: 0, aliasCount: 0, aliasDepth: 0 }, node);
  } catch (error) {
    throw error instanceof YamlFault ? new Error(`yaml: ${error.message}`, { cause: error }) : error;
  }
}

function decode(decoder: Decoder, node: YamlNode): Value {
  decoder.count++;
  if (decoder.aliasDepth > 0) decoder.aliasCount++;
  checkAliases(decoder);
  switch (node.kind) {
    case 'scalar':
      return decodeScalar(node);
    case 'sequence':
      return node.items.map((item) => decode(decoder, item));
    case 'mapping': {
      const entries: Entries = new Map();
      fill(decoder, entries, node);
      return new GoMap(ANY_MAP, entries);
    }
    case 'alias':
      return throughAlias(decoder, node, (target) => decode(decoder, target));
  }
}

function fill(decoder: Decoder, entries: Entries, { entries: written }: YamlMapping): void {
  for (const [key, value] of written) {
    if (isMergeKey(key)) merge(decoder, entries, value);
    else {
      const made = decode(decoder, key);
      if (made instanceof GoMap || Array.isArray(made)) {
        throw new YamlFault(`invalid map key: ${printf('%#v', [made])}`);
      }
      entries.set(sameKey(entries, made), decode(decoder, value));
    }
  }
}

/** A float is found by what it is: no two objects for one key. */
function sameKey(entries: Entries, key: Value): Value {
  if (!(key instanceof GoScalar)) return key;
  const found = [...entries.keys()].find(
    (other) => other instanceof GoScalar && other.type === key.type && other.value === key.value,
  );
  return found ?? key;
}

/** Of several maps the first wins, but each wins over what stands before the merge key. */
function merge(decoder: Decoder, entries: Entries, node: YamlNode): void {
  const sources = node.kind === 'sequence' ? node.items.toReversed() : [node];
  for (const source of sources) {
    const target = source.kind === 'alias' ? source.target : source;
    if (target.kind !== 'mapping') throw new YamlFault('map merge requires map or sequence of maps as the value');
    decoder.count++;
    throughAlias(decoder, source, () => fill(decoder, entries, target));
  }
}

function isMergeKey(node: YamlNode): boolean {
  return node.kind === 'scalar' && node.text === '<<' && (node.isPlain || node.tag === `${PREFIX}merge`);
}

function throughAlias<T>(decoder: Decoder, node: YamlNode, read: (target: YamlNode) => T): T {
  if (node.kind !== 'alias') return read(node);
  if (decoder.open.has(node)) throw new YamlFault(`anchor '${node.name}' value contains itself`);
  decoder.open.add(node);
  decoder.aliasDepth++;
  const result = read(node.target);
  decoder.aliasDepth--;
  decoder.open.delete(node);
  return result;
}

/** Few lines can stand for a great many values: a text of aliases of aliases. */
function checkAliases({ count, aliasCount }: Decoder): void {
  if (aliasCount <= 100 || count <= 1000) return;
  const share = Math.min(Math.max((count - 400_000) / 3_600_000, 0), 1);
  if (aliasCount / count > 0.99 - 0.89 * share) throw new YamlFault('document contains excessive aliasing');
}

function decodeScalar({ text, tag, isPlain }: YamlScalar): Value {
  if (tag === '' && !isPlain) return text;
  if (tag === '') return resolveScalar(text).value;
  const name = tag.startsWith(PREFIX) ? tag.slice(PREFIX.length) : '';
  if (name === 'binary') return decodeBinary(text);
  return KNOWN_TAGS.includes(name) ? fitting(resolveScalar(text), text, name) : text;
}

/** Whole numbers are floats too. */
function fitting(resolved: ResolvedScalar, text: string, name: string): Value {
  const integer = integerOf(resolved.value);
  if (name === 'float' && resolved.tag === 'int' && integer !== undefined) return float64(Number(integer));
  if (resolved.tag === name) return resolved.value;
  throw new YamlFault(`cannot decode !!${resolved.tag} \`${text}\` as a !!${name}`);
}

function decodeBinary(text: string): string {
  try {
    return decodeBase64(text, 'standard');
  } catch (error) {
    throw new YamlFault('!!binary value contains invalid base64 data', { cause: error });
  }
}
