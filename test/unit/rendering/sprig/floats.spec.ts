import { describe, expect, it } from 'vitest';
import { refusal, rendered } from './render.ts';

describe('Arithmetic on floats', () => {
  it.each([
    ['{{sprig_maxf 1 2.5 "3.5"}}', '3.5'],
    ['{{sprig_minf 1.5 -2}}', '-2'],
    ['{{sprig_minf 1}}', '1'],
    ['{{sprig_addf 0.1 0.2}}', '0.3'],
    ['{{sprig_addf}}', '0'],
    ['{{sprig_addf 1.5 2 "2.5"}}', '6'],
    ['{{sprig_subf 7.5 2 3}}', '2.5'],
    ['{{sprig_subf 1}}', '1'],
    ['{{sprig_mulf 1.1 "2" 2.0}}', '4.4'],
    ['{{sprig_divf 10 2 4}}', '1.25'],
    ['{{sprig_divf 1 3}}', '0.3333333333333333'],
    ['{{sprig_divf -2 3}}', '-0.6666666666666667'],
    ['{{sprig_add1f 1.5}}', '2.5'],
    ['{{sprig_mulf 1e200 1e200}}', '+Inf'],
    ['{{sprig_addf 1e21 1}}', '1e+21'],
    ['{{sprig_divf 1e-20 3}}', '0'],
    ['{{sprig_divf 0 5}}', '0'],
    ['{{sprig_mulf 0.1 3}}', '0.3'],
    ['{{sprig_divf 5 1e-8}}', '5e+08'],
    ['{{sprig_divf 1 6}}', '0.1666666666666667'],
    ['{{sprig_divf 1e20 7}}', '1.4285714285714287e+19'],
    ['{{sprig_ceil 1.1}}', '2'],
    ['{{sprig_ceil -1.1}}', '-1'],
    ['{{sprig_ceil -0.5}}', '-0'],
    ['{{sprig_floor 1.9}}', '1'],
    ['{{sprig_floor "-1.1"}}', '-2'],
    ['{{sprig_round 123.5555 3}}', '123.556'],
    ['{{sprig_round 123.5555 3 0.4}}', '123.556'],
    ['{{sprig_round 2.5 0}}', '3'],
    ['{{sprig_round -2.5 0}}', '-3'],
    ['{{sprig_round 1234.5 -2}}', '1200'],
    ['{{sprig_round "1.005" 2}}', '1'],
    ['{{sprig_round 5 1}}', '5'],
    ['{{sprig_round 1e300 20}}', '+Inf'],
    ['{{sprig_floor 1e7}}', '1e+07'],
    ['{{sprig_round 0.1 25}}', '0.1'],
    ['{{sprig_round 12345 -3}}', '12000'],
  ])('%s', (template, expected) => {
    expect(rendered(template)).toBe(expected);
  });

  it.each([
    [
      '{{sprig_divf 1 0}}',
      'template: :1:2: executing "" at <sprig_divf 1 0>: error calling sprig_divf: decimal division by 0',
    ],
    [
      '{{sprig_addf "inf" 1}}',
      'template: :1:2: executing "" at <sprig_addf "inf" 1>: error calling sprig_addf: Cannot create a Decimal from +Inf',
    ],
    [
      '{{sprig_addf "-inf" 1}}',
      'template: :1:2: executing "" at <sprig_addf "-inf" 1>: error calling sprig_addf: Cannot create a Decimal from -Inf',
    ],
    [
      '{{sprig_addf "nan"}}',
      'template: :1:2: executing "" at <sprig_addf "nan">: error calling sprig_addf: Cannot create a Decimal from NaN',
    ],
  ])('%s is an error', (template, message) => {
    expect(refusal(template)).toBe(message);
  });
});
