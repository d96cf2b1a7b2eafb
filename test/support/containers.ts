import type { ContainerPort, ContainerSnapshot } from '../../src/domain/container.ts';

/** Port 80, published on all addresses as 32080. */
export const http: ContainerPort = { port: 80, protocol: 'tcp', bindings: [{ hostIp: '0.0.0.0', hostPort: 32_080 }] };

/** Port 53 of both protocols. */
export const dnsTcp: ContainerPort = { port: 53, protocol: 'tcp', bindings: [{ hostIp: '0.0.0.0', hostPort: 32_053 }] };
export const dnsUdp: ContainerPort = { ...dnsTcp, protocol: 'udp' };

/** A running container of the image `team/web:1.2` with one published port; `over` says what is different. */
export function aContainer(over: Partial<ContainerSnapshot> = {}): ContainerSnapshot {
  return {
    id: 'c0ffee'.padEnd(64, '0'),
    name: 'web.1',
    image: 'team/web:1.2',
    createdMs: 1_000,
    startedMs: 0,
    restartCount: 0,
    state: 'running',
    health: 'none',
    labels: {},
    env: {},
    ports: [http],
    networkMode: 'default',
    networks: [{ name: 'bridge', ipAddress: '172.17.0.2' }],
    ...over,
  };
}
