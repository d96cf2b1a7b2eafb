import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLineSplitter, parseEventLine } from '../../../../src/adapters/docker/event-lines.ts';

const ID = 'c0ffee'.padEnd(64, '0');
const NANOSECONDS = '1800000000123456789';

describe('parseEventLine', () => {
  it('reads an event of a container', () => {
    const line =
      `{"status":"kill","id":"${ID}","from":"web:1","Type":"container","Action":"kill",` +
      `"Actor":{"ID":"${ID}","Attributes":{"image":"web:1","name":"web.1","signal":"15"}},` +
      `"scope":"local","time":1800000000,"timeNano":${NANOSECONDS}}`;
    expect(parseEventLine(line)).toEqual({
      action: 'kill',
      containerId: ID,
      signal: '15',
      timeMs: 1_800_000_000_123,
    });
  });

  it.each([
    {
      rule: 'reads one without the fields that Docker 29 has dropped',
      event: { Type: 'container', Action: 'start', Actor: { ID }, timeNano: 2_000_000 },
      read: { action: 'start', containerId: ID, signal: undefined, timeMs: 2 },
    },
    {
      rule: 'reads the action where old engines write it',
      event: { status: 'start', Actor: { ID, Attributes: {} }, time: 5 },
      read: { action: 'start', containerId: ID, signal: undefined, timeMs: 5_000 },
    },
    {
      rule: 'reads the container of an event of a network',
      event: { Type: 'network', Action: 'connect', Actor: { ID: 'net', Attributes: { container: ID } }, time: 5 },
      read: { action: 'connect', containerId: ID, signal: undefined, timeMs: 5_000 },
    },
    {
      rule: 'knows no container where a network names none',
      event: { Type: 'network', Action: 'destroy', Actor: { ID: 'net', Attributes: null }, time: 5 },
      read: { action: 'destroy', containerId: undefined, signal: undefined, timeMs: 5_000 },
    },
    {
      rule: 'knows no container where the event names none',
      event: { Type: 'container', Action: 'start', time: 5 },
      read: { action: 'start', containerId: undefined, signal: undefined, timeMs: 5_000 },
    },
    {
      rule: 'reads the exit code of one that has ended',
      event: { Type: 'container', Action: 'die', Actor: { ID, Attributes: { exitCode: '137' } }, time: 5 },
      read: { action: 'die', containerId: ID, signal: undefined, exitCode: 137, timeMs: 5_000 },
    },
    {
      rule: 'takes what is no exit code for none, since labels may hide it',
      event: { Type: 'container', Action: 'die', Actor: { ID, Attributes: { exitCode: '1e3' } }, time: 5 },
      read: { action: 'die', containerId: ID, signal: undefined, exitCode: undefined, timeMs: 5_000 },
    },
    {
      rule: 'does not care what else its attributes hold',
      event: { Type: 'container', Action: 'start', Actor: { ID, Attributes: { label: 7 } }, time: 5 },
      read: { action: 'start', containerId: ID, signal: undefined, timeMs: 5_000 },
    },
    {
      rule: 'takes an empty ID for none',
      event: { Type: 'container', Action: 'start', Actor: { ID: '' } },
      read: { action: 'start', containerId: undefined, signal: undefined, timeMs: 0 },
    },
    {
      rule: 'takes an event that says nothing for one that may mean anything',
      event: {},
      read: { action: '', containerId: undefined, signal: undefined, timeMs: 0 },
    },
  ])('$rule', ({ event, read }) => {
    expect(parseEventLine(JSON.stringify(event))).toEqual(read);
  });

  it.each(['', 'no JSON', '{"Type":', '[]', 'null', '"start"', '{"Type":1}', '{"time":"now"}', '{"Actor":{"ID":7}}'])(
    'does not take %s for an event',
    (line) => {
      expect(parseEventLine(line)).toBeUndefined();
    },
  );
});

/** The lines that come out when a text comes in as these chunks. */
function linesOf(chunks: readonly string[]): readonly string[] {
  const lines: string[] = [];
  const split = createLineSplitter((line) => lines.push(line));
  for (const chunk of chunks) split(chunk);
  return lines;
}

describe('createLineSplitter', () => {
  it.each([
    { rule: 'gives each line', chunks: ['a\nb\n'], lines: ['a', 'b'] },
    { rule: 'joins a line of several chunks', chunks: ['a', 'b', 'c\n'], lines: ['abc'] },
    { rule: 'waits for the end of a line', chunks: ['a\nb'], lines: ['a'] },
    { rule: 'skips empty and blank lines', chunks: ['\n', 'a\n\n  \n\r\nb\n'], lines: ['a', 'b'] },
    { rule: 'takes the end of a line alone', chunks: ['a', '\n', 'b', '\n'], lines: ['a', 'b'] },
  ])('$rule', ({ chunks, lines }) => {
    expect(linesOf(chunks)).toEqual(lines);
  });

  it('gives something else for a line of more than 8 MiB, and then goes on', () => {
    const half = 'x'.repeat(4 * 1_024 * 1_024);
    expect(linesOf([half, half, '\na\n'])).toEqual([half + half, 'a']);
    expect(linesOf([half, half, 'x', half, '\na\n'])).toEqual(['too long', 'a']);
  });

  const line = fc.string({ minLength: 1, unit: fc.constantFrom('a', '{', '"', 'ü') });

  it('gives the same lines however the text is cut', () =>
    fc.assert(
      fc.property(fc.array(line), fc.integer({ min: 1, max: 7 }), (lines, size) => {
        const text = lines.map((one) => `${one}\n`).join('');
        const chunks = Array.from({ length: Math.ceil(text.length / size) }, (_, i) =>
          text.slice(i * size, (i + 1) * size),
        );
        expect(linesOf(chunks)).toEqual(lines);
      }),
    ));
});
