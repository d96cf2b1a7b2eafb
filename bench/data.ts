// Made-up hosts and catalogs for the benchmarks, the same in every run.
import type { CatalogSnapshot, ServiceInstance } from '../src/domain/catalog.ts';
import type { RoutingModel } from '../src/domain/routing.ts';
import type { RegistryState, ServiceRegistration } from '../src/registration/contracts.ts';
import type { DesiredOptions } from '../src/registration/desired.ts';
import { checkIds, registeredService } from '../src/registration/registration.ts';
import type { RenderOptions } from '../src/routing/desired.ts';

export const REGISTRATION: DesiredOptions = {
  hostname: 'node-a',
  owner: 'bench',
  ttlMs: 60_000,
  heartbeatMs: 15_000,
  isTtlGiven: false,
  hostAddress: '192.0.2.5',
  ip: undefined,
  internal: false,
  explicit: false,
  useIpFromLabel: undefined,
  network: undefined,
  enableScriptChecks: false,
  tags: '',
  onStop: 'drain',
  deregister: 'always',
};

export const ROUTING: RenderOptions = {
  routeTag: undefined,
  checkIntervalMs: 'auto',
  hostsMapPath: '/var/lib/portolan/haproxy/hosts.map',
};

/** What Docker's `inspect` says of the i-th container: the fields that are read, and some that are not. */
export function anInspectAnswer(i: number): unknown {
  const id = i.toString(16).padStart(64, '0');
  return {
    Id: id,
    Name: `/web.${i}`,
    Created: '2026-01-02T03:04:05.123456789Z',
    State: { Status: 'running', Running: true, StartedAt: '2026-01-02T03:04:06.123456789Z', Pid: 1_000 + i },
    Config: {
      Image: 'registry.example.com/team/web:1.2',
      Env: ['PATH=/usr/bin:/bin', 'LANG=C.UTF-8', 'SERVICE_TEAM=shop'],
      Labels: {
        SERVICE_NAME: `svc-${i % 100}`,
        SERVICE_TAGS: 'blue,eu',
        SERVICE_CHECK_HTTP: '/health',
        // Where a real agent runs it, it must not be what is measured.
        SERVICE_CHECK_INTERVAL: '1h',
        other: 'label',
      },
      ExposedPorts: { '8080/tcp': {} },
    },
    HostConfig: { NetworkMode: 'default', RestartPolicy: { Name: 'always' } },
    NetworkSettings: {
      Ports: { '8080/tcp': [{ HostIp: '0.0.0.0', HostPort: String(20_000 + i) }] },
      Networks: { bridge: { IPAddress: `172.17.${i >> 8}.${i & 255}` } },
    },
  };
}

/** A registry that holds just these. */
export function asRegistered(registrations: ReadonlyMap<string, ServiceRegistration>): RegistryState {
  const all = [...registrations.values()];
  return {
    services: new Map(all.map((registration) => [registration.service.id, registeredService(registration)])),
    checks: new Map(
      all.flatMap((registration) =>
        checkIds(registration).map((id) => {
          const { verdict, notes } = registration.containerCheck ?? { verdict: undefined, notes: '' };
          const { status = 'critical' as const, output = '' } = verdict ?? {};
          return [id, { id, serviceId: registration.service.id, status, output, notes }] as const;
        }),
      ),
    ),
  };
}

export function aCatalog(services: number, instances: number): CatalogSnapshot {
  const names = Array.from({ length: services }, (_, i) => `service-${i}`);
  return {
    trust: 'confirmed',
    confirmedMs: 0,
    staleMs: 0,
    isFiltered: false,
    nodes: new Set(
      names.flatMap((name, i) => Array.from({ length: instances }, (_, j) => anInstance(name, i, j).node)),
    ),
    names: new Map(names.toSorted().map((name) => [name, ['blue', 'eu']])),
    services: new Map(
      names.map((name, i) => [
        name,
        Array.from({ length: instances }, (_, j) => anInstance(name, i, j)).toSorted(byNode),
      ]),
    ),
  };
}

/** What HAProxy would say of its servers if it had these. */
export function asServersState({ services }: RoutingModel): string {
  const header =
    '# be_id be_name srv_id srv_name srv_addr srv_op_state srv_admin_state srv_uweight srv_iweight srv_time_since_last_change srv_check_status srv_check_result srv_check_health srv_check_state srv_agent_state bk_f_forced_id srv_f_forced_id srv_fqdn srv_port srvrecord srv_use_ssl srv_check_port srv_check_addr srv_agent_addr srv_agent_port';
  const rows = services.flatMap(({ name, servers }, i) =>
    servers.map(
      ({ name: server, address, port, weight }, j) =>
        `${i + 4} ${name} ${j + 1} ${server} ${address} 2 0 ${weight} ${weight} 5 6 3 4 6 0 0 0 - ${port} - 0 0 - - 0`,
    ),
  );
  return ['1', header, ...rows, '', ''].join('\n');
}

/** As a source gives them. */
function byNode(a: ServiceInstance, b: ServiceInstance): number {
  return a.node < b.node ? -1 : 1;
}

function anInstance(service: string, i: number, j: number): ServiceInstance {
  const node = `node-${(i + j) % 50}`;
  const id = `${node}:${service}.${j}:8080`;
  const texts = { name: 'Health', notes: '', type: '', node, serviceId: '', serviceName: '', serviceTags: [] };
  const check = { ...texts, status: 'passing', createIndex: i, modifyIndex: i } as const;
  return {
    service,
    id,
    node,
    nodeId: '',
    nodeAddress: '10.0.0.1',
    nodeTaggedAddresses: { lan: '10.0.0.1' },
    nodeMeta: {},
    taggedAddresses: {},
    address: `10.${i >> 8}.${i & 255}.${j + 1}`,
    port: 20_000 + j,
    tags: ['blue', 'eu'],
    meta: { 'portolan-owner': 'bench', 'portolan-hash': '0123456789abcdef', team: 'shop' },
    status: 'passing',
    checks: [
      { ...check, id: 'serfHealth', output: 'Agent alive and reachable' },
      { ...check, id: `${id}:container`, output: 'running', serviceId: id, serviceName: service },
    ],
    weights: { passing: 1, warning: 1 },
    createIndex: i * 10 + j,
  };
}
