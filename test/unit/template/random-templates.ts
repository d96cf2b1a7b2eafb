import type { Random } from '../../support/random.ts';

/** Pieces of template text in no order at all, good and bad. */
const PIECES: readonly [string, ...string[]] = [
  ...([
    '{{',
    '}}',
    '{{- ',
    ' -}}',
    '{{-',
    '-}}',
    ' ',
    '\n',
    '\t',
    '\r',
    '.',
    '..',
    '.a',
    '.b.c',
    '$',
    '$x',
    ':=',
    '=',
  ] as const),
  ...([
    ',',
    '|',
    '(',
    ')',
    '"a"',
    '`b`',
    "'c'",
    '1',
    '-',
    '+',
    '1.5',
    '0x',
    '1e',
    '5i',
    '1+2i',
    '08',
    '.5',
    '5.',
  ] as const),
  ...(['if ', 'else', 'end', 'range ', 'with ', 'template ', 'define ', 'block ', 'break', 'continue', 'nil'] as const),
  ...([
    'true',
    'false',
    'and ',
    'print ',
    'len ',
    'foo',
    '"',
    '`',
    "'",
    '/*',
    '*/',
    '{{/*',
    '*/}}',
    '/',
    'é',
    '日',
  ] as const),
  ...([
    '!',
    '@',
    '#',
    '%',
    '\\',
    '\0',
    '\x7f',
    '😀',
    '_',
    '{',
    '}',
    '[',
    ']',
    ';',
    ':',
    '\v',
    '\u2028',
    '\udcff',
    '\ud800',
  ] as const),
];
const FIELDS: readonly [string, ...string[]] = [
  ...([
    '.',
    '$',
    '.s',
    '.i',
    '.f',
    '.t',
    '.n',
    '.l',
    '.m',
    '.nope',
    '.m.a',
    '.l.x',
    '.m.nope.x',
    '$.s',
    '$.m.a',
  ] as const),
];
const LITERALS: readonly [string, ...string[]] = [
  ...([
    '"a"',
    '""',
    '"%d|%-5s|%v"',
    '`raw`',
    String.raw`"\xff"`,
    '"é😀"',
    'true',
    'false',
    'nil',
    '0',
    '1',
    '2',
    '-1',
  ] as const),
  ...(['1.5', '1e3', '0x1F', "'a'", '1e21', '1i', '9223372036854775807', '18446744073709551615'] as const),
];
const FUNCTIONS: readonly [string, ...string[]] = [
  ...([
    'and',
    'or',
    'not',
    'len',
    'index',
    'slice',
    'print',
    'printf',
    'println',
    'html',
    'js',
    'urlquery',
    'call',
  ] as const),
  ...(['eq', 'ne', 'lt', 'le', 'gt', 'ge', 'list', 'dict', 'ident', 'upper', 'addi', 'fail', 'boom', 'adder'] as const),
  ...(['strmap', 'intmap', 'dur', 'errval', 'bytes', 'chan3', 'nilany', 'nilfn'] as const),
];

/** A text that is most likely no template. */
export function randomText(random: Random): string {
  let text = '';
  for (let count = random.below(12); count >= 0; count--) text += random.pick(PIECES);
  return random.chance(0.5) ? `{{${text}}}` : text;
}

/** A well-formed template; whether it can be evaluated is another question. */
export function randomTemplate(random: Random): string {
  const head = random.chance(0.5) ? '{{$x := .l}}{{$y := 1}}' : '{{$x := 1}}{{$y := .s}}';
  const define = random.chance(0.3) ? `{{define "d"}}<{{.}}>${body(random, 1).replaceAll(/\$[xy]/g, '$')}{{end}}` : '';
  return head + define + body(random, 3);
}

function body(random: Random, depth: number): string {
  let text = '';
  for (let count = random.below(3); count >= 0; count--) text += statement(random, depth);
  return text;
}

function statement(random: Random, depth: number): string {
  if (random.chance(0.25)) return random.pick(['a', ' b\n', '\n', 'é', 'x}y ', '\t']);
  if (depth === 0 || random.chance(0.5)) return action(random, pipeline(random, 2));
  const inner = body(random, depth - 1);
  const otherwise = random.chance(0.4) ? `{{else}}${body(random, depth - 1)}` : '';
  const jump = random.chance(0.2) ? `{{if eq . "b"}}{{${random.pick(['break', 'continue'])}}}{{end}}` : '';
  const word = random.pick(['if', 'with', 'range', 'range $i, $e :=', 'range $x =', 'template', 'comment']);
  if (word === 'template') return `{{template "${random.pick(['d', 'none'])}" ${operand(random, 1)}}}`;
  if (word === 'comment') return '{{- /* comment */ -}}';
  const isRange = word.startsWith('range');
  return `${action(random, `${word} ${pipeline(random, 1)}`)}${inner}${isRange ? jump : ''}${otherwise}{{end}}`;
}

function action(random: Random, text: string): string {
  return random.pick([`{{${text}}}`, `{{ ${text} }}`, `{{- ${text} -}}`, `{{${text} -}}`]);
}

function pipeline(random: Random, depth: number): string {
  const commands = [command(random, depth)];
  while (random.chance(0.25)) commands.push(`${random.pick(FUNCTIONS)} ${operand(random, depth)}`);
  const target = depth === 2 && random.chance(0.1) ? random.pick(['$x := ', '$y = ']) : '';
  return target + commands.join(' | ');
}

function command(random: Random, depth: number): string {
  if (random.chance(0.4)) return operand(random, depth);
  let text = random.pick(FUNCTIONS);
  for (let count = random.below(4); count > 0; count--) text += ` ${operand(random, depth)}`;
  return text;
}

function operand(random: Random, depth: number): string {
  if (depth > 0 && random.chance(0.2)) return `(${pipeline(random, depth - 1)})${random.pick(['', '', '.a', '.x.y'])}`;
  if (random.chance(0.3)) return random.pick(LITERALS);
  return random.chance(0.2) ? random.pick(['$x', '$y', '$x.a', 'strmap.a', 'noargs']) : random.pick(FIELDS);
}
