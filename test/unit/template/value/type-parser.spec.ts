import { describe, expect, it } from 'vitest';
import { funcType, goType } from '../../../../src/template/value/type-parser.ts';
import {
  ANY,
  BYTES,
  ERROR,
  INT,
  INT64,
  mapOf,
  namedType,
  pointerTo,
  STRING,
  sliceOf,
} from '../../../../src/template/value/types.ts';

const Duration = namedType('time.Duration', INT64);

describe('goType', () => {
  it.each([
    { text: 'string', type: STRING },
    { text: 'any', type: ANY },
    { text: 'interface {}', type: ANY },
    { text: 'interface{}', type: ANY },
    { text: 'error', type: ERROR },
    { text: '[]byte', type: BYTES },
    { text: '[]string', type: sliceOf(STRING) },
    { text: '[][]any', type: sliceOf(sliceOf(ANY)) },
    { text: 'map[string]any', type: mapOf(STRING, ANY) },
    { text: 'map[int]map[any]string', type: mapOf(INT, mapOf(ANY, STRING)) },
    { text: 'time.Duration', type: Duration },
    { text: '*time.Duration', type: pointerTo(Duration) },
  ])('reads $text', ({ text, type }) => {
    expect(goType(text, { 'time.Duration': Duration })).toEqual(type);
  });

  it.each([
    { text: 'map[string]any', name: 'map[string]interface {}' },
    { text: '[]*time.Duration', name: '[]*time.Duration' },
    { text: '<-chan int64', name: '<-chan int64' },
    { text: 'func() string', name: 'func() string' },
    { text: 'func(string, ...any) (string, error)', name: 'func(string, ...interface {}) (string, error)' },
    { text: 'func() func(int, int) int', name: 'func() func(int, int) int' },
    { text: ' func( string,int ) []byte', name: 'func(string, int) []uint8' },
  ])('names $text as Go does', ({ text, name }) => {
    expect(goType(text, { 'time.Duration': Duration }).name).toBe(name);
  });

  it.each([
    '',
    'String',
    '[]',
    'map[string',
    'func(',
    'func(...any, int) int',
    'func() (int, string)',
    'int int',
    'time.Duration',
  ])('refuses %j', (text) => {
    expect(() => goType(text)).toThrow(TypeError);
  });
});

describe('funcType', () => {
  it('is the type of a function', () => {
    const { params, isVariadic, result } = funcType('func(int, ...string) error');
    expect({ params, isVariadic, result }).toEqual({ params: [INT, sliceOf(STRING)], isVariadic: true, result: ERROR });
  });

  it('refuses other types', () => {
    expect(() => funcType('string')).toThrow('not a function type: string');
  });
});
