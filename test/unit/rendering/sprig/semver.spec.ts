import { describe, expect, it } from 'vitest';
import { refusal, rendered } from './render.ts';

describe('Versions of software', () => {
  it.each([
    [
      '{{range sprig_list "1.2.3" "v1.2" "1" "0.0.3" "0.2.9" "1.9.9" "2.0.0" "11.1.0" "1.2.3-beta.1" "2.0.0-rc.1"}}{{sprig_semverCompare "*" .}} {{end}}',
      'true true true true true true true true false false ',
    ],
    [
      '{{range sprig_list "1.2.3" "v1.2" "1" "0.0.3" "0.2.9" "1.9.9" "2.0.0" "11.1.0" "1.2.3-beta.1" "2.0.0-rc.1"}}{{sprig_semverCompare "x" .}} {{end}}',
      'true true true true true true true true false false ',
    ],
    [
      '{{range sprig_list "1.2.3" "v1.2" "1" "0.0.3" "0.2.9" "1.9.9" "2.0.0" "11.1.0" "1.2.3-beta.1" "2.0.0-rc.1"}}{{sprig_semverCompare "1" .}} {{end}}',
      'true true true false false true false false false false ',
    ],
    [
      '{{range sprig_list "1.2.3" "v1.2" "1" "0.0.3" "0.2.9" "1.9.9" "2.0.0" "11.1.0" "1.2.3-beta.1" "2.0.0-rc.1"}}{{sprig_semverCompare "1.x" .}} {{end}}',
      'true true true false false true false false false false ',
    ],
    [
      '{{range sprig_list "1.2.3" "v1.2" "1" "0.0.3" "0.2.9" "1.9.9" "2.0.0" "11.1.0" "1.2.3-beta.1" "2.0.0-rc.1"}}{{sprig_semverCompare "1.2" .}} {{end}}',
      'true true false false false false false false false false ',
    ],
    [
      '{{range sprig_list "1.2.3" "v1.2" "1" "0.0.3" "0.2.9" "1.9.9" "2.0.0" "11.1.0" "1.2.3-beta.1" "2.0.0-rc.1"}}{{sprig_semverCompare "1.2.x" .}} {{end}}',
      'true true false false false false false false false false ',
    ],
    [
      '{{range sprig_list "1.2.3" "v1.2" "1" "0.0.3" "0.2.9" "1.9.9" "2.0.0" "11.1.0" "1.2.3-beta.1" "2.0.0-rc.1"}}{{sprig_semverCompare "1.2.3" .}} {{end}}',
      'true false false false false false false false false false ',
    ],
    [
      '{{range sprig_list "1.2.3" "v1.2" "1" "0.0.3" "0.2.9" "1.9.9" "2.0.0" "11.1.0" "1.2.3-beta.1" "2.0.0-rc.1"}}{{sprig_semverCompare "=1.2.3" .}} {{end}}',
      'true false false false false false false false false false ',
    ],
    [
      '{{range sprig_list "1.2.3" "v1.2" "1" "0.0.3" "0.2.9" "1.9.9" "2.0.0" "11.1.0" "1.2.3-beta.1" "2.0.0-rc.1"}}{{sprig_semverCompare "!=1.2.3" .}} {{end}}',
      'false true true true true true true true true true ',
    ],
    [
      '{{range sprig_list "1.2.3" "v1.2" "1" "0.0.3" "0.2.9" "1.9.9" "2.0.0" "11.1.0" "1.2.3-beta.1" "2.0.0-rc.1"}}{{sprig_semverCompare "!=1" .}} {{end}}',
      'false false false true true false true true false false ',
    ],
    [
      '{{range sprig_list "1.2.3" "v1.2" "1" "0.0.3" "0.2.9" "1.9.9" "2.0.0" "11.1.0" "1.2.3-beta.1" "2.0.0-rc.1"}}{{sprig_semverCompare "!=1.2" .}} {{end}}',
      'false false true true true true true true false false ',
    ],
    [
      '{{range sprig_list "1.2.3" "v1.2" "1" "0.0.3" "0.2.9" "1.9.9" "2.0.0" "11.1.0" "1.2.3-beta.1" "2.0.0-rc.1"}}{{sprig_semverCompare "!=*" .}} {{end}}',
      'true true true true true true true true false false ',
    ],
    [
      '{{range sprig_list "1.2.3" "v1.2" "1" "0.0.3" "0.2.9" "1.9.9" "2.0.0" "11.1.0" "1.2.3-beta.1" "2.0.0-rc.1"}}{{sprig_semverCompare "!=1.2.x-0" .}} {{end}}',
      'true true true true true true true true true true ',
    ],
    [
      '{{range sprig_list "1.2.3" "v1.2" "1" "0.0.3" "0.2.9" "1.9.9" "2.0.0" "11.1.0" "1.2.3-beta.1" "2.0.0-rc.1"}}{{sprig_semverCompare ">1.2.3" .}} {{end}}',
      'false false false false false true true true false false ',
    ],
    [
      '{{range sprig_list "1.2.3" "v1.2" "1" "0.0.3" "0.2.9" "1.9.9" "2.0.0" "11.1.0" "1.2.3-beta.1" "2.0.0-rc.1"}}{{sprig_semverCompare ">1" .}} {{end}}',
      'false false false false false false true true false false ',
    ],
    [
      '{{range sprig_list "1.2.3" "v1.2" "1" "0.0.3" "0.2.9" "1.9.9" "2.0.0" "11.1.0" "1.2.3-beta.1" "2.0.0-rc.1"}}{{sprig_semverCompare ">1.2" .}} {{end}}',
      'false false false false false true true true false false ',
    ],
    [
      '{{range sprig_list "1.2.3" "v1.2" "1" "0.0.3" "0.2.9" "1.9.9" "2.0.0" "11.1.0" "1.2.3-beta.1" "2.0.0-rc.1"}}{{sprig_semverCompare ">*" .}} {{end}}',
      'true true true true true true true true false false ',
    ],
    [
      '{{range sprig_list "1.2.3" "v1.2" "1" "0.0.3" "0.2.9" "1.9.9" "2.0.0" "11.1.0" "1.2.3-beta.1" "2.0.0-rc.1"}}{{sprig_semverCompare "<1.2.3" .}} {{end}}',
      'false true true true true false false false false false ',
    ],
    [
      '{{range sprig_list "1.2.3" "v1.2" "1" "0.0.3" "0.2.9" "1.9.9" "2.0.0" "11.1.0" "1.2.3-beta.1" "2.0.0-rc.1"}}{{sprig_semverCompare "<1" .}} {{end}}',
      'false false false true true false false false false false ',
    ],
    [
      '{{range sprig_list "1.2.3" "v1.2" "1" "0.0.3" "0.2.9" "1.9.9" "2.0.0" "11.1.0" "1.2.3-beta.1" "2.0.0-rc.1"}}{{sprig_semverCompare "<1.2" .}} {{end}}',
      'false false true true true false false false false false ',
    ],
    [
      '{{range sprig_list "1.2.3" "v1.2" "1" "0.0.3" "0.2.9" "1.9.9" "2.0.0" "11.1.0" "1.2.3-beta.1" "2.0.0-rc.1"}}{{sprig_semverCompare "<*" .}} {{end}}',
      'false false false false false false false false false false ',
    ],
    [
      '{{range sprig_list "1.2.3" "v1.2" "1" "0.0.3" "0.2.9" "1.9.9" "2.0.0" "11.1.0" "1.2.3-beta.1" "2.0.0-rc.1"}}{{sprig_semverCompare ">=1.2.3" .}} {{end}}',
      'true false false false false true true true false false ',
    ],
    [
      '{{range sprig_list "1.2.3" "v1.2" "1" "0.0.3" "0.2.9" "1.9.9" "2.0.0" "11.1.0" "1.2.3-beta.1" "2.0.0-rc.1"}}{{sprig_semverCompare "=>1.2" .}} {{end}}',
      'true true false false false true true true false false ',
    ],
    [
      '{{range sprig_list "1.2.3" "v1.2" "1" "0.0.3" "0.2.9" "1.9.9" "2.0.0" "11.1.0" "1.2.3-beta.1" "2.0.0-rc.1"}}{{sprig_semverCompare ">=1" .}} {{end}}',
      'true true true false false true true true false false ',
    ],
    [
      '{{range sprig_list "1.2.3" "v1.2" "1" "0.0.3" "0.2.9" "1.9.9" "2.0.0" "11.1.0" "1.2.3-beta.1" "2.0.0-rc.1"}}{{sprig_semverCompare ">=*" .}} {{end}}',
      'true true true true true true true true false false ',
    ],
    [
      '{{range sprig_list "1.2.3" "v1.2" "1" "0.0.3" "0.2.9" "1.9.9" "2.0.0" "11.1.0" "1.2.3-beta.1" "2.0.0-rc.1"}}{{sprig_semverCompare "<=1.2.3" .}} {{end}}',
      'true true true true true false false false false false ',
    ],
    [
      '{{range sprig_list "1.2.3" "v1.2" "1" "0.0.3" "0.2.9" "1.9.9" "2.0.0" "11.1.0" "1.2.3-beta.1" "2.0.0-rc.1"}}{{sprig_semverCompare "=<1.2" .}} {{end}}',
      'true true true true true false false false false false ',
    ],
    [
      '{{range sprig_list "1.2.3" "v1.2" "1" "0.0.3" "0.2.9" "1.9.9" "2.0.0" "11.1.0" "1.2.3-beta.1" "2.0.0-rc.1"}}{{sprig_semverCompare "<=1" .}} {{end}}',
      'true true true true true true false false false false ',
    ],
    [
      '{{range sprig_list "1.2.3" "v1.2" "1" "0.0.3" "0.2.9" "1.9.9" "2.0.0" "11.1.0" "1.2.3-beta.1" "2.0.0-rc.1"}}{{sprig_semverCompare "<=*" .}} {{end}}',
      'false false false true false false false false false false ',
    ],
    [
      '{{range sprig_list "1.2.3" "v1.2" "1" "0.0.3" "0.2.9" "1.9.9" "2.0.0" "11.1.0" "1.2.3-beta.1" "2.0.0-rc.1"}}{{sprig_semverCompare "~1.2.3" .}} {{end}}',
      'true false false false false false false false false false ',
    ],
    [
      '{{range sprig_list "1.2.3" "v1.2" "1" "0.0.3" "0.2.9" "1.9.9" "2.0.0" "11.1.0" "1.2.3-beta.1" "2.0.0-rc.1"}}{{sprig_semverCompare "~1.2" .}} {{end}}',
      'true true false false false false false false false false ',
    ],
    [
      '{{range sprig_list "1.2.3" "v1.2" "1" "0.0.3" "0.2.9" "1.9.9" "2.0.0" "11.1.0" "1.2.3-beta.1" "2.0.0-rc.1"}}{{sprig_semverCompare "~1" .}} {{end}}',
      'true true true false false true false false false false ',
    ],
    [
      '{{range sprig_list "1.2.3" "v1.2" "1" "0.0.3" "0.2.9" "1.9.9" "2.0.0" "11.1.0" "1.2.3-beta.1" "2.0.0-rc.1"}}{{sprig_semverCompare "~*" .}} {{end}}',
      'true true true true true true true true false false ',
    ],
    [
      '{{range sprig_list "1.2.3" "v1.2" "1" "0.0.3" "0.2.9" "1.9.9" "2.0.0" "11.1.0" "1.2.3-beta.1" "2.0.0-rc.1"}}{{sprig_semverCompare "~>1.2" .}} {{end}}',
      'true true false false false false false false false false ',
    ],
    [
      '{{range sprig_list "1.2.3" "v1.2" "1" "0.0.3" "0.2.9" "1.9.9" "2.0.0" "11.1.0" "1.2.3-beta.1" "2.0.0-rc.1"}}{{sprig_semverCompare "~0.0.0" .}} {{end}}',
      'true true true true true true true true false false ',
    ],
    [
      '{{range sprig_list "1.2.3" "v1.2" "1" "0.0.3" "0.2.9" "1.9.9" "2.0.0" "11.1.0" "1.2.3-beta.1" "2.0.0-rc.1"}}{{sprig_semverCompare "~0.0" .}} {{end}}',
      'false false false true false false false false false false ',
    ],
    [
      '{{range sprig_list "1.2.3" "v1.2" "1" "0.0.3" "0.2.9" "1.9.9" "2.0.0" "11.1.0" "1.2.3-beta.1" "2.0.0-rc.1"}}{{sprig_semverCompare "~0" .}} {{end}}',
      'false false false true true false false false false false ',
    ],
    [
      '{{range sprig_list "1.2.3" "v1.2" "1" "0.0.3" "0.2.9" "1.9.9" "2.0.0" "11.1.0" "1.2.3-beta.1" "2.0.0-rc.1"}}{{sprig_semverCompare "^1.2.3" .}} {{end}}',
      'true false false false false true false false false false ',
    ],
    [
      '{{range sprig_list "1.2.3" "v1.2" "1" "0.0.3" "0.2.9" "1.9.9" "2.0.0" "11.1.0" "1.2.3-beta.1" "2.0.0-rc.1"}}{{sprig_semverCompare "^1.2" .}} {{end}}',
      'true true false false false true false false false false ',
    ],
    [
      '{{range sprig_list "1.2.3" "v1.2" "1" "0.0.3" "0.2.9" "1.9.9" "2.0.0" "11.1.0" "1.2.3-beta.1" "2.0.0-rc.1"}}{{sprig_semverCompare "^1" .}} {{end}}',
      'true true true false false true false false false false ',
    ],
    [
      '{{range sprig_list "1.2.3" "v1.2" "1" "0.0.3" "0.2.9" "1.9.9" "2.0.0" "11.1.0" "1.2.3-beta.1" "2.0.0-rc.1"}}{{sprig_semverCompare "^0.2.3" .}} {{end}}',
      'false false false false true false false false false false ',
    ],
    [
      '{{range sprig_list "1.2.3" "v1.2" "1" "0.0.3" "0.2.9" "1.9.9" "2.0.0" "11.1.0" "1.2.3-beta.1" "2.0.0-rc.1"}}{{sprig_semverCompare "^0.2" .}} {{end}}',
      'false false false false true false false false false false ',
    ],
    [
      '{{range sprig_list "1.2.3" "v1.2" "1" "0.0.3" "0.2.9" "1.9.9" "2.0.0" "11.1.0" "1.2.3-beta.1" "2.0.0-rc.1"}}{{sprig_semverCompare "^0.0.3" .}} {{end}}',
      'false false false true false false false false false false ',
    ],
    [
      '{{range sprig_list "1.2.3" "v1.2" "1" "0.0.3" "0.2.9" "1.9.9" "2.0.0" "11.1.0" "1.2.3-beta.1" "2.0.0-rc.1"}}{{sprig_semverCompare "^0.0" .}} {{end}}',
      'false false false true false false false false false false ',
    ],
    [
      '{{range sprig_list "1.2.3" "v1.2" "1" "0.0.3" "0.2.9" "1.9.9" "2.0.0" "11.1.0" "1.2.3-beta.1" "2.0.0-rc.1"}}{{sprig_semverCompare "^0" .}} {{end}}',
      'false false false true true false false false false false ',
    ],
    [
      '{{range sprig_list "1.2.3" "v1.2" "1" "0.0.3" "0.2.9" "1.9.9" "2.0.0" "11.1.0" "1.2.3-beta.1" "2.0.0-rc.1"}}{{sprig_semverCompare "^*" .}} {{end}}',
      'false false false false false false false false false false ',
    ],
    [
      '{{range sprig_list "1.2.3" "v1.2" "1" "0.0.3" "0.2.9" "1.9.9" "2.0.0" "11.1.0" "1.2.3-beta.1" "2.0.0-rc.1"}}{{sprig_semverCompare ">=1.2.3-0" .}} {{end}}',
      'true false false false false true true true true true ',
    ],
    [
      '{{range sprig_list "1.2.3" "v1.2" "1" "0.0.3" "0.2.9" "1.9.9" "2.0.0" "11.1.0" "1.2.3-beta.1" "2.0.0-rc.1"}}{{sprig_semverCompare "^1.2.3-beta.1" .}} {{end}}',
      'true false false false false true false false true false ',
    ],
    [
      '{{range sprig_list "1.2.3" "v1.2" "1" "0.0.3" "0.2.9" "1.9.9" "2.0.0" "11.1.0" "1.2.3-beta.1" "2.0.0-rc.1"}}{{sprig_semverCompare "~1.2.3-alpha" .}} {{end}}',
      'true false false false false false false false true false ',
    ],
    [
      '{{range sprig_list "1.2.3" "v1.2" "1" "0.0.3" "0.2.9" "1.9.9" "2.0.0" "11.1.0" "1.2.3-beta.1" "2.0.0-rc.1"}}{{sprig_semverCompare "1.2.3-beta.1" .}} {{end}}',
      'false false false false false false false false true false ',
    ],
    [
      '{{range sprig_list "1.2.3" "v1.2" "1" "0.0.3" "0.2.9" "1.9.9" "2.0.0" "11.1.0" "1.2.3-beta.1" "2.0.0-rc.1"}}{{sprig_semverCompare "!=1.2.3-beta.1" .}} {{end}}',
      'true true true true true true true true false true ',
    ],
    [
      '{{range sprig_list "1.2.3" "v1.2" "1" "0.0.3" "0.2.9" "1.9.9" "2.0.0" "11.1.0" "1.2.3-beta.1" "2.0.0-rc.1"}}{{sprig_semverCompare "<=1.2.3-beta.1" .}} {{end}}',
      'false true true true true false false false true false ',
    ],
    [
      '{{range sprig_list "1.2.3" "v1.2" "1" "0.0.3" "0.2.9" "1.9.9" "2.0.0" "11.1.0" "1.2.3-beta.1" "2.0.0-rc.1"}}{{sprig_semverCompare "<2.0.0-0" .}} {{end}}',
      'true true true true true true false false true false ',
    ],
    [
      '{{range sprig_list "1.2.3" "v1.2" "1" "0.0.3" "0.2.9" "1.9.9" "2.0.0" "11.1.0" "1.2.3-beta.1" "2.0.0-rc.1"}}{{sprig_semverCompare ">=1 <2" .}} {{end}}',
      'true true true false false true false false false false ',
    ],
    [
      '{{range sprig_list "1.2.3" "v1.2" "1" "0.0.3" "0.2.9" "1.9.9" "2.0.0" "11.1.0" "1.2.3-beta.1" "2.0.0-rc.1"}}{{sprig_semverCompare ">=1, <2" .}} {{end}}',
      'true true true false false true false false false false ',
    ],
    [
      '{{range sprig_list "1.2.3" "v1.2" "1" "0.0.3" "0.2.9" "1.9.9" "2.0.0" "11.1.0" "1.2.3-beta.1" "2.0.0-rc.1"}}{{sprig_semverCompare ">=1,<2 || >=11" .}} {{end}}',
      'true true true false false true false true false false ',
    ],
    [
      '{{range sprig_list "1.2.3" "v1.2" "1" "0.0.3" "0.2.9" "1.9.9" "2.0.0" "11.1.0" "1.2.3-beta.1" "2.0.0-rc.1"}}{{sprig_semverCompare "1.2 - 1.3" .}} {{end}}',
      'true true false false false false false false false false ',
    ],
    [
      '{{range sprig_list "1.2.3" "v1.2" "1" "0.0.3" "0.2.9" "1.9.9" "2.0.0" "11.1.0" "1.2.3-beta.1" "2.0.0-rc.1"}}{{sprig_semverCompare "1.2.3 - 2" .}} {{end}}',
      'true false false false false true true false false false ',
    ],
    [
      '{{range sprig_list "1.2.3" "v1.2" "1" "0.0.3" "0.2.9" "1.9.9" "2.0.0" "11.1.0" "1.2.3-beta.1" "2.0.0-rc.1"}}{{sprig_semverCompare "0.1 - 0.2 || 12" .}} {{end}}',
      'false false false false true false false false false false ',
    ],
    [
      '{{range sprig_list "1.2.3" "v1.2" "1" "0.0.3" "0.2.9" "1.9.9" "2.0.0" "11.1.0" "1.2.3-beta.1" "2.0.0-rc.1"}}{{sprig_semverCompare "v1.2.3" .}} {{end}}',
      'true false false false false false false false false false ',
    ],
    [
      '{{range sprig_list "1.2.3" "v1.2" "1" "0.0.3" "0.2.9" "1.9.9" "2.0.0" "11.1.0" "1.2.3-beta.1" "2.0.0-rc.1"}}{{sprig_semverCompare ">=v1.2" .}} {{end}}',
      'true true false false false true true true false false ',
    ],
    [
      '{{range sprig_list "1.2.3" "v1.2" "1" "0.0.3" "0.2.9" "1.9.9" "2.0.0" "11.1.0" "1.2.3-beta.1" "2.0.0-rc.1"}}{{sprig_semverCompare "= 1.2.3" .}} {{end}}',
      'true false false false false false false false false false ',
    ],
    [
      '{{range sprig_list "1.2.3" "v1.2" "1" "0.0.3" "0.2.9" "1.9.9" "2.0.0" "11.1.0" "1.2.3-beta.1" "2.0.0-rc.1"}}{{sprig_semverCompare "  >=  1.2  " .}} {{end}}',
      'true true false false false true true true false false ',
    ],
    ['{{sprig_semverCompare "1 2 3" "1.2.3"}}', 'false'],
    ['{{sprig_semverCompare "1.02.3" "1.2.3"}}', 'true'],
    ['{{sprig_semverCompare "x.1.2" "1.2.3"}}', 'true'],
    ['{{sprig_semverCompare "1.x.3" "1.2.3"}}', 'true'],
    ['{{sprig_semverCompare "1-2" "1.2.3"}}', 'true'],
    [String.raw`{{sprig_semverCompare "1\n2" "1.2.3"}}`, 'false'],
    ['{{sprig_semver "1.2.3-0"}}', '1.2.3-0'],
    ['{{sprig_semver "01.2.3"}}', '1.2.3'],
    ['{{sprig_semver "1.2-beta"}}', '1.2.0-beta'],
    ['{{sprig_semver "1-beta+x.y.01"}}', '1.0.0-beta+x.y.01'],
    ['{{sprig_semver "1.2.3-00a"}}', '1.2.3-00a'],
    [
      '{{$v := sprig_semver "v1.2.3-beta.1+b"}}{{$v.Major}} {{$v.Minor}} {{$v.Patch}} {{$v.Prerelease}} {{$v.Metadata}} {{$v.Original}} {{$v.String}} {{$v}}',
      '1 2 3 beta.1 b v1.2.3-beta.1+b 1.2.3-beta.1+b 1.2.3-beta.1+b',
    ],
    [
      '{{$v := sprig_semver "v1.2.3-beta.1+b"}}{{$v.IncMajor}} {{$v.IncMinor}} {{$v.IncPatch}} {{$v.IncPatch.IncPatch}} {{$v.IncMajor.Major}} {{printf "%T" $v.IncMajor}}',
      '2.0.0 1.3.0 1.2.3 1.2.4 2 semver.Version',
    ],
    [
      '{{$v := sprig_semver "1.2.3-beta.1+b"}}{{$v.SetPrerelease "rc.1"}} {{$v.SetMetadata "x"}} {{$v.SetPrerelease ""}} {{$v}}',
      '1.2.3-rc.1+b 1.2.3-beta.1+x 1.2.3+b 1.2.3-beta.1+b',
    ],
    [
      '{{$v := sprig_semver "1.2.3"}}{{$v.Compare (sprig_semver "1.2.3-a")}} {{$v.LessThan (sprig_semver "1.2.4")}} {{$v.Equal (sprig_semver "1.2.3+x")}} {{$v.GreaterThan (sprig_semver "1.0")}} {{$v.GreaterThan $v}} {{$v.LessThanEqual $v}} {{$v.GreaterThanEqual $v}} {{$v.LessThanEqual (sprig_semver "1")}} {{$v.GreaterThanEqual (sprig_semver "2")}} {{$v.Equal (sprig_semver "2")}}',
      '1 true true true false true true false false false',
    ],
    [
      '{{$v := sprig_semver "1.2.3"}}{{printf "%T %v %s %q %d" $v $v $v $v $v.Major}} {{printf "%T" $v.Major}} {{printf "%s" $v.MarshalJSON}} {{printf "%s" $v.MarshalText}}',
      '*semver.Version 1.2.3 1.2.3 "1.2.3" 1 uint64 "1.2.3" 1.2.3',
    ],
  ])('%s', (template, expected) => {
    expect(rendered(template)).toBe(expected);
  });

  it.each([
    [
      '{{range sprig_list "1.2.3" "v1.2" "1" "0.0.3" "0.2.9" "1.9.9" "2.0.0" "11.1.0" "1.2.3-beta.1" "2.0.0-rc.1"}}{{sprig_semverCompare "" .}} {{end}}',
      'template: :1:110: executing "" at <sprig_semverCompare "" .>: error calling sprig_semverCompare: improper constraint: ',
    ],
    [
      '{{sprig_semverCompare "a" "1.2.3"}}',
      'template: :1:2: executing "" at <sprig_semverCompare "a" "1.2.3">: error calling sprig_semverCompare: improper constraint: a',
    ],
    [
      '{{sprig_semverCompare "1.2.3.4" "1.2.3"}}',
      'template: :1:2: executing "" at <sprig_semverCompare "1.2.3.4" "1.2.3">: error calling sprig_semverCompare: improper constraint: 1.2.3.4',
    ],
    [
      '{{sprig_semverCompare "1," "1.2.3"}}',
      'template: :1:2: executing "" at <sprig_semverCompare "1," "1.2.3">: error calling sprig_semverCompare: improper constraint: 1,',
    ],
    [
      '{{sprig_semverCompare "1,,2" "1.2.3"}}',
      'template: :1:2: executing "" at <sprig_semverCompare "1,,2" "1.2.3">: error calling sprig_semverCompare: improper constraint: 1,,2',
    ],
    [
      '{{sprig_semverCompare ",1" "1.2.3"}}',
      'template: :1:2: executing "" at <sprig_semverCompare ",1" "1.2.3">: error calling sprig_semverCompare: improper constraint: ,1',
    ],
    [
      '{{sprig_semverCompare "1 ||" "1.2.3"}}',
      'template: :1:2: executing "" at <sprig_semverCompare "1 ||" "1.2.3">: error calling sprig_semverCompare: improper constraint: ',
    ],
    [
      '{{sprig_semverCompare "|| 1" "1.2.3"}}',
      'template: :1:2: executing "" at <sprig_semverCompare "|| 1" "1.2.3">: error calling sprig_semverCompare: improper constraint: ',
    ],
    [
      '{{sprig_semverCompare "1|2" "1.2.3"}}',
      'template: :1:2: executing "" at <sprig_semverCompare "1|2" "1.2.3">: error calling sprig_semverCompare: constraint Parser Error',
    ],
    [
      '{{sprig_semverCompare " > = 1" "1.2.3"}}',
      'template: :1:2: executing "" at <sprig_semverCompare " > = 1" "1.2.3">: error calling sprig_semverCompare: improper constraint:  > = 1',
    ],
    [
      '{{sprig_semverCompare ">=1 <" "1.2.3"}}',
      'template: :1:2: executing "" at <sprig_semverCompare ">=1 <" "1.2.3">: error calling sprig_semverCompare: improper constraint: >=1 <',
    ],
    [
      '{{sprig_semverCompare "1.2.3-01" "1.2.3"}}',
      'template: :1:2: executing "" at <sprig_semverCompare "1.2.3-01" "1.2.3">: error calling sprig_semverCompare: constraint Parser Error',
    ],
    [
      '{{sprig_semverCompare "==1" "1.2.3"}}',
      'template: :1:2: executing "" at <sprig_semverCompare "==1" "1.2.3">: error calling sprig_semverCompare: improper constraint: ==1',
    ],
    [
      '{{sprig_semverCompare "=>=1" "1.2.3"}}',
      'template: :1:2: executing "" at <sprig_semverCompare "=>=1" "1.2.3">: error calling sprig_semverCompare: improper constraint: =>=1',
    ],
    [
      '{{sprig_semverCompare "~>>1" "1.2.3"}}',
      'template: :1:2: executing "" at <sprig_semverCompare "~>>1" "1.2.3">: error calling sprig_semverCompare: improper constraint: ~>>1',
    ],
    [
      '{{sprig_semverCompare "^^1" "1.2.3"}}',
      'template: :1:2: executing "" at <sprig_semverCompare "^^1" "1.2.3">: error calling sprig_semverCompare: improper constraint: ^^1',
    ],
    [
      '{{sprig_semverCompare "1.2.3-" "1.2.3"}}',
      'template: :1:2: executing "" at <sprig_semverCompare "1.2.3-" "1.2.3">: error calling sprig_semverCompare: improper constraint: 1.2.3-',
    ],
    [
      '{{sprig_semverCompare "1.2.3+" "1.2.3"}}',
      'template: :1:2: executing "" at <sprig_semverCompare "1.2.3+" "1.2.3">: error calling sprig_semverCompare: improper constraint: 1.2.3+',
    ],
    [
      '{{sprig_semverCompare "1..2" "1.2.3"}}',
      'template: :1:2: executing "" at <sprig_semverCompare "1..2" "1.2.3">: error calling sprig_semverCompare: improper constraint: 1..2',
    ],
    [
      '{{sprig_semverCompare "-1" "1.2.3"}}',
      'template: :1:2: executing "" at <sprig_semverCompare "-1" "1.2.3">: error calling sprig_semverCompare: improper constraint: -1',
    ],
    [
      '{{sprig_semverCompare "1 -2" "1.2.3"}}',
      'template: :1:2: executing "" at <sprig_semverCompare "1 -2" "1.2.3">: error calling sprig_semverCompare: improper constraint: 1 -2',
    ],
    [
      '{{sprig_semverCompare "1 - " "1.2.3"}}',
      'template: :1:2: executing "" at <sprig_semverCompare "1 - " "1.2.3">: error calling sprig_semverCompare: improper constraint: 1 - ',
    ],
    [
      '{{sprig_semverCompare "1.2.3 -beta" "1.2.3"}}',
      'template: :1:2: executing "" at <sprig_semverCompare "1.2.3 -beta" "1.2.3">: error calling sprig_semverCompare: improper constraint: 1.2.3 -beta',
    ],
    [
      '{{sprig_semverCompare ">=1 - 2" "1.2.3"}}',
      'template: :1:2: executing "" at <sprig_semverCompare ">=1 - 2" "1.2.3">: error calling sprig_semverCompare: improper constraint: >=>= 1, <= 2 ',
    ],
    [
      '{{sprig_semverCompare "99999999999999999999" "1.2.3"}}',
      'template: :1:2: executing "" at <sprig_semverCompare "99999999999999999999" "1.2.3">: error calling sprig_semverCompare: constraint Parser Error',
    ],
    [
      '{{sprig_semverCompare "1.2.3 \u00a0" "1.2.3"}}',
      'template: :1:2: executing "" at <sprig_semverCompare "1.2.3 \u00a0" "1.2.3">: error calling sprig_semverCompare: improper constraint: 1.2.3 \u00a0',
    ],
    [
      String.raw`{{sprig_semverCompare "1\u000b2" "1.2.3"}}`,
      'template: :1:2: executing "" at <sprig_semverCompare "1\\u000b2" "1.2.3">: error calling sprig_semverCompare: improper constraint: 1\u000b2',
    ],
    [
      '{{sprig_semver ""}}',
      'template: :1:2: executing "" at <sprig_semver "">: error calling sprig_semver: Invalid Semantic Version',
    ],
    [
      '{{sprig_semver "a"}}',
      'template: :1:2: executing "" at <sprig_semver "a">: error calling sprig_semver: Invalid Semantic Version',
    ],
    [
      '{{sprig_semver "1.2.3.4"}}',
      'template: :1:2: executing "" at <sprig_semver "1.2.3.4">: error calling sprig_semver: Invalid Semantic Version',
    ],
    [
      '{{sprig_semver "v"}}',
      'template: :1:2: executing "" at <sprig_semver "v">: error calling sprig_semver: Invalid Semantic Version',
    ],
    [
      '{{sprig_semver "1.2.3-01"}}',
      'template: :1:2: executing "" at <sprig_semver "1.2.3-01">: error calling sprig_semver: Version segment starts with 0',
    ],
    [
      '{{sprig_semver "1.2.3-a..b"}}',
      'template: :1:2: executing "" at <sprig_semver "1.2.3-a..b">: error calling sprig_semver: Invalid Semantic Version',
    ],
    [
      '{{sprig_semver "1.2.3+"}}',
      'template: :1:2: executing "" at <sprig_semver "1.2.3+">: error calling sprig_semver: Invalid Semantic Version',
    ],
    [
      '{{sprig_semver "99999999999999999999.1.1"}}',
      'template: :1:2: executing "" at <sprig_semver "99999999999999999999.1.1">: error calling sprig_semver: Error parsing version segment: strconv.ParseUint: parsing "99999999999999999999": value out of range',
    ],
    [
      '{{sprig_semver "1.99999999999999999999"}}',
      'template: :1:2: executing "" at <sprig_semver "1.99999999999999999999">: error calling sprig_semver: Error parsing version segment: strconv.ParseUint: parsing "99999999999999999999": value out of range',
    ],
    [
      '{{sprig_semver " 1.2.3"}}',
      'template: :1:2: executing "" at <sprig_semver " 1.2.3">: error calling sprig_semver: Invalid Semantic Version',
    ],
    [
      '{{sprig_semver "V1.2.3"}}',
      'template: :1:2: executing "" at <sprig_semver "V1.2.3">: error calling sprig_semver: Invalid Semantic Version',
    ],
    [
      '{{sprig_semver "1.2.3-é"}}',
      'template: :1:2: executing "" at <sprig_semver "1.2.3-é">: error calling sprig_semver: Invalid Semantic Version',
    ],
    [
      '{{sprig_semver "1.2.3-a_b"}}',
      'template: :1:2: executing "" at <sprig_semver "1.2.3-a_b">: error calling sprig_semver: Invalid Semantic Version',
    ],
    [
      '{{$v := sprig_semver "1.2.3-beta.1+b"}}{{($v.SetPrerelease "rc.1").Original}} {{$v.SetMetadata "x"}} {{$v.SetPrerelease ""}}',
      'template: :1:59: executing "" at <"rc.1">: can\'t evaluate field Original in type semver.Version',
    ],
    [
      '{{(sprig_semver "1.2.3").SetPrerelease "a_b"}}',
      'template: :1:24: executing "" at <(sprig_semver "1.2.3").SetPrerelease>: error calling SetPrerelease: Invalid Prerelease string',
    ],
    [
      '{{(sprig_semver "1.2.3").SetMetadata "a_b"}}',
      'template: :1:24: executing "" at <(sprig_semver "1.2.3").SetMetadata>: error calling SetMetadata: Invalid Metadata string',
    ],
    [
      '{{(sprig_semver "1.2.3").SetPrerelease "01"}}',
      'template: :1:24: executing "" at <(sprig_semver "1.2.3").SetPrerelease>: error calling SetPrerelease: Version segment starts with 0',
    ],
    [
      '{{(sprig_semver "1.2.3").Foo}}',
      'template: :1:16: executing "" at <"1.2.3">: can\'t evaluate field Foo in type *semver.Version',
    ],
    [
      '{{(sprig_semver "1.2.3").major}}',
      'template: :1:16: executing "" at <"1.2.3">: major is an unexported field of struct type *semver.Version',
    ],
    [
      '{{(sprig_semver "1.2.3").Compare 1}}',
      'template: :1:33: executing "" at <1>: can\'t handle 1 for arg of type *semver.Version',
    ],
  ])('%s is an error', (template, message) => {
    expect(refusal(template)).toBe(message);
  });
});
