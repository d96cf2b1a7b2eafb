import { describe, expect, it } from 'vitest';
import type { ContainerPort, ContainerSnapshot } from '../../../src/domain/container.ts';
import { containerNetwork, createPeerFinder } from '../../../src/registration/container-network.ts';
import { aContainer, dnsTcp, dnsUdp, http } from '../../support/containers.ts';

const PEER_ID = 'feed'.padEnd(64, '0');
const exposed: ContainerPort = { ...http, bindings: [] };
const sharing = aContainer({ ports: [exposed], networkMode: `container:${PEER_ID}`, networks: [] });
const peer = (over: Partial<ContainerSnapshot> = {}) => aContainer({ id: PEER_ID, name: 'gateway', ...over });

/** What is known of a network: its addresses, and where the host listens for port 80. */
function seen(container: ContainerSnapshot, other?: ContainerSnapshot, port: ContainerPort = exposed): unknown {
  const network = containerNetwork(container, other);
  if (network.kind === 'unconnected') return network.reason;
  const { sharedWith, networks, bindingsOf } = network;
  return { sharedWith, networks: networks.map(({ ipAddress }) => ipAddress), bindings: bindingsOf(port) };
}

describe('containerNetwork', () => {
  it.each([
    { rule: 'publishes what Docker does', networkMode: 'default', bindings: http.bindings, published: http.bindings },
    {
      rule: "publishes what Docker does on the host's network too, where it knows some",
      networkMode: 'host',
      bindings: http.bindings,
      published: http.bindings,
    },
    { rule: 'does not publish what is only exposed', networkMode: 'bridge', bindings: [], published: [] },
    {
      rule: "publishes each port as itself on the host's network",
      networkMode: 'host',
      bindings: [],
      published: [{ hostIp: '', hostPort: 80 }],
    },
  ])('$rule', ({ networkMode, bindings, published }) => {
    const port = { ...http, bindings };
    expect(seen(aContainer({ networkMode, ports: [port] }), undefined, port)).toEqual({
      sharedWith: undefined,
      networks: ['172.17.0.2'],
      bindings: published,
    });
  });

  it('is none for a container in no network', () => {
    expect(seen(aContainer({ networkMode: 'none' }))).toBe('is in no network');
  });
});

describe('containerNetwork of a container that shares that of another', () => {
  it("is the other one's, with what it publishes", () => {
    expect(seen(sharing, peer())).toEqual({
      sharedWith: 'gateway',
      networks: ['172.17.0.2'],
      bindings: [{ hostIp: '0.0.0.0', hostPort: 32_080 }],
    });
  });

  it('knows ports of the other by number and protocol', () => {
    const other = peer({ ports: [dnsTcp] });
    expect([dnsTcp, dnsUdp].map((port) => seen(sharing, other, { ...port, bindings: [] }))).toMatchObject([
      { bindings: dnsTcp.bindings },
      { bindings: [] },
    ]);
  });

  it("publishes each port as itself where the other is on the host's network", () => {
    const other = peer({ networkMode: 'host', ports: [], networks: [{ name: 'host', ipAddress: '' }] });
    expect(seen(sharing, other)).toMatchObject({ bindings: [{ hostIp: '', hostPort: 80 }] });
  });

  it('is there while the other is paused', () => {
    expect(seen(sharing, peer({ state: 'paused' }))).toMatchObject({ sharedWith: 'gateway' });
  });

  it.each<{ other: ContainerSnapshot | undefined; reason: string }>([
    { other: undefined, reason: 'shares the network of the container feed00000000, which is not known to run' },
    { other: peer({ state: 'exited' }), reason: 'shares the network of gateway, which is exited' },
    { other: peer({ networkMode: 'none' }), reason: 'shares the network of gateway, which is in no network' },
    {
      other: peer({ networkMode: 'container:beef' }),
      reason: 'shares the network of gateway, which shares that of a container that is not known to run',
    },
  ])('is none when it $reason', ({ other, reason }) => {
    expect(seen(sharing, other)).toBe(reason);
  });
});

describe('createPeerFinder', () => {
  const at = (id: string, networkMode: string) => aContainer({ id, name: id, networkMode });
  const foundFor = (id: string, containers: readonly ContainerSnapshot[]) => {
    const container = containers.find((one) => one.id === id);
    return container && createPeerFinder(containers)(container)?.id;
  };

  it.each([
    { rule: 'finds nothing for a container with a network of its own', id: 'a', modes: { a: 'default', b: 'default' } },
    { rule: 'finds the other by its ID', id: 'a', modes: { a: 'container:b', b: 'default' }, found: 'b' },
    { rule: 'does not find one that is not there', id: 'a', modes: { a: 'container:x', b: 'default' } },
    {
      rule: 'finds the one at the end of a chain',
      id: 'a',
      modes: { a: 'container:b', b: 'container:c', c: 'shop' },
      found: 'c',
    },
    { rule: 'finds how far a broken chain goes', id: 'a', modes: { a: 'container:b', b: 'container:x' }, found: 'b' },
    { rule: 'comes to an end in a circle', id: 'a', modes: { a: 'container:b', b: 'container:a' }, found: 'a' },
    { rule: 'comes to an end with itself', id: 'a', modes: { a: 'container:a' }, found: 'a' },
  ])('$rule', ({ id, modes, found }) => {
    expect(
      foundFor(
        id,
        Object.entries(modes).map(([name, mode]) => at(name, mode)),
      ),
    ).toBe(found);
  });
});
