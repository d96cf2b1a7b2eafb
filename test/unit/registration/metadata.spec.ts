import { describe, expect, it } from 'vitest';
import type { ContainerPort } from '../../../src/domain/container.ts';
import { isSwitchedOn, type Metadata, metadataForPort, settingOf } from '../../../src/registration/metadata.ts';
import { aContainer, dnsTcp, dnsUdp, http } from '../../support/containers.ts';

interface Settings {
  readonly labels?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
}

const read = (settings: Settings, port: ContainerPort = http) => metadataForPort(aContainer(settings), port);
const valuesOf = (settings: Settings, port?: ContainerPort): Record<string, string> =>
  Object.fromEntries([...read(settings, port).metadata].map(([key, { value }]) => [key, value]));

describe('metadataForPort', () => {
  it('says of each value where it was found', () => {
    const { metadata, warnings } = read({ labels: { SERVICE_80_NAME: 'shop' }, env: { SERVICE_Tags: 'a' } });
    expect(
      [...metadata].map(([key, { value, label, source, isPortSpecific }]) => [
        key,
        { value, label, source, isPortSpecific },
      ]),
    ).toEqual([
      ['tags', { value: 'a', label: 'SERVICE_Tags', source: 'environment', isPortSpecific: false }],
      ['name', { value: 'shop', label: 'SERVICE_80_NAME', source: 'label', isPortSpecific: true }],
    ]);
    expect(warnings).toEqual([]);
  });

  it.each<Settings & { rule: string; port?: ContainerPort; values: Readonly<Record<string, string>> }>([
    { rule: 'reads nothing from a container without settings', values: {} },
    { rule: 'reads a label', labels: { SERVICE_NAME: 'a' }, values: { name: 'a' } },
    { rule: 'reads a variable', env: { SERVICE_NAME: 'a' }, values: { name: 'a' } },
    { rule: 'prefers a label', labels: { SERVICE_NAME: 'a' }, env: { SERVICE_NAME: 'b' }, values: { name: 'a' } },
    {
      rule: 'prefers a key for the port',
      labels: { SERVICE_80_NAME: 'a', SERVICE_NAME: 'b' },
      values: { name: 'a' },
    },
    {
      rule: 'prefers a variable for the port to a general label',
      labels: { SERVICE_NAME: 'b' },
      env: { SERVICE_80_NAME: 'a' },
      values: { name: 'a' },
    },
    {
      rule: 'prefers a label for the port to a variable for it',
      labels: { SERVICE_80_NAME: 'a' },
      env: { SERVICE_80_NAME: 'b' },
      values: { name: 'a' },
    },
    {
      rule: 'lets an empty label hide a variable',
      labels: { SERVICE_NAME: '' },
      env: { SERVICE_NAME: 'b' },
      values: { name: '' },
    },
    {
      rule: 'lets an empty key for the port hide the general one',
      labels: { SERVICE_80_NAME: '', SERVICE_NAME: 'b' },
      values: { name: '' },
    },
    { rule: 'lowers the case of a key', labels: { SERVICE_Check_HTTP: '/H' }, values: { check_http: '/H' } },
    { rule: 'takes no key of which the prefix is in lower case', labels: { service_name: 'a' }, values: {} },
    { rule: 'takes no key that only holds the prefix', labels: { MY_SERVICE_NAME: 'a', SERVICES_X: 'b' }, values: {} },
    { rule: 'takes no key of another port', labels: { SERVICE_81_NAME: 'a' }, values: {} },
    { rule: 'takes no key of the published port', labels: { SERVICE_32080_NAME: 'a' }, values: {} },
    {
      rule: 'takes no key of a port in another spelling',
      labels: { SERVICE_080_NAME: 'a', 'SERVICE_+80_NAME': 'b', 'SERVICE_-80_NAME': 'c' },
      values: {},
    },
    { rule: 'takes a number as first word for a port', labels: { SERVICE_3_TIER: 'yes' }, values: {} },
    { rule: 'takes a number alone for a key', labels: { SERVICE_80: 'a' }, values: { '80': 'a' } },
    { rule: 'takes a word that begins with a digit for a key', labels: { SERVICE_3D_X: 'a' }, values: { '3d_x': 'a' } },
    { rule: 'keeps further underscores', labels: { SERVICE__A__B: 'a' }, values: { _a__b: 'a' } },
    { rule: 'keeps a key without a word', labels: { SERVICE_: 'a' }, values: { '': 'a' } },
    { rule: 'keeps dots in a key', labels: { 'SERVICE_a.b': 'x' }, values: { 'a.b': 'x' } },
    { rule: 'keeps a key of JavaScript itself', labels: { SERVICE_CONSTRUCTOR: 'x' }, values: { constructor: 'x' } },
    {
      rule: 'prefers a key for port and protocol',
      port: dnsUdp,
      labels: { SERVICE_53_UDP_NAME: 'a', SERVICE_53_NAME: 'b', SERVICE_NAME: 'c' },
      values: { name: 'a' },
    },
    {
      rule: 'prefers a variable for port and protocol to a label for the port',
      port: dnsUdp,
      labels: { SERVICE_53_NAME: 'b' },
      env: { SERVICE_53_UDP_NAME: 'a' },
      values: { name: 'a' },
    },
    {
      rule: 'takes no key of the other protocol',
      port: dnsTcp,
      labels: { SERVICE_53_UDP_NAME: 'a', SERVICE_53_SCTP_NAME: 'b', SERVICE_53_NAME: 'c' },
      values: { name: 'c' },
    },
    {
      rule: 'knows SCTP',
      port: { port: 53, protocol: 'sctp', bindings: [] },
      labels: { SERVICE_53_sctp_NAME: 'a' },
      values: { name: 'a' },
    },
    { rule: 'takes a protocol alone for a key', labels: { SERVICE_80_TCP: 'a' }, values: { tcp: 'a' } },
  ])('$rule', ({ values, port, ...settings }) => {
    expect(valuesOf(settings, port)).toEqual(values);
  });
});

describe('metadataForPort, keys that differ only in case', () => {
  const loser = (label: string, winner: string) => ({
    label,
    value: 'loses',
    problem: `differs from ${winner} only in case; ${winner} is used`,
  });

  it.each([
    {
      rule: 'prefers upper case that comes last',
      labels: { SERVICE_name: 'loses', SERVICE_NAME: 'wins' },
      warnings: [loser('SERVICE_name', 'SERVICE_NAME')],
    },
    {
      rule: 'prefers upper case that comes first',
      labels: { SERVICE_NAME: 'wins', SERVICE_name: 'loses' },
      warnings: [loser('SERVICE_name', 'SERVICE_NAME')],
    },
    {
      rule: 'prefers the first by its letters when neither is in upper case',
      labels: { SERVICE_name: 'loses', SERVICE_Name: 'wins' },
      warnings: [loser('SERVICE_name', 'SERVICE_Name')],
    },
    {
      rule: 'names each that loses',
      labels: { SERVICE_name: 'loses', SERVICE_Name: 'loses', SERVICE_NAME: 'wins' },
      warnings: [loser('SERVICE_name', 'SERVICE_Name'), loser('SERVICE_Name', 'SERVICE_NAME')],
    },
    {
      rule: 'decides among the keys of a port as well',
      labels: { SERVICE_80_name: 'loses', SERVICE_80_NAME: 'wins' },
      warnings: [loser('SERVICE_80_name', 'SERVICE_80_NAME')],
    },
  ])('$rule', ({ labels, warnings }) => {
    expect(valuesOf({ labels })).toEqual({ name: 'wins' });
    expect(read({ labels }).warnings).toEqual(warnings);
  });

  it('finds nothing odd in a label and a variable that differ in case', () => {
    const settings = { labels: { SERVICE_name: 'a' }, env: { SERVICE_NAME: 'b' } };
    expect(valuesOf(settings)).toEqual({ name: 'a' });
    expect(read(settings).warnings).toEqual([]);
  });
});

function withValue(value: string): Metadata {
  return new Map([['name', { value, label: 'SERVICE_NAME', source: 'label', isPortSpecific: false }]]);
}

describe('settingOf', () => {
  it.each([
    { value: 'a', setting: 'a' },
    { value: ' a ', setting: ' a ' },
    { value: '', setting: undefined },
    { value: ' \t\n', setting: undefined },
  ])('is $setting for the value "$value"', ({ value, setting }) => {
    expect(settingOf(withValue(value), 'name')).toBe(setting);
  });

  it('is undefined for a key that is missing', () => {
    expect(settingOf(new Map(), 'name')).toBeUndefined();
  });
});

describe('isSwitchedOn', () => {
  it.each(['true', '1', 'yes', 'on', 'TRUE', 'anything', 'falsehood', '00', '{{x}}'])('is on for %s', (value) => {
    expect(isSwitchedOn(withValue(value), 'name')).toBe(true);
  });

  it.each(['false', '0', 'no', 'off', 'FALSE', 'No', ' off ', '', '  '])('is off for "%s"', (value) => {
    expect(isSwitchedOn(withValue(value), 'name')).toBe(false);
  });

  it('is off for a key that is missing', () => {
    expect(isSwitchedOn(new Map(), 'name')).toBe(false);
  });
});
