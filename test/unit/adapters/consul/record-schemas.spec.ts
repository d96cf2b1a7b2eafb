import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { recordSchema, textsSchema } from '../../../../src/adapters/consul/record-schemas.ts';

const odd: unknown = JSON.parse('{"__proto__":"a","constructor":"b","c":""}');
const notRecords = [null, undefined, 'text', 1, [], [['a', 'b']], { a: 1 }, { a: null }];

describe.each([
  ['textsSchema', textsSchema],
  ['recordSchema', recordSchema(z.string())],
])('%s', (_, schema) => {
  it('keeps all keys', () => {
    expect(Object.entries(schema.parse(odd))).toEqual([
      ['__proto__', 'a'],
      ['constructor', 'b'],
      ['c', ''],
    ]);
    expect(schema.parse({})).toEqual({});
  });

  it.each(notRecords.map((value) => ({ value })))('refuses $value', ({ value }) => {
    expect(schema.safeParse(value).success).toBe(false);
  });
});

it('takes the values as their schema gives them', () => {
  const schema = recordSchema(z.object({ n: z.number().default(7) }));
  expect(schema.parse({ a: {}, b: { n: 1 } })).toEqual({ a: { n: 7 }, b: { n: 1 } });
});
