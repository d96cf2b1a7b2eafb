import { describe, expect, it } from 'vitest';
import { outcome } from '../functions/outcome.ts';

describe('how YAML writes texts', () => {
  it.each([
    [
      '{{toYAML (sprig_list "a" "a b" "a#b" "a:b" "-a" "http://x" "10.0.0.1" "é" "=" "<<")}}',
      '- a\n- a b\n- a#b\n- a:b\n- -a\n- http://x\n- 10.0.0.1\n- é\n- =\n- <<',
    ],
  ])('plain where nothing else could be read: %s', (template, expected) => {
    expect(outcome(template)).toBe(expected);
  });

  it.each([
    [
      '{{toYAML (sprig_list "" "true" "No" "n" "~" "null" "1" "1.5" "0x1" "1_000" ".5" ".inf" "2001-01-01" "12:30:45" "1e3")}}',
      '- ""\n- "true"\n- "No"\n- "n"\n- "~"\n- "null"\n- "1"\n- "1.5"\n- "0x1"\n- "1_000"\n- ".5"\n- ".inf"\n- "2001-01-01"\n- "12:30:45"\n- "1e3"',
    ],
  ])('in double quotes where it would be no text: %s', (template, expected) => {
    expect(outcome(template)).toBe(expected);
  });

  it.each([
    [
      '{{toYAML (sprig_list "a: b" "a #b" "- a" "-" "?" "[a" "{a" "*a" "&a" "!a" "|" ">" "%a" "@a" "`a" "#a" ", a" " a" "a " "---" "it\'s: x" "a:")}}',
      "- 'a: b'\n- 'a #b'\n- '- a'\n- '-'\n- '?'\n- '[a'\n- '{a'\n- '*a'\n- '&a'\n- '!a'\n- '|'\n- '>'\n- '%a'\n- '@a'\n- '`a'\n- '#a'\n- ', a'\n- ' a'\n- 'a '\n- '---'\n- 'it''s: x'\n- 'a:'",
    ],
  ])('in single quotes where it would be something of YAML: %s', (template, expected) => {
    expect(outcome(template)).toBe(expected);
  });

  it.each([
    [
      String.raw`{{toYAML (sprig_list "a\tb" "\x00" "\x1b" "a\rb" "😀" "\ufeff" "a\u0085b" "a \nb" "a\n " "\x7f")}}`,
      '- "a\\tb"\n- "\\0"\n- "\\e"\n- "a\\rb"\n- "\\U0001F600"\n- "\\uFEFF"\n- "a\\Nb"\n- "a \\nb"\n- "a\\n "\n- "\\x7F"',
    ],
  ])('by escapes where it cannot be shown: %s', (template, expected) => {
    expect(outcome(template)).toBe(expected);
  });

  it.each([
    [
      String.raw`{{toYAML (sprig_list "a\nb" "a\n" "a\n\n" "\na" " a\nb" "\n" "a\n  b\n")}}`,
      '- |-\n  a\n  b\n- |\n  a\n- |+\n  a\n\n- |2-\n\n  a\n- |2-\n   a\n  b\n- |2+\n\n- |\n  a\n    b',
    ],
    [String.raw`{{toYAML "a\nb"}}`, '|-\n  a\n  b'],
  ])('over several lines: %s', (template, expected) => {
    expect(outcome(template)).toBe(expected);
  });

  it.each([
    [String.raw`{{toYAML "\xff"}}`, '!!binary /w=='],
    [
      String.raw`{{toYAML (sprig_list "\xffxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")}}`,
      '- !!binary |\n  /3h4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eH\n  h4eHh4eHh4eHh4eHh4eA==',
    ],
  ])('in base64 where it is no UTF-8: %s', (template, expected) => {
    expect(outcome(template)).toBe(expected);
  });

  it.each([
    [
      '{{toYAML (sprig_dict "k" "word word word word word word word word word word word word word word word word word word word word end")}}',
      'k: word word word word word word word word word word word word word word word word\n  word word word word end',
    ],
    [
      "{{toYAML (sprig_dict \"k\" \"it's: it's: it's: it's: it's: it's: it's: it's: it's: it's: it's: it's: it's: it's: it's: it's: it's: it's: it's: it's: end\")}}",
      "k: 'it''s: it''s: it''s: it''s: it''s: it''s: it''s: it''s: it''s: it''s: it''s: it''s:\n  it''s: it''s: it''s: it''s: it''s: it''s: it''s: it''s: end'",
    ],
    [
      String.raw`{{toYAML (sprig_dict "k" "\tword word word word word word word word word word word word word word word word word word word word   end")}}`,
      'k: "\\tword word word word word word word word word word word word word word word word\n  word word word word   end"',
    ],
    [
      '{{toYAML (sprig_dict "k" "two  two  two  two  two  two  two  two  two  two  two  two  two  two  two  two  two  two  two  two  end")}}',
      'k: two  two  two  two  two  two  two  two  two  two  two  two  two  two  two  two  two  two  two  two  end',
    ],
  ])('no longer than 80 characters, if there is a blank: %s', (template, expected) => {
    expect(outcome(template)).toBe(expected);
  });
});
