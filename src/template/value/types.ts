// Go's types, as far as templates can tell them apart.

export type IntKind = 'int' | 'int8' | 'int16' | 'int32' | 'int64';
export type UintKind = 'uint' | 'uint8' | 'uint16' | 'uint32' | 'uint64';
export type FloatKind = 'float32' | 'float64';
export type ComplexKind = 'complex64' | 'complex128';
export type ScalarKind = 'bool' | 'string' | IntKind | UintKind | FloatKind | ComplexKind;

/** A function that belongs to a type: `call` gets the raw receiver, then the raw arguments, then the context. */
export interface Method {
  readonly type: FuncType;
  readonly call: (receiver: unknown, args: readonly unknown[], context?: unknown) => unknown;
}

export type Methods = ReadonlyMap<string, Method>;

interface Named {
  /** As Go prints it: `[]string`, `map[string]interface {}`, `time.Duration`. */
  readonly name: string;
  /** The type without its name, for types that were given one. */
  readonly underlying?: GoType;
  readonly methods?: Methods;
  /** Methods of the pointer to it: a value has them only where it can be pointed to, as in a struct behind a pointer. */
  readonly pointerMethods?: Methods;
}

export interface ScalarType extends Named {
  readonly kind: ScalarKind;
}

export interface InterfaceType extends Named {
  readonly kind: 'interface';
  /** What a value must have. The empty interface asks for nothing. */
  readonly methodNames: readonly string[];
}

export interface SliceType extends Named {
  readonly kind: 'slice';
  readonly elem: GoType;
}

export interface MapType extends Named {
  readonly kind: 'map';
  readonly key: GoType;
  readonly elem: GoType;
}

/** A field of a struct. `get` reads its raw value from the object that the struct stands for. */
export interface Field {
  readonly name: string;
  readonly type: GoType;
  readonly get: (target: never) => unknown;
  /** Whether templates may ask for it: its name begins with a capital letter. */
  readonly isExported: boolean;
  /** What JSON does with it: leaves it out, or leaves it out when it is empty. Go's tag `json:"-"`, `json:",omitempty"`. */
  readonly json: JsonRule | undefined;
}

export type JsonRule = 'omitempty' | 'omitted';

export interface StructType extends Named {
  readonly kind: 'struct';
  readonly fields: ReadonlyMap<string, Field>;
}

export interface PointerType extends Named {
  readonly kind: 'ptr';
  readonly elem: GoType;
}

export interface ChanType extends Named {
  readonly kind: 'chan';
  readonly elem: GoType;
}

export interface FuncType extends Named {
  readonly kind: 'func';
  readonly params: readonly GoType[];
  /** The last parameter is a slice and takes all further arguments. */
  readonly isVariadic: boolean;
  readonly result: GoType;
}

export type GoType = ChanType | FuncType | InterfaceType | MapType | PointerType | ScalarType | SliceType | StructType;

export type Kind = GoType['kind'];

const scalar = (kind: ScalarKind): ScalarType => ({ kind, name: kind });

export const BOOL = scalar('bool');
export const STRING = scalar('string');
export const INT = scalar('int');
export const INT64 = scalar('int64');
export const UINT8 = scalar('uint8');
export const UINT64 = scalar('uint64');
export const FLOAT64 = scalar('float64');
export const COMPLEX128 = scalar('complex128');

/** `any` */
export const ANY: InterfaceType = { kind: 'interface', name: 'interface {}', methodNames: [] };
export const ERROR: InterfaceType = { kind: 'interface', name: 'error', methodNames: ['Error'] };

/** Parameters of this type get their argument as it is, even where there is none. Only builtins have them. */
export const REFLECT_VALUE: StructType = { kind: 'struct', name: 'reflect.Value', fields: new Map() };

/** The types that need no name, by the word for them. */
export const SCALAR_TYPES: ReadonlyMap<string, ScalarType> = new Map(
  [
    ...[BOOL, STRING, INT, INT64, UINT8, UINT64, FLOAT64, COMPLEX128],
    ...(['int8', 'int16', 'int32', 'uint', 'uint16', 'uint32', 'float32', 'complex64'] as const).map(scalar),
  ].map((type) => [type.name, type]),
);

export function sliceOf(elem: GoType): SliceType {
  return { kind: 'slice', name: `[]${elem.name}`, elem };
}

export function mapOf(key: GoType, elem: GoType): MapType {
  return { kind: 'map', name: `map[${key.name}]${elem.name}`, key, elem };
}

/** A pointer has the methods of what it points to, and its own. */
export function pointerTo(elem: GoType): PointerType {
  const { pointerMethods } = elem;
  const methods = pointerMethods === undefined ? elem.methods : new Map([...(elem.methods ?? []), ...pointerMethods]);
  return { kind: 'ptr', name: `*${elem.name}`, elem, ...(methods && { methods }) };
}

export const ANY_SLICE = sliceOf(ANY);
export const ANY_MAP = mapOf(STRING, ANY);
export const BYTES = sliceOf(UINT8);

/** A type with a name of its own (`time.Duration`), and with methods if it has any. */
export function namedType<T extends GoType>(
  name: string,
  underlying: T,
  methods?: Readonly<Record<string, Method>>,
): T {
  return { ...underlying, name, underlying, ...(methods && { methods: new Map(Object.entries(methods)) }) };
}

/** A field; without `get` it is the property of the same name. */
export interface FieldSource<T> {
  readonly type: GoType;
  readonly get?: (target: T) => unknown;
  readonly json?: JsonRule;
}

/**
 * A struct. Its values wrap any object (`new GoStruct(type, object)`); fields are read when a template asks for them.
 * Fields keep their order, which is how `%v` prints them.
 */
export function structType<T>(
  name: string,
  fields: Readonly<Record<string, FieldSource<T>>>,
  methods?: Readonly<Record<string, Method>>,
): StructType {
  const entries = Object.entries(fields).map(([field, { type, get, json }]): [string, Field] => {
    const byName = (target: Readonly<Record<string, unknown>>): unknown => target[field];
    const isExported = /^\p{Lu}/u.test(field);
    return [field, { name: field, type, get: get ?? byName, isExported, json }];
  });
  return {
    kind: 'struct',
    name,
    fields: new Map(entries),
    ...(methods && { methods: new Map(Object.entries(methods)) }),
  };
}

/** A type to whose pointers these methods belong. */
export function withPointerMethods<T extends GoType>(type: T, methods: Readonly<Record<string, Method>>): T {
  return { ...type, pointerMethods: new Map(Object.entries(methods)) };
}

/** Whether two types are one. Named ones are if they have one name. Source: the Go specification, "Type identity". */
export function isIdentical(a: GoType, b: GoType): boolean {
  return a === b || (a.kind === b.kind && a.name === b.name);
}

/** Whether a value of one type can be given where another is asked for. Source: the Go specification, "Assignability". */
export function isAssignable(from: GoType, to: GoType): boolean {
  if (isIdentical(from, to)) return true;
  if (to.kind === 'interface') return hasMethods(from, to.methodNames);
  const hasUnnamed =
    (isComposite(from) && from.underlying === undefined) || (isComposite(to) && to.underlying === undefined);
  return hasUnnamed && isIdentical(from.underlying ?? from, to.underlying ?? to);
}

/** Whether `nil` is a value of a type. */
export function canBeNil(type: GoType): boolean {
  return ['chan', 'func', 'interface', 'map', 'ptr', 'slice'].includes(type.kind) || type === REFLECT_VALUE;
}

export function isIntKind(kind: Kind): kind is IntKind {
  return kind === 'int' || kind === 'int64' || kind === 'int32' || kind === 'int16' || kind === 'int8';
}

export function isUintKind(kind: Kind): kind is UintKind {
  return kind === 'uint8' || kind === 'uint' || kind === 'uint64' || kind === 'uint32' || kind === 'uint16';
}

function hasMethods(type: GoType, names: readonly string[]): boolean {
  if (type.kind === 'interface') return names.every((name) => type.methodNames.includes(name));
  return names.every((name) => type.methods?.has(name));
}

/** Scalars and structs always have a name. */
function isComposite({ kind }: GoType): boolean {
  return ['chan', 'func', 'map', 'ptr', 'slice'].includes(kind);
}
