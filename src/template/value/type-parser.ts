import {
  ANY,
  type ChanType,
  ERROR,
  type FuncType,
  type GoType,
  mapOf,
  pointerTo,
  REFLECT_VALUE,
  SCALAR_TYPES,
  sliceOf,
} from './types.ts';

/** Types with names of their own, which a signature may use. */
export type TypeNames = Readonly<Record<string, GoType>>;

/** What is left of a type's text. */
interface Cursor {
  readonly names: TypeNames;
  readonly source: string;
  rest: string;
}

/**
 * A type from its text: `[]string`, `map[string]any`, `func(string, ...any) (string, error)`.
 * Throws a `TypeError` that names the text: a signature is code.
 */
export function goType(source: string, names: TypeNames = {}): GoType {
  const cursor: Cursor = { names, source, rest: source.trim() };
  const type = readType(cursor);
  return cursor.rest === '' ? type : refuse(cursor);
}

/** A function's type from its text. */
export function funcType(source: string, names: TypeNames = {}): FuncType {
  const type = goType(source, names);
  if (type.kind !== 'func') throw new TypeError(`not a function type: ${source}`);
  return type;
}

function readType(cursor: Cursor): GoType {
  if (take(cursor, '[]')) return sliceOf(readType(cursor));
  if (take(cursor, '*')) return pointerTo(readType(cursor));
  if (take(cursor, '<-chan ')) return chanOf('<-chan ', readType(cursor));
  if (take(cursor, 'chan ')) return chanOf('chan ', readType(cursor));
  if (take(cursor, 'map[')) {
    const key = readType(cursor);
    return take(cursor, ']') ? mapOf(key, readType(cursor)) : refuse(cursor);
  }
  if (take(cursor, 'func(')) return readFunc(cursor);
  if (take(cursor, 'interface {}') || take(cursor, 'interface{}')) return ANY;
  return readName(cursor);
}

function readName(cursor: Cursor): GoType {
  const name = /^[\w.]+/.exec(cursor.rest)?.[0] ?? '';
  take(cursor, name);
  const own = Object.hasOwn(cursor.names, name) ? cursor.names[name] : undefined;
  if (own !== undefined) return own;
  if (name === 'any') return ANY;
  if (name === 'error') return ERROR;
  if (name === 'byte') return readScalar(cursor, 'uint8');
  if (name === 'reflect.Value') return REFLECT_VALUE;
  return readScalar(cursor, name);
}

function readScalar(cursor: Cursor, name: string): GoType {
  return SCALAR_TYPES.get(name) ?? refuse(cursor);
}

/** The parameters and the result; an `error` beside it is what the function throws. */
function readFunc(cursor: Cursor): FuncType {
  const params: GoType[] = [];
  const texts: string[] = [];
  let isVariadic = false;
  while (!take(cursor, ')')) {
    if (isVariadic || (params.length > 0 && !take(cursor, ','))) return refuse(cursor);
    isVariadic = take(cursor, '...');
    const type = readType(cursor);
    params.push(isVariadic ? sliceOf(type) : type);
    texts.push(isVariadic ? `...${type.name}` : type.name);
  }
  const hasError = take(cursor, '(');
  const result = readType(cursor);
  if (hasError && !(take(cursor, ',') && take(cursor, 'error') && take(cursor, ')'))) return refuse(cursor);
  const resultText = hasError ? `(${result.name}, error)` : result.name;
  return { kind: 'func', name: `func(${texts.join(', ')}) ${resultText}`, params, isVariadic, result };
}

function chanOf(direction: string, elem: GoType): ChanType {
  return { kind: 'chan', name: `${direction}${elem.name}`, elem };
}

function take(cursor: Cursor, text: string): boolean {
  if (!cursor.rest.startsWith(text)) return false;
  cursor.rest = cursor.rest.slice(text.length).trimStart();
  return true;
}

function refuse({ source, rest }: Cursor): never {
  throw new TypeError(`not a type: ${source}${rest === source ? '' : ` (at "${rest}")`}`);
}
