import { describe, expect, it } from 'vitest';
import { metaPairs } from '../../../src/registration/meta-pairs.ts';
import { metadataForPort } from '../../../src/registration/metadata.ts';
import { aContainer, http } from '../../support/containers.ts';

const pairsOf = (labels: Readonly<Record<string, string>>) =>
  metaPairs(metadataForPort(aContainer({ labels }), http).metadata);

describe('metaPairs', () => {
  it("gives the user's own settings, by key", () => {
    const labels = { SERVICE_VERSION: '1.2', SERVICE_80_Region: 'eu', 'SERVICE_a-b_c': 'x y' };
    expect(pairsOf(labels)).toEqual({ meta: { 'a-b_c': 'x y', region: 'eu', version: '1.2' }, warnings: [] });
    expect(Object.keys(pairsOf(labels).meta)).toEqual(['a-b_c', 'region', 'version']);
  });

  it('keeps an empty value as it is', () => {
    expect(pairsOf({ SERVICE_VERSION: '' })).toEqual({ meta: { version: '' }, warnings: [] });
  });

  it.each([
    'NAME',
    'ID',
    'TAGS',
    'IGNORE',
    'ADDRESS',
    'PORT',
    'NAMESPACE',
    'NETWORK',
    'CHECKS',
    'ENABLE_TAG_OVERRIDE',
    'WEIGHTS_PASSING',
    'WEIGHTS_WARNING',
    'CHECK_HTTP',
    'CHECK_ANYTHING',
    'TOKEN',
  ])('says nothing of SERVICE_%s, which is no pair', (key) => {
    expect(pairsOf({ [`SERVICE_${key}`]: 'x' })).toEqual({ meta: {}, warnings: [] });
  });

  it('gives what routers read', () => {
    const labels = { SERVICE_ROUTE: 'off', SERVICE_ROUTE_HOST: 'shop.example' };
    expect(pairsOf(labels)).toEqual({ meta: { route: 'off', route_host: 'shop.example' }, warnings: [] });
  });

  it.each(['CHECK', 'CHECKER', 'PARTITION', 'WEIGHTS', 'ENABLETAGOVERRIDE', 'IP', 'META_A', 'TOKEN_TTL'])(
    'takes SERVICE_%s for a pair, which is no word of its own',
    (key) => {
      expect(pairsOf({ [`SERVICE_${key}`]: 'x' })).toEqual({ meta: { [key.toLowerCase()]: 'x' }, warnings: [] });
    },
  );

  const charset = 'is no Meta key: only letters, digits, _ and - are; the pair is left out';
  it.each([
    { key: 'a.b', problem: charset },
    { key: 'a b', problem: charset },
    { key: 'größe', problem: charset },
    { key: 'a/b', problem: charset },
    { key: '', problem: charset },
    { key: 'consul-x', problem: 'begins with consul-, which Consul keeps for itself; the pair is left out' },
    { key: 'CONSUL-X', problem: 'begins with consul-, which Consul keeps for itself; the pair is left out' },
    { key: 'portolan-owner', problem: 'begins with portolan-, which Portolan keeps for itself; the pair is left out' },
    { key: '__proto__', problem: 'is a name that JavaScript keeps for itself; the pair is left out' },
    {
      key: 'k'.repeat(129),
      problem: 'is longer than the 128 characters of a Meta key; the pair is left out',
    },
  ])('drops the key "$key" alone, and says why', ({ key, problem }) => {
    expect(pairsOf({ [`SERVICE_${key}`]: 'x', SERVICE_KEPT: 'y' })).toEqual({
      meta: { kept: 'y' },
      warnings: [{ label: `SERVICE_${key}`, value: 'x', problem }],
    });
  });

  it('takes a key of 128 characters', () => {
    const key = 'k'.repeat(128);
    expect(pairsOf({ [`SERVICE_${key}`]: 'x' })).toEqual({ meta: { [key]: 'x' }, warnings: [] });
  });

  it.each([
    { what: '512 letters', value: 'a'.repeat(512) },
    { what: '256 letters of two bytes', value: 'é'.repeat(256) },
    { what: '128 characters of four bytes', value: '😀'.repeat(128) },
  ])('takes a value of $what', ({ value }) => {
    expect(pairsOf({ SERVICE_LONG: value })).toEqual({ meta: { long: value }, warnings: [] });
  });

  it.each([
    { what: '513 letters', value: 'a'.repeat(513) },
    { what: '257 letters of two bytes', value: 'é'.repeat(257) },
    { what: '129 characters of four bytes', value: '😀'.repeat(129) },
  ])('drops a value of $what, which are more than 512 bytes', ({ value }) => {
    expect(pairsOf({ SERVICE_LONG: value })).toEqual({
      meta: {},
      warnings: [
        { label: 'SERVICE_LONG', value, problem: 'has more than the 512 bytes of a Meta value; the pair is left out' },
      ],
    });
  });

  it('takes 62 of 100 pairs, the first by key, and says which are left out', () => {
    const keys = Array.from({ length: 100 }, (_, i) => `k${String(i).padStart(2, '0')}`);
    const { meta, warnings } = pairsOf(Object.fromEntries(keys.toReversed().map((key) => [`SERVICE_${key}`, key])));
    expect(meta).toEqual(Object.fromEntries(keys.slice(0, 62).map((key) => [key, key])));
    expect(warnings).toEqual(
      keys.slice(62).map((key) => ({
        label: `SERVICE_${key}`,
        value: key,
        problem: 'is beyond the 62 pairs that Consul has room for; the pair is left out',
      })),
    );
  });

  it('does not count what it drops and what is no pair', () => {
    const keys = Array.from({ length: 62 }, (_, i) => `k${String(i).padStart(2, '0')}`);
    const others = { 'SERVICE_a.b': 'x', SERVICE_CHECK_HTTP: '/', SERVICE_ID: 'y' };
    const { meta } = pairsOf({ ...others, ...Object.fromEntries(keys.map((key) => [`SERVICE_${key}`, key])) });
    expect(Object.keys(meta)).toEqual(keys);
  });
});
