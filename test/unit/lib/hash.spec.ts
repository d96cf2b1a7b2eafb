import { describe, expect, it } from 'vitest';
import { sha256, uuidV5 } from '../../../src/lib/hash.ts';

describe('sha256', () => {
  it.each([
    { text: '', hash: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855' },
    { text: 'abc', hash: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad' },
    // Of its UTF-8, as `printf 'ü' | sha256sum` says.
    { text: 'ü', hash: '607474ca475a9724d7360aba71a56d5df77e61350e3f724cfa1f46e857e2d85f' },
  ])('of $text is $hash', ({ text, hash }) => {
    expect(sha256(text)).toBe(hash);
  });
});

describe('uuidV5', () => {
  const dns = '6ba7b810-9dad-11d1-80b4-00c04fd430c8';

  // The first is the example of RFC 9562, A.4; the others are as Python's `uuid.uuid5` says.
  it.each([
    { name: 'www.example.com', uuid: '2ed6657d-e927-568b-95e1-2665a8aea6a2' },
    { name: '', uuid: '4ebd0208-8328-5d69-8c44-ec50939c0967' },
    { name: 'ü', uuid: 'ad6339e7-66ab-5d3c-be44-818ca72b7a8f' },
  ])('of $name in the namespace of DNS is $uuid', ({ name, uuid }) => {
    expect(uuidV5(dns, name)).toBe(uuid);
  });

  it('depends on the namespace', () => {
    expect(uuidV5('6ba7b811-9dad-11d1-80b4-00c04fd430c8', 'www.example.com')).toBe(
      'b63cdfa4-3df9-568e-97ae-006c5b8fd652',
    );
  });

  it('takes a namespace in capitals and without hyphens for the same', () => {
    expect(uuidV5(dns.replaceAll('-', '').toUpperCase(), 'www.example.com')).toBe(uuidV5(dns, 'www.example.com'));
  });
});
