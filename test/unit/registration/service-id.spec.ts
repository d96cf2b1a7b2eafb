import { describe, expect, it } from 'vitest';
import type { ContainerPort } from '../../../src/domain/container.ts';
import { metadataForPort } from '../../../src/registration/metadata.ts';
import { createServiceIds } from '../../../src/registration/service-id.ts';
import { aContainer, dnsTcp, dnsUdp, http } from '../../support/containers.ts';

const https: ContainerPort = { port: 443, protocol: 'tcp', bindings: [] };
const dnsSctp: ContainerPort = { ...dnsTcp, protocol: 'sctp' };

/** What each of the ports gets, one after the other. */
function idsOf(ports: readonly ContainerPort[], labels: Readonly<Record<string, string>> = {}) {
  const container = aContainer({ ports, labels });
  const ids = createServiceIds(container, 'node-a');
  return ports.map((port) => ids.next(port, metadataForPort(container, port).metadata));
}

const byDefault = (id: string) => ({ value: id, from: 'default: host, container and port' });
const warning = (label: string, value: string, problem: string) => ({ label, value, problem });

describe('createServiceIds', () => {
  it('names host, container and port, and each protocol but TCP', () => {
    expect(idsOf([dnsSctp, dnsTcp, dnsUdp])).toEqual([
      { id: byDefault('node-a:web.1:53:sctp'), warnings: [] },
      { id: byDefault('node-a:web.1:53'), warnings: [] },
      { id: byDefault('node-a:web.1:53:udp'), warnings: [] },
    ]);
  });

  it('takes the whole ID from SERVICE_ID', () => {
    expect(idsOf([dnsUdp], { SERVICE_53_UDP_ID: 'dns-1' })).toEqual([
      { id: { value: 'dns-1', from: 'label SERVICE_53_UDP_ID' }, warnings: [] },
    ]);
  });

  it('gives one SERVICE_ID to the first port, and tells the others', () => {
    const problem = 'is the ID of a lower port already; node-a:web.1:443 is used instead';
    expect(idsOf([http, https], { SERVICE_ID: 'same' })).toEqual([
      { id: { value: 'same', from: 'label SERVICE_ID' }, warnings: [] },
      { id: byDefault('node-a:web.1:443'), warnings: [warning('SERVICE_ID', 'same', problem)] },
    ]);
  });

  it('never takes the ID that another port has by default', () => {
    const problem = 'is the ID of another port; node-a:web.1:80 is used instead';
    expect(idsOf([http, https], { SERVICE_80_ID: 'node-a:web.1:443' })).toEqual([
      { id: byDefault('node-a:web.1:80'), warnings: [warning('SERVICE_80_ID', 'node-a:web.1:443', problem)] },
      { id: byDefault('node-a:web.1:443'), warnings: [] },
    ]);
  });

  it('takes the ID that the port has by default', () => {
    expect(idsOf([http], { SERVICE_ID: 'node-a:web.1:80' })).toEqual([
      { id: { value: 'node-a:web.1:80', from: 'label SERVICE_ID' }, warnings: [] },
    ]);
  });

  it.each(['a b', 'ü', '服务', 'a/b', 'a:b', '...', '.a', 'a..b', 'x?y#z', 'a%b', 'a\\b', '"a"', '€', '😀', 'u\u0308'])(
    'takes %s, which Consul finds again',
    (id) => {
      expect(idsOf([http], { SERVICE_ID: id })).toEqual([
        { id: { value: id, from: 'label SERVICE_ID' }, warnings: [] },
      ]);
    },
  );

  it.each([
    ...['.', '..', '/', '/a', 'a/', 'a//b', 'a/./b', '../b', 'a/..'],
    ...['a\nb', 'a\0', '\ta', 'a\u007f', 'a\u00a0b', 'a\u00ad', 'a\u2028', '\ufeffa', 'a\u200b', 'a\u3000b', '\ue000'],
  ])('does not take %j, which Consul would register and not remove', (id) => {
    const problem = 'cannot be part of a URL path; node-a:web.1:80 is used instead';
    expect(idsOf([http], { SERVICE_ID: id })).toEqual([
      { id: byDefault('node-a:web.1:80'), warnings: [warning('SERVICE_ID', id, problem)] },
    ]);
  });

  it('does not take what ends like a container check, since routers would take its checks for one', () => {
    const problem = 'ends like the ID of a container check; node-a:web.1:80 is used instead';
    expect(idsOf([http], { SERVICE_ID: 'web:container' })).toEqual([
      { id: byDefault('node-a:web.1:80'), warnings: [warning('SERVICE_ID', 'web:container', problem)] },
    ]);
  });

  it('comes to an end in time for all the ports of a telephone exchange', () => {
    const ports = Array.from({ length: 20_000 }, (_, i): ContainerPort => ({ ...dnsUdp, port: 10_000 + i }));
    const ids = idsOf(ports, { SERVICE_ID: 'sip' }).map(({ id }) => id.value);
    expect([ids[0], ids[1], new Set(ids).size]).toEqual(['sip', 'node-a:web.1:10001:udp', 20_000]);
  });
});
