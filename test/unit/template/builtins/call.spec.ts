import { describe, expect, it } from 'vitest';
import { callFunction } from '../../../../src/template/builtins/call.ts';
import { goFunction } from '../../../../src/template/value/functions.ts';
import { int64 } from '../../../../src/template/value/numbers.ts';
import { goType } from '../../../../src/template/value/type-parser.ts';
import { GoNil, type Value } from '../../../../src/template/value/values.ts';
import { FUNCTIONS } from '../values.ts';

const { add, upper } = FUNCTIONS;
const join = goFunction('func(string, ...string) string', (by: string, ...items: string[]) => items.join(by));

describe('callFunction', () => {
  it.each([
    [[add, 1, 2], 3],
    [[add, int64(1), 2], 3],
    [[upper, 'a'], 'A'],
    [[join, '-'], ''],
    [[join, '-', 'a', 'b'], 'a-b'],
  ] as readonly (readonly [readonly Value[], Value])[])('%o', (values, result) => {
    expect(callFunction('f', values, undefined)).toBe(result);
  });

  it.each([
    [[undefined], 'call of nil'],
    [[null], 'call of nil'],
    [['a'], 'non-function f of type string'],
    [[add, 1], 'wrong number of args for f: got 1 want 2'],
    [[join], 'wrong number of args for f: got 0 want at least 1'],
    [[add, 1, 'a'], 'arg 1: value has type string; should be int'],
    [[upper, null], 'arg 0: value is nil; should be of type string'],
    [[new GoNil(goType('func() int'))], 'reflect.Value.Call: call of nil function'],
  ] as readonly (readonly [readonly Value[], string])[])('refuses %o: %s', (values, message) => {
    expect(() => callFunction('f', values, undefined)).toThrow(message);
  });
});
