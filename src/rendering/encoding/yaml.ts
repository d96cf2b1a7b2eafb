import {
  dictionaryOf,
  fieldValue,
  floatOf,
  formatFloat,
  GoNil,
  GoScalar,
  integerOf,
  itemAt,
  sequenceOf,
  structOf,
  textOfValue,
  typeOf,
  type Value,
  wrap,
} from '../../template/index.ts';
import { durationText } from '../go-duration.ts';
import { encodeBase64 } from './base64.ts';
import { compareKeys } from './yaml-keys.ts';
import { resolveScalar } from './yaml-scalars.ts';
import { analyze, writeScalar } from './yaml-text.ts';
import {
  createWriter,
  emptyCollection,
  type Place,
  type Scalar,
  withIndent,
  writeIndent,
  writeIndicator,
  type YamlWriter,
} from './yaml-writer.ts';

/** The longest key that stands before its colon; longer ones, and those of several lines, begin with `? `. */
const MAX_KEY_BYTES = 128;
const BASE_60 = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/;

/**
 * A value as a YAML document, without blanks around it. Lines break at 80 characters.
 * Throws an `Error` with Go's text for what YAML cannot hold. Source: go-yaml v2.4, `Marshal`.
 */
export function toGoYaml(value: Value): string {
  const writer = createWriter();
  writeNode(writer, value, 'root');
  return writer.out.replace(/^\p{White_Space}+|\p{White_Space}+$/gu, '');
}

function writeNode(writer: YamlWriter, value: Value, place: Place): void {
  const entries = entriesOf(value);
  const sequence = entries === undefined ? sequenceOf(value) : undefined;
  if (entries !== undefined) {
    if (entries.length === 0) emptyCollection(writer, '{', '}');
    else writeMapping(writer, entries);
  } else if (sequence === undefined) writeScalar(writer, scalarOf(value), place);
  else if (sequence.items.length === 0) emptyCollection(writer, '[', ']');
  else {
    const items = Array.from(sequence.items, (_, i) => itemAt(sequence, i));
    writeSequence(writer, items, place);
  }
}

/** Below a key, a list is not indented. */
function writeSequence(writer: YamlWriter, items: readonly Value[], place: Place): void {
  const isIndented = !(place === 'mapping' && !writer.isIndenting);
  withIndent(writer, { isFlow: false, isIndented }, () => {
    for (const item of items) {
      writeIndent(writer);
      writeIndicator(writer, '-', { needsBlank: true, isIndention: true });
      writeNode(writer, item, 'sequence');
    }
  });
}

function writeMapping(writer: YamlWriter, entries: readonly (readonly [Value, Value])[]): void {
  withIndent(writer, { isFlow: false, isIndented: true }, () => {
    for (const [key, value] of entries) {
      writeIndent(writer);
      if (isSimpleKey(key)) {
        writeNode(writer, key, 'key');
        writeIndicator(writer, ':', {});
      } else {
        writeIndicator(writer, '?', { needsBlank: true, isIndention: true });
        writeNode(writer, key, 'mapping');
        writeIndent(writer);
        writeIndicator(writer, ':', { needsBlank: true, isIndention: true });
      }
      writeNode(writer, value, 'mapping');
    }
  });
}

function isSimpleKey(key: Value): boolean {
  const entries = entriesOf(key);
  if (entries !== undefined) return entries.length === 0;
  const sequence = sequenceOf(key);
  if (sequence !== undefined) return sequence.items.length === 0;
  const { text, tag } = scalarOf(key);
  const { isMultiline } = analyze(text);
  return !isMultiline && new TextEncoder().encode(text + (tag ?? '')).length <= MAX_KEY_BYTES;
}

/** What a map or a struct holds, in order; names of fields in lower case. */
function entriesOf(value: Value): readonly (readonly [Value, Value])[] | undefined {
  const dictionary = dictionaryOf(value);
  if (dictionary !== undefined) {
    const { type, entries } = dictionary;
    const all = Array.from(entries, ([key, item]) => [wrap(type.key, key), wrap(type.elem, item)] as const);
    return all.toSorted(([a], [b]) => compareKeys(a, b));
  }
  const struct = structOf(value);
  if (struct === undefined) return undefined;
  const fields = [...struct.struct.fields.values()].filter(({ isExported }) => isExported);
  return fields.map((field) => [field.name.toLowerCase(), fieldValue(struct, field)] as const);
}

function scalarOf(value: Value): Scalar {
  if (value === null || value === undefined) return { text: 'null', style: 'plain' };
  const text = textOfValue(value);
  if (text !== undefined) return textScalar(text);
  const integer = integerOf(value);
  if (integer !== undefined && typeOf(value).name === 'time.Duration') return textScalar(durationText(integer));
  if (integer !== undefined) return { text: String(integer), style: 'plain' };
  const float = floatOf(value);
  if (float !== undefined) return { text: floatText(value, float), style: 'plain' };
  if (typeof value === 'boolean') return { text: String(value), style: 'plain' };
  if (value instanceof GoScalar && typeof value.value === 'boolean')
    return { text: String(value.value), style: 'plain' };
  const type = typeOf(value);
  if (value instanceof GoNil && (type.kind === 'ptr' || type.kind === 'interface'))
    return { text: 'null', style: 'plain' };
  throw new Error(`cannot marshal type: ${type.name}`);
}

/** A text that would be read as something else is quoted. What is no UTF-8 is written in base64. */
function textScalar(text: string): Scalar {
  if (!text.isWellFormed()) {
    const encoded = encodeBase64(text, 'standard');
    const lines = encoded.length < 70 ? encoded : encoded.replace(/.{1,70}/g, '$&\n');
    return { text: lines, style: lines.includes('\n') ? 'literal' : 'plain', tag: '!!binary' };
  }
  if (text.includes('\n')) return { text, style: 'literal' };
  const isPlain = resolveScalar(text).tag === 'str' && !BASE_60.test(text);
  return { text, style: isPlain ? 'plain' : 'double' };
}

function floatText(value: Value, number: number): string {
  if (Number.isNaN(number)) return '.nan';
  if (!Number.isFinite(number)) return number > 0 ? '.inf' : '-.inf';
  return formatFloat(number, 'g', -1, typeOf(value).kind === 'float32' ? 32 : 64);
}
