import { describe, expect, it } from 'vitest';
import type { ContainerPort } from '../../../src/domain/container.ts';
import { portSettings } from '../../../src/registration/port-settings.ts';
import { aContainer, dnsTcp, dnsUdp, http } from '../../support/containers.ts';

const https: ContainerPort = { ...http, port: 443 };

const settingsOf = (labels: Readonly<Record<string, string>>, tags = '') =>
  portSettings(aContainer({ labels, ports: [dnsTcp, dnsUdp, http, https] }), {
    value: tags,
    from: '--tags',
    warnings: [],
  });

describe('portSettings', () => {
  it('are the settled parts of a service, with their sources and warnings', () => {
    const labels = {
      SERVICE_TAGS: 'a,b',
      SERVICE_VERSION: '1.2',
      'SERVICE_a.b': 'x',
      SERVICE_WEIGHTS_PASSING: '5',
      SERVICE_NAMESPACE: '*',
      SERVICE_CHECK_STARTING: 'maybe',
    };
    const { parts, ...rest } = settingsOf(labels, 'eu')(dnsUdp);
    expect(new Map(rest.metadata).get('version')?.value).toBe('1.2');
    expect({ ...parts(), warnings: parts().warnings.map(({ label }) => label) }).toEqual({
      fields: { tags: ['a', 'b', 'eu', 'udp'], meta: { version: '1.2' }, weights: { passing: 5, warning: 1 } },
      containerCheck: { kind: 'on', startingStatus: 'critical' },
      tagSources: [
        { field: 'tags', value: 'a,b', from: 'label SERVICE_TAGS' },
        { field: 'tags', value: 'eu', from: '--tags' },
        { field: 'tags', value: 'udp', from: 'rule: the protocol of the port' },
      ],
      extraSources: [
        { field: 'weights.passing', value: '5', from: 'label SERVICE_WEIGHTS_PASSING' },
        { field: 'weights.warning', value: '1', from: 'default: 1' },
      ],
      warnings: ['SERVICE_NAMESPACE', 'SERVICE_CHECK_STARTING', 'SERVICE_a.b'],
    });
  });

  it('are shared by ports of one protocol that have none of their own', () => {
    const of = settingsOf({ SERVICE_NAME: 'web', SERVICE_443_TAGS: 'secure' });
    expect(of(http)).toBe(of({ ...http, port: 81 }));
    expect(of(http).parts()).toBe(of(http).parts());
    expect(of(https)).not.toBe(of(http));
    expect(of(dnsUdp)).not.toBe(of(dnsTcp));
    expect([http, https, dnsUdp].map((port) => of(port).parts().fields.tags)).toEqual([[], ['secure'], ['udp']]);
  });
});
