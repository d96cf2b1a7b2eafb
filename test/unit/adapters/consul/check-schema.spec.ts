import { describe, expect, it } from 'vitest';
import { checkSchema, toCheckResult } from '../../../../src/adapters/consul/check-schema.ts';

const parsed = (check: object) => toCheckResult(checkSchema.parse({ CheckID: 'c', Status: 'passing', ...check }));

describe('a check in an answer', () => {
  it('is taken with all that Consul tells of it', () => {
    const about = { Node: 'node-a', ServiceID: 'web-1', ServiceName: 'web', ServiceTags: ['a'] };
    const texts = { Name: 'C', Output: 'ok', Notes: 'n', Type: 'http' };
    const Definition = {
      ...{ HTTP: 'http://x/', Header: { A: ['1'], B: null }, Method: 'GET', Body: 'b', TLSServerName: 's' },
      ...{ TLSSkipVerify: true, TCP: 'x:1', TCPUseTLS: true, UDP: 'x:2', GRPC: 'x:3', GRPCUseTLS: true },
      ...{ OSService: 'o', SessionName: 'l', Interval: '10s', Timeout: '1s', DeregisterCriticalServiceAfter: '1h' },
    };
    const place = { ExposedPort: 21_500, Namespace: 'ns', Partition: 'p', PeerName: 'peer' };
    expect(parsed({ ...about, ...texts, Definition, CreateIndex: 5, ModifyIndex: 7, ...place })).toEqual({
      ...{ id: 'c', status: 'passing', output: 'ok', name: 'C', notes: 'n', type: 'http', node: 'node-a' },
      ...{ serviceId: 'web-1', serviceName: 'web', serviceTags: ['a'], createIndex: 5, modifyIndex: 7 },
      ...{ exposedPort: 21_500, namespace: 'ns', partition: 'p', peerName: 'peer' },
      definition: {
        ...{ http: 'http://x/', header: { A: ['1'], B: [] }, method: 'GET', body: 'b', tlsServerName: 's' },
        ...{ tlsSkipVerify: true, tcp: 'x:1', tcpUseTls: true, udp: 'x:2', grpc: 'x:3', grpcUseTls: true },
        ...{ osService: 'o', sessionName: 'l', interval: '10s', timeout: '1s', deregisterCriticalServiceAfter: '1h' },
      },
    });
  });

  it.each([
    ['c', 'passing', { status: 'passing' }],
    ['c', '', { status: 'critical', reportedStatus: '' }],
    ['c', 'Passing', { status: 'critical', reportedStatus: 'Passing' }],
    ['_node_maintenance', 'critical', { status: 'maintenance' }],
    ['_service_maintenance:a', 'warning', { status: 'maintenance', reportedStatus: 'warning' }],
  ])('keeps what Consul says where it is not what it means: %s %j', (CheckID, Status, expected) => {
    const { status, reportedStatus } = parsed({ CheckID, Status });
    expect({ status, ...(reportedStatus !== undefined && { reportedStatus }) }).toEqual(expected);
  });

  it.each([undefined, null, {}])('has no definition where Consul tells %j', (Definition) => {
    expect(parsed({ Definition, ExposedPort: 0, Namespace: '' })).toStrictEqual({
      ...{ id: 'c', status: 'passing', output: '', name: '', notes: '', type: '', node: '' },
      ...{ serviceId: '', serviceName: '', serviceTags: [], createIndex: 0, modifyIndex: 0 },
    });
  });
});
