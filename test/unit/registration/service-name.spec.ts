import { describe, expect, it } from 'vitest';
import { metadataForPort } from '../../../src/registration/metadata.ts';
import { defaultServiceName, serviceName } from '../../../src/registration/service-name.ts';
import { aContainer, http } from '../../support/containers.ts';

const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;
const nameOf = (image: string, labels: Readonly<Record<string, string>> = {}): string =>
  defaultServiceName(aContainer({ image, labels })).value;

describe('defaultServiceName', () => {
  it.each([
    { image: 'web', name: 'web', part: 'nothing' },
    { image: 'web:1.2', name: 'web', part: 'the tag' },
    { image: 'team/web', name: 'web', part: 'the path' },
    { image: 'registry.example:5000/team/web', name: 'web', part: 'the registry and its port' },
    { image: 'registry.example:5000/team/web:1.2', name: 'web', part: 'registry, path and tag' },
    { image: `web@${DIGEST}`, name: 'web', part: 'the digest' },
    { image: `registry.example:5000/team/web:1.2@${DIGEST}`, name: 'web', part: 'all of them' },
    { image: 'my_web-app.v2:latest', name: 'my_web-app.v2', part: 'no dots, dashes and underscores' },
  ])('is $name for the image $image: it strips $part', ({ image, name }) => {
    expect(nameOf(image)).toBe(name);
  });

  it.each([
    { kind: 'an image ID', image: DIGEST },
    { kind: 'an image ID without its algorithm', image: DIGEST.slice(7) },
    { kind: 'an image ID cut to 12 digits', image: DIGEST.slice(7, 19) },
    { kind: 'an image ID cut behind its algorithm', image: DIGEST.slice(0, 19) },
  ])('is the Compose service for $kind', ({ image }) => {
    expect(nameOf(image, { 'com.docker.compose.service': 'shop' })).toBe('shop');
  });

  it.each([
    { rule: 'an image ID outside Compose', image: DIGEST, labels: {} },
    { rule: 'an image ID with an empty Compose label', image: DIGEST, labels: { 'com.docker.compose.service': '' } },
    { rule: 'an image ID with a blank Compose label', image: DIGEST, labels: { 'com.docker.compose.service': ' ' } },
    { rule: 'an image without a name', image: '', labels: {} },
    { rule: 'a reference that ends in a slash', image: 'team/', labels: {} },
    { rule: 'a blank reference', image: 'team/ ', labels: {} },
  ])('is the name of the container for $rule', ({ image, labels }) => {
    expect(nameOf(image, labels)).toBe('web.1');
  });

  it('is the name of the image in Compose too, as long as it has one', () => {
    expect(nameOf('team/web:1.2', { 'com.docker.compose.service': 'shop' })).toBe('web');
  });

  it('takes a hexadecimal name that is no ID for a name', () => {
    expect(['cafe', 'deadbeefcafe:1', `team/${DIGEST.slice(7)}`].map((image) => nameOf(image))).toEqual([
      'cafe',
      'deadbeefcafe',
      DIGEST.slice(7),
    ]);
  });

  it.each([
    { image: 'team/web:1.2', labels: {}, from: 'default: image team/web:1.2' },
    {
      image: DIGEST,
      labels: { 'com.docker.compose.service': 'shop' },
      from: 'default: label com.docker.compose.service',
    },
    { image: DIGEST, labels: {}, from: 'default: container name' },
    { image: '', labels: {}, from: 'default: container name' },
  ])('says that it is the $from', ({ image, labels, from }) => {
    expect(defaultServiceName(aContainer({ image, labels })).from).toBe(from);
  });
});

describe('serviceName', () => {
  const named = (labels: Readonly<Record<string, string>>, isGroup: boolean) => {
    const container = aContainer({ labels });
    return serviceName(container, http, { metadata: metadataForPort(container, http).metadata, isGroup });
  };

  it.each([
    { labels: {}, isGroup: false, name: { value: 'web', from: 'default: image team/web:1.2' } },
    { labels: { SERVICE_NAME: 'shop' }, isGroup: false, name: { value: 'shop', from: 'label SERVICE_NAME' } },
    { labels: { SERVICE_80_NAME: 'shop' }, isGroup: true, name: { value: 'shop', from: 'label SERVICE_80_NAME' } },
    {
      labels: { SERVICE_NAME: 'shop' },
      isGroup: true,
      name: { value: 'shop-80', from: 'label SERVICE_NAME; its port, as there are several' },
    },
    {
      labels: {},
      isGroup: true,
      name: { value: 'web-80', from: 'default: image team/web:1.2; its port, as there are several' },
    },
    {
      labels: { SERVICE_80_NAME: '' },
      isGroup: true,
      name: { value: 'web', from: 'default: image team/web:1.2' },
    },
  ])('is $name.value, from $name.from', ({ labels, isGroup, name }) => {
    expect(named(labels, isGroup)).toEqual(name);
  });
});
