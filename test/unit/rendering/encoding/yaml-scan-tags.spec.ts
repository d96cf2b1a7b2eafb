import { describe, expect, it } from 'vitest';
import { parseGoYaml } from '../../../../src/rendering/encoding/yaml-parser.ts';
import { printf } from '../../../../src/template/index.ts';

describe('anchors, tags and directives', () => {
  it.each([
    ['&a-_1 x', '"x"'],
    ['!%41 x', '"x"'],
  ])('names: %j', (text, expected) => {
    expect(printf('%#v', [parseGoYaml(text)])).toBe(expected);
  });

  it.each([
    ['!a!b c', 'yaml: found undefined tag handle'],
    ['& x', 'yaml: did not find expected alphabetic or numeric character'],
    ['*', 'yaml: did not find expected alphabetic or numeric character'],
    ['&é x', 'yaml: did not find expected alphabetic or numeric character'],
    ['!<x', "yaml: did not find the expected '>'"],
    ['!<>', 'yaml: did not find expected tag URI'],
    ['!%zz x', 'yaml: did not find URI escaped octet'],
    ['!%80 x', 'yaml: found an incorrect leading UTF-8 octet'],
    ['!%c3%41 x', 'yaml: found an incorrect trailing UTF-8 octet'],
  ])('names is refused: %j', (text, message) => {
    expect(() => printf('%#v', [parseGoYaml(text)])).toThrow(new Error(message));
  });

  it.each([
    ['%', 'yaml: could not find expected directive name'],
    ['%TAG a b\n', "yaml: did not find expected '!'"],
    ['%TAG !a b\n', "yaml: did not find expected '!'"],
    ['%TAG !a!b\n', 'yaml: did not find expected whitespace'],
    ['%YAML 1', "yaml: did not find expected digit or '.' character"],
    ['%YAML a', 'yaml: did not find expected version number'],
    ['%YAML 1.123', 'yaml: found extremely long version number'],
    ['%é', 'yaml: could not find expected directive name'],
    ['%TAG ! b c\n---\n', 'yaml: did not find expected comment or line break'],
  ])('directives is refused: %j', (text, message) => {
    expect(() => printf('%#v', [parseGoYaml(text)])).toThrow(new Error(message));
  });
});
