import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { metadataForPort } from '../../../src/registration/metadata.ts';
import { serviceTags, splitTags } from '../../../src/registration/tags.ts';
import { aContainer, http } from '../../support/containers.ts';

describe('splitTags', () => {
  it.each([
    { rule: 'keeps the order of the text', text: 'c,a,b', tags: ['c', 'a', 'b'] },
    { rule: 'takes a text without commas as one tag', text: 'prod', tags: ['prod'] },
    { rule: 'gives no tags for an empty text', text: '', tags: [] },
    { rule: 'drops empty items', text: ',,a,,,b,,', tags: ['a', 'b'] },
    { rule: 'keeps duplicates', text: 'a,b,a', tags: ['a', 'b', 'a'] },
    { rule: 'keeps blanks', text: ' a , b,  ', tags: [' a ', ' b', '  '] },
    { rule: 'reads an escaped comma as a comma', text: 'a\\,b,c', tags: ['a,b', 'c'] },
    { rule: 'reads escaped commas at both ends', text: '\\,a\\,', tags: [',a,'] },
    { rule: 'keeps every other backslash', text: 'C:\\dir,\\n,\\', tags: ['C:\\dir', '\\n', '\\'] },
    { rule: 'knows no escaped backslash', text: 'a\\\\,b', tags: ['a\\,b'] },
    {
      rule: 'leaves the text of a tag alone',
      text: 'traefik.http.routers.x.rule=Host(`ü.example`)',
      tags: ['traefik.http.routers.x.rule=Host(`ü.example`)'],
    },
  ])('$rule', ({ text, tags }) => {
    expect(splitTags(text)).toEqual(tags);
  });

  // A tag that ends in a backslash cannot be written: it would escape the comma after it.
  const tag = fc
    .string({ minLength: 1, unit: fc.constantFrom('a', ',', '\\', ' ', 'ü') })
    .filter((text) => !text.endsWith('\\'));

  it('gives back any tags that were joined by commas with their own commas escaped', () =>
    fc.assert(
      fc.property(fc.array(tag), (tags) => {
        const text = tags.map((one) => one.replaceAll(',', '\\,')).join(',');
        expect(splitTags(text)).toEqual(tags);
      }),
    ));
});

describe('serviceTags', () => {
  const numbered = (count: number, prefix = 't') => Array.from({ length: count }, (_, i) => `${prefix}${i}`);
  const tagsOf = (label: string | undefined, protocol: 'tcp' | 'udp' | 'sctp', forAll = '') => {
    const labels = label === undefined ? {} : { SERVICE_TAGS: label };
    const ofFlag = { value: forAll, from: '--tags', warnings: [] };
    return serviceTags(metadataForPort(aContainer({ labels }), http).metadata, protocol, ofFlag);
  };
  const warning = (label: string, all: number, lost: number) => ({
    label,
    value: `${all} tags`,
    problem: `would make more than the 64 tags of a service; the last ${lost} are left out`,
  });

  it('are those of the label, of --tags and of the protocol, each with its source', () => {
    expect(tagsOf('b,a', 'udp', 'eu,prod')).toEqual({
      parts: [
        { value: ['b', 'a'], from: 'label SERVICE_TAGS' },
        { value: ['eu', 'prod'], from: '--tags' },
        { value: ['udp'], from: 'rule: the protocol of the port' },
      ],
      warnings: [],
    });
  });

  it.each([
    { what: 'a TCP port without any', label: undefined },
    { what: 'an empty label', label: '' },
    { what: 'a blank label', label: '  ' },
    { what: 'a label of empty items', label: ',,' },
  ])('are none for $what', ({ label }) => {
    expect(tagsOf(label, 'tcp')).toEqual({ parts: [], warnings: [] });
  });

  it('are 64 at most: the last of the label are left out', () => {
    expect(tagsOf(numbered(64).join(), 'tcp').warnings).toEqual([]);
    expect(tagsOf(numbered(66).join(), 'tcp')).toEqual({
      parts: [{ value: numbered(64), from: 'label SERVICE_TAGS' }],
      warnings: [warning('SERVICE_TAGS', 66, 2)],
    });
  });

  it('keep those of --tags and of the protocol before those of the label', () => {
    expect(tagsOf(numbered(64).join(), 'sctp', 'eu')).toEqual({
      parts: [
        { value: numbered(62), from: 'label SERVICE_TAGS' },
        { value: ['eu'], from: '--tags' },
        { value: ['sctp'], from: 'rule: the protocol of the port' },
      ],
      warnings: [warning('SERVICE_TAGS', 64, 2)],
    });
  });

  it('are 64 at most where --tags alone has more', () => {
    expect(tagsOf('a', 'udp', numbered(70, 'f').join())).toEqual({
      parts: [
        { value: numbered(63, 'f'), from: '--tags' },
        { value: ['udp'], from: 'rule: the protocol of the port' },
      ],
      warnings: [warning('SERVICE_TAGS', 1, 1), warning('--tags', 70, 7)],
    });
  });
});
