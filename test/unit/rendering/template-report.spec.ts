import { describe, expect, it } from 'vitest';
import { CONSUL_FUNCTIONS } from '../../../src/rendering/functions/consul.ts';
import { KEY_FUNCTIONS } from '../../../src/rendering/functions/keys.ts';
import { isRefused, REFUSED_FUNCTIONS } from '../../../src/rendering/functions/refused.ts';
import { placeAt } from '../../../src/rendering/template-problem.ts';
import { templateReport } from '../../../src/rendering/template-report.ts';

const readers = { ...CONSUL_FUNCTIONS, ...KEY_FUNCTIONS };
const options = {
  functions: { ...readers, ...REFUSED_FUNCTIONS },
  readers: new Set(Object.keys(readers)),
  isRefused,
  isPure: () => false,
};
const report = (text: string) => templateReport(text, options);

/** `line:column message (hint)` of each problem. */
const problems = (text: string): readonly string[] =>
  report(text).problems.map(
    ({ line, column, message, hint }) => `${line}:${column} ${message}${hint ? ` (${hint})` : ''}`,
  );

describe('templateReport', () => {
  it('says what a template calls and reads', () => {
    const text =
      '{{range services}}{{range service .Name "any"}}{{.Node}}{{end}}{{end}}\n{{range service "web"}}{{.Node}}{{end}}{{key "a/b" | print}}{{service "web|passing" | len}}{{print "x/" "y" | tree}}';
    expect(report(text)).toEqual({
      problems: [],
      functions: ['key', 'len', 'print', 'service', 'services', 'tree'],
      needs: ['catalog.services', 'health.service(web|passing)', 'kv.block(a/b)', 'kv.list(x/y)'],
      dependent: [{ line: 1, function: 'service' }],
      warnings: [],
    });
  });

  it('reads nothing for an empty name', () => {
    expect(report('{{service ""}}{{key ""}}').needs).toEqual([]);
  });

  it('warns of old names', () => {
    expect(report('{{key_or_default "a" "b"}}{{key_or_default "a" "c"}}').warnings).toEqual([
      'key_or_default is called keyOrDefault now',
    ]);
    expect(report('{{key_exists .}}{{key .}}{{service .}}{{datacenters .}}').warnings).toEqual([
      'key_exists is called keyExists now',
    ]);
  });

  it('finds a query that Consul could not be asked', () => {
    expect(problems('a\n {{range service "web|any@dc1"}}{{end}}')).toEqual([
      '2:9 error calling service: health.service: invalid format: "web|any@dc1"',
    ]);
  });

  it('finds what Portolan does not have, at each of its places', () => {
    expect(problems('{{secret "a"}}\n{{with secret "b" "c"}}{{end}}')).toEqual([
      '1:2 error calling secret: not supported: Portolan does not read from Vault',
      '2:7 error calling secret: not supported: Portolan does not read from Vault',
    ]);
  });

  it('finds all functions that nobody knows at once, and what is wrong behind them', () => {
    expect(problems('{{kye "x"}}\n{{ servcie "y" | frobnicate }}\n{{ service "|" }}')).toEqual([
      '1:2 function "kye" not defined (Did you mean key?)',
      '2:3 function "servcie" not defined (Did you mean service or services?)',
      '2:17 function "frobnicate" not defined (Functions of consul-template, of Go and, with the prefix sprig_, of sprig are known.)',
      '3:3 error calling service: health.service: invalid format: "|"',
    ]);
  });
});

describe('a text that is no template', () => {
  it.each([
    ['{{ .Name', '1:8 unclosed action (An action begins with {{ and must end with }}.)'],
    ['a\n{{ $x }}', '2:3 undefined variable "$x" (A variable is known from its := to the end of its block.)'],
    ['{{ template x }}', '1:12 unexpected "x" in template clause'],
    ['{{end}}', '1:2 unexpected {{end}} (There is no block here: only if, range, with, define and block have an end.)'],
    ['{{if .a}}\n{{range .b}}\n{{end}}\nx', '4:1 unexpected EOF (A block has no {{end}}: {{if}} on line 1.)'],
    ['{{ "abc }}', '1:3 unterminated quoted string (A text in "…" ends on its line; one in `…` may go on.)'],
    ["{{ 'ab' }}", "1:3 malformed character constant: 'ab' (Texts stand in \"…\" or `…`; '…' is one character.)"],
  ])('%j: %s', (text, problem) => {
    expect(problems(text)).toEqual([problem]);
  });

  it('needs nothing', () => {
    expect(report('{{service "web"}}{{')).toMatchObject({ functions: [], needs: [], dependent: [] });
  });
});

describe('placeAt', () => {
  it.each([
    [0, { line: 1, column: 0, excerpt: 'ab' }],
    [2, { line: 1, column: 2, excerpt: 'ab' }],
    [4, { line: 2, column: 0, excerpt: 'é' }],
    [6, { line: 3, column: 0, excerpt: '' }],
  ])('%d', (position, place) => {
    expect(placeAt('ab\r\né\n', position)).toEqual(place);
  });
});
