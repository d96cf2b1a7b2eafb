import { describe, expect, it } from 'vitest';
import * as template from '../../../src/template/index.ts';

describe('the public interface', () => {
  it('is this', () => {
    expect(Object.keys(template).toSorted()).toEqual([
      ...['GoChannel', 'GoFunction', 'GoMap', 'GoNil', 'GoScalar', 'GoSlice', 'GoStruct', 'Suspend'],
      ...[
        'Template',
        'TemplateError',
        'boolOf',
        'byteLength',
        'bytesOf',
        'callMethod',
        'canBackquote',
        'compareTexts',
        'contextFunction',
        'contextMethod',
        'dictionaryOf',
      ],
      ...[
        'entryOf',
        'fieldValue',
        'float64',
        'floatOf',
        'formatFloat',
        'formatValue',
        'fromJson',
        'funcType',
        'goFunction',
      ],
      ...['goMethod', 'goType', 'int', 'int64', 'integerOf', 'isTrue', 'itemAt', 'kindOf', 'mapOf', 'namedType'],
      ...[
        'normalized',
        'parse',
        'parseFloat64',
        'parseInteger',
        'pointerTo',
        'print',
        'printf',
        'quote',
        'sequenceOf',
        'sliceBytes',
      ],
      ...['sliceOf', 'sortedEntries', 'structOf', 'structType', 'textOf', 'textOfValue', 'typeOf', 'uint64'],
      ...['unwrap', 'withPointerMethods', 'wrap'],
    ]);
  });
});
