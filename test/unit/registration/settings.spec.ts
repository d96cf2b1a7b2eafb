import { describe, expect, it } from 'vitest';
import { containerSettings, type Setting } from '../../../src/registration/settings.ts';

type Values = Readonly<Record<string, string>>;

const read = (labels: Values, env: Values = {}) => containerSettings({ labels, env });
const labelsOf = (settings: readonly Setting[]) => settings.map(({ label }) => label);
const numbered = (count: number, prefix: string): Values =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`${prefix}${String(i).padStart(4, '0')}`, 'x']));

describe('containerSettings', () => {
  it('gives general settings, variables before labels, and those of each port', () => {
    const labels = { SERVICE_NAME: 'shop', SERVICE_80_TAGS: 'a', SERVICE_53_UDP_ID: 'dns', other: 'x' };
    expect(read(labels, { SERVICE_Team: 'blue', SERVICE_80_NAME: 'web', PATH: '/bin' })).toEqual({
      general: [
        {
          key: 'team',
          port: undefined,
          protocol: undefined,
          label: 'SERVICE_Team',
          value: 'blue',
          source: 'environment',
        },
        { key: 'name', port: undefined, protocol: undefined, label: 'SERVICE_NAME', value: 'shop', source: 'label' },
      ],
      byPort: new Map([
        [
          '80',
          [
            {
              key: 'name',
              port: '80',
              protocol: undefined,
              label: 'SERVICE_80_NAME',
              value: 'web',
              source: 'environment',
            },
            { key: 'tags', port: '80', protocol: undefined, label: 'SERVICE_80_TAGS', value: 'a', source: 'label' },
          ],
        ],
        ['53', [{ key: 'id', port: '53', protocol: 'udp', label: 'SERVICE_53_UDP_ID', value: 'dns', source: 'label' }]],
      ]),
      warnings: [],
    });
  });

  it('makes whole characters of halves, as what is written in Go would', () => {
    expect(read({ SERVICE_X: 'a\ud800b' }).general.map(({ value }) => value)).toEqual(['a\ufffdb']);
  });
});

describe('containerSettings, a setting that is too long', () => {
  const problem = 'has more than the 4096 bytes of a setting; it is left out';

  it.each([
    { what: '4096 letters', value: 'a'.repeat(4_096) },
    { what: '2048 letters of two bytes', value: 'é'.repeat(2_048) },
    { what: '1365 characters of three bytes', value: '€'.repeat(1_365) },
  ])('is not one with $what', ({ value }) => {
    const { general, warnings } = read({ SERVICE_X: value });
    expect([general.map((setting) => setting.value), warnings]).toEqual([[value], []]);
  });

  it.each(['SERVICE_CHECKS', 'SERVICE_80_CHECK_BODY'])('may have 65536 bytes as %s', (label) => {
    expect(read({ [label]: 'a'.repeat(65_536) }).warnings).toEqual([]);
    expect(read({ [label]: 'a'.repeat(65_537) }).warnings).toEqual([
      { label, value: `${'a'.repeat(40)}…`, problem: problem.replace('4096', '65536') },
    ]);
  });

  it.each([
    { what: '4097 letters', value: 'a'.repeat(4_097), shown: `${'a'.repeat(40)}…` },
    { what: '2049 letters of two bytes', value: 'é'.repeat(2_049), shown: `${'é'.repeat(40)}…` },
    { what: '1366 characters of three bytes', value: '€'.repeat(1_366), shown: `${'€'.repeat(40)}…` },
    { what: '4 MB', value: 'a'.repeat(4_000_000), shown: `${'a'.repeat(40)}…` },
  ])('is left out alone, with a short warning: $what', ({ value, shown }) => {
    const { general, byPort, warnings } = read({ SERVICE_80_X: value, SERVICE_NAME: 'web' });
    expect([labelsOf(general), byPort, warnings]).toEqual([
      ['SERVICE_NAME'],
      new Map(),
      [{ label: 'SERVICE_80_X', value: shown, problem }],
    ]);
  });

  it('may be so by its name', () => {
    const label = `SERVICE_${'K'.repeat(5_000)}`;
    const shown = `${label.slice(0, 40)}…`;
    expect(read({ [label]: 'x' })).toMatchObject({ general: [], warnings: [{ label: shown, value: 'x', problem }] });
  });

  it('does not hide what is more general', () => {
    const { general } = read({ SERVICE_NAME: 'a'.repeat(5_000) }, { SERVICE_NAME: 'web' });
    expect(general.map(({ value }) => value)).toEqual(['web']);
  });

  it('never shows a secret', () => {
    const { warnings } = read({ SERVICE_TOKEN: 'a'.repeat(5_000) });
    expect(warnings).toEqual([{ label: 'SERVICE_TOKEN', value: '(secret)', problem }]);
  });
});

describe('containerSettings, more than 256', () => {
  const warning = (count: number, first: string) => ({
    label: 'SERVICE_*',
    value: `${count} settings`,
    problem: `are more than the 256 of one container; by their names those from ${first} on are left out`,
  });

  it('takes 256 of labels and variables together', () => {
    const { general, warnings } = read(numbered(128, 'SERVICE_A'), numbered(128, 'SERVICE_B'));
    expect([general.length, warnings]).toEqual([256, []]);
  });

  it('leaves out the last by their names, with one warning', () => {
    const { general, warnings } = read(numbered(200, 'SERVICE_B'), numbered(200, 'SERVICE_A'));
    expect(labelsOf(general)).toEqual([
      ...Object.keys(numbered(200, 'SERVICE_A')),
      ...Object.keys(numbered(56, 'SERVICE_B')),
    ]);
    expect(warnings).toEqual([warning(400, 'SERVICE_B0056')]);
  });

  it("keeps Portolan's own words before all others", () => {
    const own = { SERVICE_TAGS: 'a', SERVICE_NAME: 'web', SERVICE_8080_CHECK_HTTP: '/' };
    const { general, byPort, warnings } = read({ ...numbered(5_000, 'SERVICE_K'), ...own });
    expect(labelsOf(general)).toEqual([...Object.keys(numbered(253, 'SERVICE_K')), 'SERVICE_TAGS', 'SERVICE_NAME']);
    expect(labelsOf(byPort.get('8080') ?? [])).toEqual(['SERVICE_8080_CHECK_HTTP']);
    expect(warnings).toEqual([warning(5_003, 'SERVICE_K0253')]);
  });

  it('does not count those that are too long', () => {
    const { general, warnings } = read({ ...numbered(256, 'SERVICE_K'), SERVICE_A: 'a'.repeat(5_000) });
    expect([general.length, warnings.map(({ label }) => label)]).toEqual([256, ['SERVICE_A']]);
  });
});
