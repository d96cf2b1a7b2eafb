import { describe, expect, it } from 'vitest';
import { FIELD_NAMES, labelFields, shownValue, unknownCheckLabels } from '../../../src/registration/check-fields.ts';
import { CHECK_SETTING_SPECS } from '../../../src/registration/check-setting-specs.ts';
import { metadataForPort } from '../../../src/registration/metadata.ts';
import type { Labels } from '../../support/checks.ts';
import { aContainer, http } from '../../support/containers.ts';

const metadataOf = (labels: Labels) => metadataForPort(aContainer({ labels }), http).metadata;

describe('FIELD_NAMES', () => {
  it('are all settings of checks, but the list of them and those of the container check', () => {
    const others = ['check_container', 'check_starting', 'checks'];
    const names = Object.values(FIELD_NAMES).flatMap((each) => each.map((name) => `check_${name}`));
    expect(new Set([...names, ...others])).toEqual(new Set(Object.keys(CHECK_SETTING_SPECS)));
  });
});

describe('labelFields', () => {
  it('gives each setting with the label that it stands in, without the blanks around it', () => {
    const labels = { SERVICE_CHECK_BODY: ' ping ', SERVICE_80_Check_Http: '/health', SERVICE_NAME: 'web' };
    expect(labelFields(metadataOf(labels))).toEqual(
      new Map([
        ['http', { text: '/health', written: '/health', label: 'SERVICE_80_Check_Http' }],
        ['body', { text: 'ping', written: ' ping ', label: 'SERVICE_CHECK_BODY' }],
      ]),
    );
  });

  it.each(['', ' ', '\n'])('gives none of those that are blank: %j', (value) => {
    expect(labelFields(metadataOf({ SERVICE_CHECK_HTTP: '/health', SERVICE_80_CHECK_HTTP: value }))).toEqual(new Map());
  });

  it.each<{ rule: string; labels: Labels; label: string }>([
    {
      rule: 'the usual name before another of the same setting',
      labels: { SERVICE_CHECK_SHELL: 'a', SERVICE_CHECK_DOCKER_SHELL: 'b' },
      label: 'SERVICE_CHECK_DOCKER_SHELL',
    },
    {
      rule: 'the other name where it says which port',
      labels: { SERVICE_80_CHECK_SHELL: 'a', SERVICE_CHECK_DOCKER_SHELL: 'b' },
      label: 'SERVICE_80_CHECK_SHELL',
    },
    {
      rule: 'the other name where the usual one is blank',
      labels: { SERVICE_CHECK_SHELL: 'a', SERVICE_CHECK_DOCKER_SHELL: '' },
      label: 'SERVICE_CHECK_SHELL',
    },
  ])('takes $rule', ({ labels, label }) => {
    const text = labels[label] ?? '';
    expect(labelFields(metadataOf(labels))).toEqual(new Map([['dockerShell', { text, written: text, label }]]));
  });
});

describe('unknownCheckLabels', () => {
  it('tells a key that looks like a setting of a check, and does not show its value', () => {
    const labels = {
      SERVICE_CHECK_HTTP: '/',
      SERVICE_CHECK_INTERVALL: '5s',
      SERVICE_CHECK: 'a Meta pair',
      SERVICE_CHECKS: '[]',
    };
    expect(unknownCheckLabels(metadataOf(labels))).toEqual([
      { label: 'SERVICE_CHECK_INTERVALL', value: '(not shown)', problem: 'is no setting of a check; it is left out' },
    ]);
  });
});

describe('shownValue', () => {
  it.each([
    { rule: 'shows a short value as it is', written: ' x\n', shown: ' x\n' },
    { rule: 'cuts a long one', written: 'x'.repeat(201), shown: `${'x'.repeat(200)}…` },
    { rule: 'cuts no character in two', written: `${'x'.repeat(199)}😀`, shown: `${'x'.repeat(199)}\ufffd…` },
  ])('$rule', ({ written, shown }) => {
    expect(shownValue(written)).toBe(shown);
  });
});
