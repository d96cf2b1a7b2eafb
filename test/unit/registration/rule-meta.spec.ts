import { describe, expect, it } from 'vitest';
import { serviceDefinitions } from '../../../src/registration/service-definitions.ts';
import { aContainer } from '../../support/containers.ts';
import { definitionOptions } from '../../support/registration-options.ts';
import { aService } from '../../support/services.ts';

type Labels = Readonly<Record<string, string>>;

/** The only service of a container, and its warnings as `label problem`. */
function derive(labels: Labels) {
  const outcomes = serviceDefinitions(aContainer({ labels }), definitionOptions);
  return {
    service: outcomes.flatMap((outcome) => (outcome.kind === 'defined' ? [outcome.service] : []))[0],
    warnings: outcomes.flatMap(({ warnings }) => warnings.map(({ label, problem }) => `${label} ${problem}`)),
  };
}

const charset = 'is no Meta key: only letters, digits, _ and - are; the pair is left out';

describe('rule R-meta', () => {
  it.each([
    { label: 'SERVICE_a.b', problem: charset },
    { label: 'SERVICE_a b', problem: charset },
    { label: 'SERVICE_größe', problem: charset },
    { label: 'SERVICE_80/TCP_NAME', problem: charset },
    { label: 'SERVICE_', problem: charset },
    { label: 'SERVICE_80_', problem: charset },
    { label: 'SERVICE_CONSUL-X', problem: 'begins with consul-, which Consul keeps for itself; the pair is left out' },
    {
      label: 'SERVICE_PORTOLAN-OWNER',
      problem: 'begins with portolan-, which Portolan keeps for itself; the pair is left out',
    },
    {
      label: `SERVICE_${'k'.repeat(129)}`,
      problem: 'is longer than the 128 characters of a Meta key; the pair is left out',
    },
  ])('drops a key alone that Consul refuses, and registers the service: $label', ({ label, problem }) => {
    expect(derive({ [label]: 'x', SERVICE_NAME: 'shop', SERVICE_REGION: 'eu' })).toEqual({
      service: aService({ name: 'shop', meta: { region: 'eu' } }),
      warnings: [`${label} ${problem}`],
    });
  });

  it('drops a value alone that Consul refuses', () => {
    expect(derive({ SERVICE_LONG: 'x'.repeat(513), SERVICE_REGION: 'eu' })).toEqual({
      service: aService({ meta: { region: 'eu' } }),
      warnings: ['SERVICE_LONG has more than the 512 bytes of a Meta value; the pair is left out'],
    });
  });

  it('takes 62 pairs, and drops the last by their keys', () => {
    const labels = Object.fromEntries(Array.from({ length: 65 }, (_, i) => [`SERVICE_K${i}`, 'v']));
    const keys = Object.keys(labels).map((label) => label.slice('SERVICE_'.length).toLowerCase());
    const problem = 'is beyond the 62 pairs that Consul has room for; the pair is left out';
    expect(derive(labels)).toEqual({
      service: aService({
        meta: Object.fromEntries(
          keys
            .toSorted()
            .slice(0, 62)
            .map((key) => [key, 'v']),
        ),
      }),
      warnings: ['K7', 'K8', 'K9'].map((key) => `SERVICE_${key} ${problem}`),
    });
  });

  it('understands the newer keys, and makes no Meta of them', () => {
    const labels = {
      SERVICE_ENABLE_TAG_OVERRIDE: 'true',
      SERVICE_WEIGHTS_PASSING: '5',
      SERVICE_WEIGHTS_WARNING: '0',
      SERVICE_ADDRESS: '198.51.100.9',
      SERVICE_PORT: '9999',
      SERVICE_NAMESPACE: 'team-a',
      SERVICE_NETWORK: 'shop',
    };
    expect(derive(labels)).toEqual({
      service: aService({
        address: '198.51.100.9',
        port: 9_999,
        enableTagOverride: true,
        weights: { passing: 5, warning: 0 },
        namespace: 'team-a',
      }),
      warnings: [],
    });
  });

  it('takes other spellings of them for what they are', () => {
    const labels = {
      SERVICE_EnableTagOverride: 'true',
      SERVICE_IP: '10.9.9.9',
      SERVICE_PARTITION: 'b',
      SERVICE_META_A: 'c',
    };
    expect(derive(labels)).toEqual({
      service: aService({ meta: { enabletagoverride: 'true', ip: '10.9.9.9', partition: 'b', meta_a: 'c' } }),
      warnings: [],
    });
  });

  it('never shows a token, and gives routers what they read', () => {
    const labels = { SERVICE_TOKEN: 'secret', SERVICE_ROUTE: 'off', SERVICE_ROUTE_HOST: 'shop.example' };
    expect(derive(labels)).toEqual({
      service: aService({ meta: { route: 'off', route_host: 'shop.example' } }),
      warnings: [],
    });
  });
});
