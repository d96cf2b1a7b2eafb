import { describe, expect, it } from 'vitest';
import type { KeyPair } from '../../../../src/rendering/answers.ts';
import { known, type Readings, rendering } from '../../../support/evaluations.ts';

type KeyQuery = { readonly kind: 'key'; readonly path: string };
type KeysQuery = { readonly kind: 'keys'; readonly prefix: string };

function pairs(entries: Readonly<Record<string, string>>): readonly KeyPair[] {
  const facts = { createIndex: 1, modifyIndex: 2, lockIndex: 3, flags: 2n ** 64n - 1n, session: 's' };
  return Object.entries(entries).map(([path, value]) => ({ path, value, ...facts }));
}

const readings: Readings = {
  'kv.block(app/name)': known<KeyQuery>('portolan'),
  'kv.block(app/empty)': known<KeyQuery>(''),
  'kv.block(nope)': known<KeyQuery>(undefined),
  'kv.list(app)': known<KeysQuery>(
    pairs({ app: '0', 'app/': '', 'app/a': '1', 'app/b/': '', 'app/b/c': '2', apple: '3' }),
  ),
  'kv.list(app/)': known<KeysQuery>(pairs({ 'app/': '', 'app//a': '1' })),
  'kv.list(none)': known<KeysQuery>([]),
};

const result = (text: string): string => rendering(text, { readings }).result;

describe('a key', () => {
  it.each([
    ['{{key "app/name"}} {{key "/app/name"}} [{{key "app/empty"}}] [{{key ""}}]', 'portolan portolan [] []'],
    ['{{key "nope"}}', 'waiting: kv.block(nope)'],
    ['{{key "@dc1"}}', '<key "@dc1">: error calling key: kv.get: invalid format: "@dc1"'],
    [
      '{{keyExists "app/name"}} {{keyExists "app/empty"}} {{keyExists "nope"}} {{keyExists ""}}',
      'true true false false',
    ],
    ['{{keyExists "new"}}', 'waiting: kv.block(new)'],
    ['{{keyOrDefault "app/name" "d"}} {{keyOrDefault "app/empty" "d"}} {{keyOrDefault "nope" "d"}}', 'portolan d d'],
    ['{{keyOrDefault "" "d"}} {{keyOrDefault "nope" ""}}|', 'd |'],
    ['{{keyOrDefault "new" "d"}}', 'waiting: kv.block(new)'],
  ])('%s', (text, expected) => {
    expect(result(text)).toBe(expected);
  });

  it.each([
    ['{{key_or_default "nope" "d"}}', 'd', 'key_or_default is called keyOrDefault now'],
    ['{{key_exists "app/name"}}', 'true', 'key_exists is called keyExists now'],
  ])('has functions of old: %s', (text, expected, warning) => {
    expect(rendering(text + text, { readings })).toEqual({ result: expected + expected, warnings: [warning] });
  });
});

describe('keys below a prefix', () => {
  it.each([
    ['{{range ls "app"}}{{.Key}}={{.Value}} {{end}}', 'a=1 le=3 '],
    ['{{range tree "app"}}{{.Key}}={{.Value}} {{end}}', 'a=1 b/c=2 le=3 '],
    ['{{range ls "/app/"}}{{.Key}} {{.Path}}{{end}}', 'a app//a'],
    ['{{ls ""}}{{tree ""}}{{safeLs ""}}{{safeTree ""}}{{ls "none"}}{{tree "none"}}', '[][][][][][]'],
    ['{{safeLs "none"}}', 'waiting: kv.list(none)'],
    ['{{safeTree "none"}}', 'waiting: kv.list(none)'],
    ['{{len (safeLs "app")}} {{len (safeTree "app")}}', '2 3'],
    ['{{ls "new"}}', 'waiting: kv.list(new)'],
    [
      '{{range ls "app/"}}{{.}} {{printf "%T" .}}{{end}}',
      '{app//a a 1 1 2 3 18446744073709551615 s} *dependency.KeyPair',
    ],
    ['{{ls "@dc1"}}', '<ls "@dc1">: error calling ls: kv.list: invalid format: "@dc1"'],
  ])('%s', (text, expected) => {
    expect(result(text)).toBe(expected);
  });

  it.each([
    ['{{tree "app" | explode}}', 'map[a:1 b:map[c:2] le:3]'],
    [
      '{{range $k, $v := tree "app" | byKey}}{{$k}}{{range $kk, $p := $v}} {{$kk}} {{$p.Key}} {{$p.Path}}{{end}}{{end}}',
      'b c c app/b/c',
    ],
    ['{{byKey (ls "app") | len}}', '0'],
  ])('%s', (text, expected) => {
    expect(result(text)).toBe(expected);
  });
});
