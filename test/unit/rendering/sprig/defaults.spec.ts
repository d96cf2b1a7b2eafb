import { describe, expect, it } from 'vitest';
import { refusal, rendered } from './render.ts';

describe('Choices by what is empty', () => {
  it.each([
    ['{{sprig_default "d" ""}}', 'd'],
    ['{{sprig_default "d" "x"}}', 'x'],
    ['{{sprig_default "d" nil}}', 'd'],
    ['{{sprig_default 5 0}}', '5'],
    ['{{"" | sprig_default "p"}}', 'p'],
    ['{{sprig_default "d" false}}', 'd'],
    ['{{sprig_default "d" (sprig_list)}}', 'd'],
    ['{{sprig_empty ""}}', 'true'],
    ['{{sprig_empty 0}}', 'true'],
    ['{{sprig_empty "a"}}', 'false'],
    ['{{sprig_coalesce "" 0 "x" "y"}}', 'x'],
    ['{{sprig_all 1 "a" ""}}', 'false'],
    ['{{sprig_any 0 "" 1}}', 'true'],
    ['{{sprig_default "d"}}', 'd'],
    ['{{sprig_default "d" "a" "b"}}', 'a'],
    ['{{sprig_default "d" 0.0}}', 'd'],
    ['{{sprig_default "d" (sprig_dict)}}', 'd'],
    ['{{sprig_default "d" nilMap}}', 'd'],
    ['{{sprig_default nil ""}}', '<no value>'],
    ['{{sprig_default "d" (sprig_semver "1")}}', '1.0.0'],
    ['{{sprig_empty nil}}', 'true'],
    ['{{sprig_empty (sprig_list nil)}}', 'false'],
    ['{{sprig_empty false}}', 'true'],
    ['{{sprig_empty 0i}}', 'true'],
    ['{{sprig_coalesce}}', '<no value>'],
    ['{{sprig_coalesce nil ""}}', '<no value>'],
    ['{{sprig_coalesce 0 1 2}}', '1'],
    ['{{sprig_all}}', 'true'],
    ['{{sprig_any}}', 'false'],
    ['{{sprig_all 1 nil}}', 'false'],
    ['{{sprig_any nil 0 "x"}}', 'true'],
    ['{{sprig_ternary 1 2 true}}', '1'],
    ['{{sprig_ternary 1 2 false}}', '2'],
    ['{{true | sprig_ternary "y" "n"}}', 'y'],
  ])('%s', (template, expected) => {
    expect(rendered(template)).toBe(expected);
  });

  it.each([
    [
      '{{sprig_fail "custom failure"}}',
      'template: :1:2: executing "" at <sprig_fail "custom failure">: error calling sprig_fail: custom failure',
    ],
    ['{{sprig_ternary 1 2 "x"}}', 'template: :1:20: executing "" at <"x">: expected bool; found "x"'],
    [
      '{{sprig_ternary 1 2}}',
      'template: :1:2: executing "" at <sprig_ternary>: wrong number of args for sprig_ternary: want 3 got 2',
    ],
    ['{{sprig_fail "boom"}}', 'template: :1:2: executing "" at <sprig_fail "boom">: error calling sprig_fail: boom'],
    [
      '{{sprig_fail}}',
      'template: :1:2: executing "" at <sprig_fail>: wrong number of args for sprig_fail: want 1 got 0',
    ],
  ])('%s is an error', (template, message) => {
    expect(refusal(template)).toBe(message);
  });
});
