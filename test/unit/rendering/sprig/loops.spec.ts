import { describe, expect, it } from 'vitest';
import { rendered } from './render.ts';

describe('Rows of integers', () => {
  it.each([
    ['{{sprig_until 3}}', '[0 1 2]'],
    ['{{sprig_untilStep 0 10 3}}', '[0 3 6 9]'],
    ['{{sprig_seq 3}}', '1 2 3'],
    ['{{sprig_seq 1 2 7}}', '1 3 5 7'],
    ['{{sprig_seq 5 3}}', '5 4 3'],
    ['{{sprig_untilStep 3 0 -1}}', '[3 2 1]'],
    ['{{range $i, $e := sprig_until 3}}{{$i}}{{$e}} {{end}}', '00 11 22 '],
    ['{{sprig_seq}}', ''],
    ['{{sprig_seq 5}}', '1 2 3 4 5'],
    ['{{sprig_seq -3}}', '1 0 -1 -2 -3'],
    ['{{sprig_seq 0}}', '1 0'],
    ['{{sprig_seq 0 2}}', '0 1 2'],
    ['{{sprig_seq 2 -2}}', '2 1 0 -1 -2'],
    ['{{sprig_seq 0 2 10}}', '0 2 4 6 8 10'],
    ['{{sprig_seq 0 -2 -5}}', '0 -2 -4'],
    ['{{sprig_seq 5 1 0}}', ''],
    ['{{sprig_seq 1 -1 3}}', ''],
    ['{{sprig_seq 1 2 3 4}}', ''],
    ['{{sprig_seq 2 2 2}}', '2'],
    ['{{sprig_seq 1}}', '1'],
    ['{{sprig_seq 3 0 5}}', ''],
    ['{{sprig_until 0}}', '[]'],
    ['{{sprig_until -3}}', '[0 -1 -2]'],
    ['{{sprig_untilStep 3 6 2}}', '[3 5]'],
    ['{{sprig_untilStep 0 10 -1}}', '[]'],
    ['{{sprig_untilStep 10 0 -3}}', '[10 7 4 1]'],
    ['{{sprig_untilStep 5 5 1}}', '[]'],
    ['{{sprig_untilStep 10 0 3}}', '[]'],
    ['{{printf "%T" (sprig_until 2)}}', '[]int'],
  ])('%s', (template, expected) => {
    expect(rendered(template)).toBe(expected);
  });
});
