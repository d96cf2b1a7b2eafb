import { describe, expect, it } from 'vitest';
import { keptLabels, keptVariables } from '../../../../src/adapters/docker/settings-kept.ts';

describe('keptLabels', () => {
  it('keeps ordinary labels, in their order', () => {
    const labels = { 'com.docker.compose.service': 'web', SERVICE_NAME: 'shop', address: '10.0.0.5' };
    expect(Object.entries(keptLabels(labels))).toEqual(Object.entries(labels));
  });

  it("keeps of labels that are not Portolan's the shortest, 32 KiB in all", () => {
    const long = Object.fromEntries(Array.from({ length: 5 }, (_, i) => [`long${i}`, String(i).repeat(9_995)]));
    expect(Object.keys(keptLabels({ ...long, address: '10.0.0.5' }))).toEqual(['long0', 'long1', 'long2', 'address']);
    expect(keptLabels({ huge: 'x'.repeat(4_000_000) })).toEqual({});
    expect(keptLabels({ fits: 'x'.repeat(32_768 - 4) })).toEqual({ fits: 'x'.repeat(32_768 - 4) });
    expect(keptLabels({ fits: 'x'.repeat(32_768 - 3) })).toEqual({});
  });

  it("keeps all of Portolan's, and cuts one that is too long for any use", () => {
    const many = Object.fromEntries(Array.from({ length: 5_000 }, (_, i) => [`SERVICE_${i}_NAME`, `name-${i}`]));
    expect(keptLabels(many)).toEqual(many);
    expect(keptLabels({ SERVICE_TAGS: 'x'.repeat(8_192) })).toEqual({ SERVICE_TAGS: 'x'.repeat(8_192) });
    expect(keptLabels({ SERVICE_TAGS: 'x'.repeat(4_000_000) })).toEqual({ SERVICE_TAGS: 'x'.repeat(8_192) });
  });
});

describe('keptVariables', () => {
  it.each([
    {
      what: "only Portolan's",
      lines: ['PATH=/bin', 'SERVICE_NAME=shop', 'service_name=x'],
      kept: { SERVICE_NAME: 'shop' },
    },
    { what: 'the whole value', lines: ['SERVICE_TEAM=a=b='], kept: { SERVICE_TEAM: 'a=b=' } },
    { what: 'an empty value', lines: ['SERVICE_TEAM='], kept: { SERVICE_TEAM: '' } },
    { what: 'nothing without a value', lines: ['SERVICE_TEAM'], kept: {} },
    {
      what: 'as much as is of use',
      lines: [`SERVICE_A=${'x'.repeat(10_000)}`],
      kept: { SERVICE_A: 'x'.repeat(8_192) },
    },
  ])('keeps $what', ({ lines, kept }) => {
    expect(keptVariables(lines)).toEqual(kept);
  });
});
