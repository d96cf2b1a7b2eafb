import { describe, expect, it } from 'vitest';
import { metadataForPort } from '../../../src/registration/metadata.ts';
import { serviceExtras } from '../../../src/registration/service-fields.ts';
import { aContainer, http } from '../../support/containers.ts';

type Labels = Readonly<Record<string, string>>;

const extras = (labels: Labels) => serviceExtras(metadataForPort(aContainer({ labels }), http).metadata);
const none = { fields: {}, sources: [], warnings: [] };

describe('serviceExtras', () => {
  it('are none that nobody asks for', () => {
    expect(extras({ SERVICE_NAME: 'web' })).toEqual(none);
  });

  it('are all that labels ask for, with their sources', () => {
    const labels = {
      SERVICE_ENABLE_TAG_OVERRIDE: 'true',
      SERVICE_WEIGHTS_PASSING: '10',
      SERVICE_80_WEIGHTS_WARNING: '0',
      SERVICE_NAMESPACE: 'team-a',
    };
    expect(extras(labels)).toEqual({
      fields: { enableTagOverride: true, weights: { passing: 10, warning: 0 }, namespace: 'team-a' },
      sources: [
        { field: 'enableTagOverride', value: 'true', from: 'label SERVICE_ENABLE_TAG_OVERRIDE' },
        { field: 'weights.passing', value: '10', from: 'label SERVICE_WEIGHTS_PASSING' },
        { field: 'weights.warning', value: '0', from: 'label SERVICE_80_WEIGHTS_WARNING' },
        { field: 'namespace', value: 'team-a', from: 'label SERVICE_NAMESPACE' },
      ],
      warnings: [],
    });
  });

  it.each([
    { value: 'true', isOn: true },
    { value: 'anything', isOn: true },
    { value: 'false', isOn: false },
    { value: 'OFF', isOn: false },
  ])('has the tag override $isOn for "$value"', ({ value, isOn }) => {
    expect(extras({ SERVICE_ENABLE_TAG_OVERRIDE: value }).fields).toEqual({ enableTagOverride: isOn });
  });

  it.each(['', '  '])('has no field for what is set to "%s"', (value) => {
    const keys = ['ENABLE_TAG_OVERRIDE', 'WEIGHTS_PASSING', 'WEIGHTS_WARNING', 'NAMESPACE'];
    expect(extras(Object.fromEntries(keys.map((key) => [`SERVICE_${key}`, value])))).toEqual(none);
  });
});

describe('serviceExtras, weights', () => {
  const weights = (passing: string | undefined, warning: string | undefined) =>
    extras({
      ...(passing !== undefined && { SERVICE_WEIGHTS_PASSING: passing }),
      ...(warning !== undefined && { SERVICE_WEIGHTS_WARNING: warning }),
    });

  it('leave the other at 1 when one is given alone', () => {
    expect(weights('5', undefined)).toEqual({
      fields: { weights: { passing: 5, warning: 1 } },
      sources: [
        { field: 'weights.passing', value: '5', from: 'label SERVICE_WEIGHTS_PASSING' },
        { field: 'weights.warning', value: '1', from: 'default: 1' },
      ],
      warnings: [],
    });
    expect(weights(undefined, '0').fields).toEqual({ weights: { passing: 1, warning: 0 } });
  });

  it.each([
    { passing: '1', warning: '0', is: { passing: 1, warning: 0 } },
    { passing: '65535', warning: '65535', is: { passing: 65_535, warning: 65_535 } },
    { passing: ' 7 ', warning: '007', is: { passing: 7, warning: 7 } },
  ])('may be $passing and $warning', ({ passing, warning, is }) => {
    expect(weights(passing, warning).fields).toEqual({ weights: is });
  });

  it.each(['0', '-1', '65536', '1.5', 'x', '1e3', '99999999999999999999'])(
    'that Consul refuses cost only themselves: %s for passing',
    (value) => {
      const problem = 'is no whole number from 1 to 65535; 1 is used instead';
      const warnings = [{ label: 'SERVICE_WEIGHTS_PASSING', value, problem }];
      expect(weights(value, '3')).toMatchObject({ fields: { weights: { passing: 1, warning: 3 } }, warnings });
      expect(weights(value, undefined)).toEqual({ ...none, warnings });
    },
  );

  it.each(['-1', '65536', '0.5', 'x'])('that Consul refuses cost only themselves: %s for warning', (value) => {
    const problem = 'is no whole number from 0 to 65535; 1 is used instead';
    expect(weights('3', value)).toMatchObject({
      fields: { weights: { passing: 3, warning: 1 } },
      warnings: [{ label: 'SERVICE_WEIGHTS_WARNING', value, problem }],
    });
  });
});

describe('serviceExtras, namespace', () => {
  it.each(['default', 'Team_1', 'a', 'n'.repeat(64), ' team '])('may be "%s"', (value) => {
    expect(extras({ SERVICE_NAMESPACE: value }).fields).toEqual({ namespace: value.trim() });
  });

  it.each(['a b', 'a/b', 'a.b', '*', 'größe', 'n'.repeat(65), 'a\nb'])('is left out alone when it is %j', (value) => {
    const problem = 'is no namespace: only letters, digits, _ and - are, at most 64; it is left out';
    expect(extras({ SERVICE_NAMESPACE: value })).toEqual({
      ...none,
      warnings: [{ label: 'SERVICE_NAMESPACE', value, problem }],
    });
  });
});
