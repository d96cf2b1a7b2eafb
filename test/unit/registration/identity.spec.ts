import { describe, expect, it } from 'vitest';
import type { HostNetwork } from '../../../src/domain/network.ts';
import { PortolanError } from '../../../src/lib/errors.ts';
import { type IdentityOptions, resolveIdentity } from '../../../src/registration/identity.ts';

const network: HostNetwork = {
  kind: 'host',
  interfaces: [{ name: 'eth0', address: '192.0.2.10', family: 'IPv4', cidr: '192.0.2.10/24' }],
  defaultInterface: 'eth0',
  gateway: '192.0.2.1',
};
const ownNetwork: HostNetwork = {
  kind: 'own',
  interfaces: [{ name: 'eth0', address: '172.17.0.5', family: 'IPv4', cidr: '172.17.0.5/16' }],
  defaultInterface: 'eth0',
  gateway: '172.17.0.1',
};

const OPTIONS: IdentityOptions = {
  hostname: undefined,
  owner: undefined,
  hostAddress: undefined,
  needsHostAddress: true,
  machineName: undefined,
  isLocalRegistry: false,
};

interface World {
  readonly dockerId?: string;
  readonly advertised?: string;
  readonly network?: HostNetwork;
}

async function resolve(options: Partial<IdentityOptions>, world: World = {}) {
  const { dockerId = 'engine-1', advertised, network: seen = network } = world;
  return await resolveIdentity(
    {
      source: { host: async () => ({ id: dockerId, name: 'docker-host' }) },
      registry: { advertisedAddress: async () => advertised },
      network: seen,
    },
    { ...OPTIONS, ...options },
    new AbortController().signal,
  );
}

describe('resolveIdentity', () => {
  it('is found out whole from Docker and the agent', async () => {
    expect(await resolve({}, { advertised: '203.0.113.5' })).toEqual({
      hostname: 'docker-host',
      owner: 'ad816c5e-f4cd-522a-a38d-3279adf56a9a',
      hostAddress: '203.0.113.5',
      hostAddressRule: 'the advertise address of the Consul agent',
    });
  });

  it('is what the operator says', async () => {
    const said = { hostname: 'node-a', owner: 'team-a', hostAddress: '198.51.100.7', machineName: 'machine' };
    expect(await resolve(said, { advertised: '203.0.113.5' })).toEqual({
      hostname: 'node-a',
      owner: 'team-a',
      hostAddress: '198.51.100.7',
      hostAddressRule: '--host-address',
    });
  });

  it('prefers the name of the machine to that which Docker gives', async () => {
    expect((await resolve({ machineName: 'machine' })).hostname).toBe('machine');
  });

  it('has the same owner mark at each start, and another for another engine or hostname', async () => {
    const marks = [
      await resolve({ hostname: 'a' }),
      await resolve({ hostname: 'a' }, { advertised: '203.0.113.5' }),
      await resolve({ hostname: 'b' }),
      await resolve({ hostname: 'a' }, { dockerId: 'engine-2' }),
    ].map(({ owner }) => owner);
    expect(marks[1]).toBe(marks[0]);
    expect(new Set(marks).size).toBe(3);
  });
});

describe('resolveIdentity, the host address', () => {
  it('comes from the default route where the agent advertises none', async () => {
    const { hostAddress, hostAddressRule } = await resolve({});
    expect({ hostAddress, hostAddressRule }).toEqual({
      hostAddress: '192.0.2.10',
      hostAddressRule: 'the source address of the default route (eth0)',
    });
  });

  it('is the gateway for a registry that only this host reads', async () => {
    const { hostAddress, hostAddressRule } = await resolve({ isLocalRegistry: true }, { network: ownNetwork });
    expect({ hostAddress, hostAddressRule }).toEqual({
      hostAddress: '172.17.0.1',
      hostAddressRule: "the gateway of the container's network",
    });
  });

  it('may stay unknown where nothing needs it', async () => {
    const { hostAddress, hostAddressRule } = await resolve({ needsHostAddress: false }, { network: ownNetwork });
    expect({ hostAddress, hostAddressRule }).toEqual({
      hostAddress: undefined,
      hostAddressRule: 'Portolan runs in a network of its own, and the Consul agent tells no address of the host',
    });
  });

  it('is asked for where it is needed and unknown', async () => {
    const refused = resolve({}, { network: ownNetwork });
    await expect(refused).rejects.toBeInstanceOf(PortolanError);
    await expect(refused).rejects.toMatchObject({
      code: 'HOST_ADDRESS_UNKNOWN',
      message:
        'the address of this host is unknown: ' +
        'Portolan runs in a network of its own, and the Consul agent tells no address of the host',
      hint: 'Set --host-address to the IP at which other hosts reach this one, or run with --network host.',
    });
  });

  it('is found out only after Docker and the agent have answered', async () => {
    const down = new PortolanError('DOCKER_UNREACHABLE', 'no engine');
    const failing = resolveIdentity(
      {
        source: { host: async () => await Promise.reject(down) },
        registry: { advertisedAddress: async () => '203.0.113.5' },
        network,
      },
      OPTIONS,
      new AbortController().signal,
    );
    await expect(failing).rejects.toBe(down);
  });
});
