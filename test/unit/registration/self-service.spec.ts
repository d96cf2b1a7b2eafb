import { describe, expect, it } from 'vitest';
import { selfService, selfServiceId } from '../../../src/registration/self-service.ts';

describe('selfService', () => {
  it('lists Portolan itself under the address of the host and its admin port', () => {
    expect(selfService({ hostname: 'node-a', hostAddress: '192.0.2.10', port: 8650, claim: undefined })).toStrictEqual({
      id: 'portolan:node-a',
      name: 'portolan',
      address: '192.0.2.10',
      port: 8650,
      tags: [],
      meta: {},
      checks: [],
      containerCheck: { kind: 'on', startingStatus: 'passing' },
      origin: { containerId: '', containerName: 'portolan', port: 8650, protocol: 'tcp' },
    });
  });

  it('carries the claim of a process on the host', () => {
    const claim = 'instance x since 2027-01-15T08:00:00.000Z';
    const service = selfService({ hostname: 'node-a', hostAddress: '192.0.2.10', port: 8650, claim });
    expect(service?.meta).toEqual({ 'portolan-instance': claim });
  });

  it('has the ID by which it is found', () => {
    expect(selfServiceId('node-a')).toBe('portolan:node-a');
  });

  it.each([
    { reason: 'without an admin port', hostAddress: '192.0.2.10', port: undefined },
    { reason: 'without an address of the host', hostAddress: undefined, port: 8650 },
  ])('is none $reason', ({ hostAddress, port }) => {
    expect(selfService({ hostname: 'node-a', hostAddress, port, claim: undefined })).toBeUndefined();
  });
});
