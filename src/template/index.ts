// biome-ignore-all lint/performance/noBarrelFile: the one door of a module that can be published alone.

export { Suspend, TemplateError, type TemplateErrorCode } from './errors.ts';
export type { ExecuteOptions } from './exec/execute.ts';
export type { MissingKey } from './exec/machine.ts';
export { formatValue, print } from './format/print.ts';
export { printf } from './format/printf.ts';
export type { FunctionCall } from './parse/function-calls.ts';
export { type ParseOptions, parse, Template } from './template.ts';
export { type FloatFormat, formatFloat } from './text/format-float.ts';
export { parseFloat64, parseInteger } from './text/parse-number.ts';
export { canBackquote, quote } from './text/quote.ts';
export { byteLength, bytesOf, compareTexts, normalized, sliceBytes, textOf } from './text/utf8.ts';
export { unwrap, wrap } from './value/convert.ts';
export { type FromJsonOptions, fromJson } from './value/from-json.ts';
export { contextFunction, contextMethod, goFunction, goMethod } from './value/functions.ts';
export { type Dictionary, dictionaryOf, entryOf, sortedEntries } from './value/maps.ts';
export { boolOf, float64, floatOf, int, int64, integerOf, textOfValue, uint64 } from './value/numbers.ts';
export { itemAt, type Sequence, sequenceOf } from './value/sequences.ts';
export { callMethod, fieldValue, structOf } from './value/structs.ts';
export { isTrue } from './value/truth.ts';
export { kindOf, typeOf } from './value/type-of.ts';
export { funcType, goType, type TypeNames } from './value/type-parser.ts';
export {
  type Field,
  type GoType,
  type Method,
  mapOf,
  namedType,
  pointerTo,
  sliceOf,
  structType,
  withPointerMethods,
} from './value/types.ts';
export { GoChannel, GoFunction, GoMap, GoNil, GoScalar, GoSlice, GoStruct, type Value } from './value/values.ts';
