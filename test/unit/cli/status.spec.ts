import { describe, expect, it } from 'vitest';
import type { StatusReport } from '../../../src/app.ts';
import { parseReport, status } from '../../../src/cli/status.ts';
import { aFakeAdmin } from '../../support/fake-admin.ts';
import { createFakeCliIo } from '../../support/fake-cli-io.ts';

/** What `portolan status` writes to stdout when the daemon reports this. */
async function shown(report: StatusReport, flags = { isJson: false }): Promise<string> {
  const { socketPath, asked } = await aFakeAdmin({ status: 200, text: JSON.stringify(report) });
  const io = createFakeCliIo();
  expect(await status(socketPath, flags, io)).toBe(0);
  expect(asked).toEqual(['GET /api/v1/status']);
  const { stdout, stderr } = io.written();
  expect(stderr).toBe('');
  return stdout;
}

const registration: NonNullable<StatusReport['registration']> = {
  isReady: true,
  hostname: 'node-a',
  owner: 'fleet',
  hostAddress: '10.0.0.5',
  hostAddressRule: 'the advertise address of the Consul agent',
  containers: 3,
  services: [
    {
      id: 'node-a:web.1:80',
      name: 'web',
      container: 'web.1',
      address: '10.0.0.5',
      port: 32_080,
      check: 'running',
    },
    { id: 'node-a:db:5432', name: 'inventory-db', container: 'db', address: '10.0.0.5', port: 5_432 },
  ],
  notes: [
    { kind: 'skipped', container: 'job', text: 'port 80/tcp not-published' },
    { kind: 'warning', container: 'web.1', text: 'SERVICE_CHECK_TTL="soon" is no duration' },
  ],
};
const routing: NonNullable<StatusReport['routing']> = {
  isReady: true,
  haproxyVersion: '3.0.8',
  reloads: 2,
  binds: ['127.0.0.1:80', '172.17.0.1:80'],
  services: [{ name: 'web', hosts: ['web'], url: 'http://web.localhost/', instances: [] }],
  held: 0,
  holds: [],
};
const whole: StatusReport = { version: '1.2.3', uptimeS: 90, registry: 'consul://a:1', registration, routing };

describe('status', () => {
  it('shows both halves: what is registered, what is not, and what is routed', async () => {
    expect(await shown(whole)).toBe(`portolan 1.2.3, up 90 s, consul://a:1

registration: ready
  host node-a, address 10.0.0.5 (the advertise address of the Consul agent)
  3 containers, 2 services registered
  web           10.0.0.5:32080  running  node-a:web.1:80
  inventory-db  10.0.0.5:5432            node-a:db:5432
  skipped: container job: port 80/tcp not-published
  warning: container web.1: SERVICE_CHECK_TTL="soon" is no duration

routing: ready
  HAProxy 3.0.8, 2 reloads, listens on 127.0.0.1:80, 172.17.0.1:80
  1 service; see portolan services
`);
  });

  it('names the newer Portolan that writes in place of this one', async () => {
    const rival = 'instance 1a2b3c since 2026-01-02T03:04:05.678Z';
    const text = await shown({ ...whole, registration: { ...registration, rival } });
    expect(text).toContain(`
registration: ready
  passive: a newer Portolan on this host writes in its place (${rival})
  host node-a,`);
  });

  it('leaves out a half that does not run', async () => {
    expect(await shown({ version: '1.2.3', uptimeS: 0, registry: 'memory://' })).toBe(
      'portolan 1.2.3, up 0 s, memory://\n',
    );
  });

  it('shows what is known before the first pass', async () => {
    const report = {
      ...whole,
      registration: { isReady: false, containers: 0, services: [], notes: [] },
      routing: { isReady: false, reloads: 0, binds: [], services: [], held: 0, holds: [] },
    };
    expect(await shown(report)).toBe(`portolan 1.2.3, up 90 s, consul://a:1

registration: on its way
  0 containers, 0 services registered

routing: on its way
  HAProxy does not run, 0 reloads, listens on nothing yet
  0 services; see portolan services
`);
  });

  it('shows failures, an outage of the catalog, and what is kept meanwhile', async () => {
    const six = ['a', 'b', 'c', 'd', 'e', 'f'];
    const holds = [
      { because: 'Consul was away', instances: 3, services: six },
      { because: 'its node is gone', instances: 1, services: ['web'] },
    ];
    const report = {
      ...whole,
      registration: {
        isReady: false,
        error: 'cannot reach Docker',
        hostname: 'node-a',
        hostAddressRule: 'there is no default route',
        containers: 0,
        services: [],
        notes: [],
      },
      routing: { ...routing, error: 'a reload failed', outage: 'cannot reach Consul', staleS: 90, held: 4, holds },
    };
    expect(await shown(report)).toBe(`portolan 1.2.3, up 90 s, consul://a:1

registration: not ready: cannot reach Docker
  host node-a, address none (there is no default route)
  0 containers, 0 services registered

routing: ready, but a reload failed
  HAProxy 3.0.8, 2 reloads, listens on 127.0.0.1:80, 172.17.0.1:80
  the catalog cannot be read: cannot reach Consul
  routes are made of what was known 90 s ago
  3 instances of a, b, c, d, e, 1 more kept though missing from the catalog: Consul was away
  1 instance of web kept though missing from the catalog: its node is gone
  portolan release lets them go
  1 service; see portolan services
`);
  });

  it('shows why a reload is wanted that has not happened yet', async () => {
    const report = { ...whole, routing: { ...routing, pendingReload: 'new services: api, shop' } };
    expect((await shown(report)).split('\n').slice(-5)).toEqual([
      'routing: ready',
      '  HAProxy 3.0.8, 2 reloads, listens on 127.0.0.1:80, 172.17.0.1:80',
      '  a reload waits for calm: new services: api, shop',
      '  1 service; see portolan services',
      '',
    ]);
  });

  it('gives the report as it is with --json', async () => {
    expect(await shown(whole, { isJson: true })).toBe(`${JSON.stringify(whole, undefined, 2)}\n`);
  });
});

describe('parseReport', () => {
  it('gives what an answer of status 200 holds', () => {
    expect(parseReport({ status: 200, text: '[1]' })).toStrictEqual([1]);
  });

  it.each([
    { status: 401, text: '{"error":"no"}\n', message: 'Portolan answered 401: {"error":"no"}' },
    { status: 204, text: '', message: 'Portolan answered 204: ' },
    { status: 200, text: '<html>', message: 'Portolan answered 200: <html>' },
  ])('throws for $status $text', (answer) => {
    const { message, ...given } = answer;
    expect(() => parseReport(given)).toThrow(
      expect.objectContaining({ name: 'PortolanError', code: 'ADMIN_REFUSED', message }),
    );
  });
});
