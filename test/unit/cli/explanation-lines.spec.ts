import { describe, expect, it } from 'vitest';
import type { Explanation } from '../../../src/app-explain.ts';
import { explanationLines } from '../../../src/cli/explanation-lines.ts';
import { aService } from '../../support/services.ts';

const HOST = { hostname: 'node-a', hostAddress: '192.0.2.10', hostAddressRule: '--host-address' };
const web: Explanation['containers'][number] = {
  name: 'web.1',
  id: 'c0ffee'.padEnd(64, '0'),
  image: 'team/web:1.2',
  state: 'running',
  ports: [],
  warnings: [],
};
const port = { port: 80, protocol: 'tcp' } as const;
const sources = [
  { field: 'name', value: 'web', from: 'label SERVICE_NAME' },
  { field: 'check.http', value: 'http://192.0.2.10:32080/', from: 'label SERVICE_CHECK_HTTP' },
];

const lines = (over: Partial<typeof web>, isOffline = false) =>
  explanationLines({ ...HOST, containers: [{ ...web, ...over }] }, isOffline).slice(2);

describe('explanationLines', () => {
  it('begin with the host', () => {
    expect(explanationLines({ ...HOST, containers: [] }, false)).toEqual([
      'host node-a, address 192.0.2.10 (--host-address)',
      '',
      'no containers',
    ]);
    const unknown = { hostname: 'node-a', hostnameRule: "this machine's name", hostAddressRule: 'there is no route' };
    expect(explanationLines({ ...unknown, containers: [] }, true).slice(0, 1)).toEqual([
      "host node-a (this machine's name), address unknown (there is no route)",
    ]);
  });

  it('say of each container what it is, its ports with their sources, and its warnings', () => {
    const ports = [
      {
        ...port,
        isRegistered: true,
        service: aService(),
        sources,
        check: { status: 'passing', output: 'running' },
      } as const,
      { port: 53, protocol: 'udp', isRegistered: false, reason: 'is not published' } as const,
    ];
    const warnings = [{ label: 'SERVICE_X', value: 'a\nb', problem: 'is bad; it is left out' }];
    expect(lines({ ports, warnings })).toEqual([
      'web.1  running  team/web:1.2  c0ffee000000',
      '  80/tcp  registered as node-a:web.1:80, running',
      '    name        web                       label SERVICE_NAME',
      '    check.http  http://192.0.2.10:32080/  label SERVICE_CHECK_HTTP',
      '  53/udp  not registered: is not published',
      '  warning: SERVICE_X="a\\nb" is bad; it is left out',
    ]);
  });

  it('say what would be where nobody asked a registry', () => {
    const ports = [{ ...port, isRegistered: true, service: aService(), sources: [] }];
    expect(lines({ ports }, true)[1]).toBe('  80/tcp  would be registered as node-a:web.1:80');
  });

  it('say where the values of a service that is not registered come from, too', () => {
    const ports = [{ ...port, isRegistered: false, reason: 'the ID belongs to x', service: aService(), sources }];
    expect(lines({ ports }).slice(1, 3)).toEqual([
      '  80/tcp  not registered: the ID belongs to x',
      '    name        web                       label SERVICE_NAME',
    ]);
  });

  it('say why nothing of a container is registered', () => {
    expect(lines({ state: 'exited with code 1', reason: 'it does not run' })).toEqual([
      'web.1  exited with code 1  team/web:1.2  c0ffee000000',
      '  nothing is registered: it does not run',
    ]);
  });

  it('have an empty line between containers', () => {
    const two = { ...HOST, containers: [web, { ...web, name: 'web.2' }] };
    expect(explanationLines(two, false).slice(1)).toEqual([
      '',
      'web.1  running  team/web:1.2  c0ffee000000',
      '',
      'web.2  running  team/web:1.2  c0ffee000000',
    ]);
  });

  it('leave out what each check is called by default, and keep what somebody chose', () => {
    const shown = [
      { field: 'check.id', value: 'x', from: 'default: x' },
      { field: 'check[1].name', value: 'x', from: 'default: x' },
      { field: 'check[1].id', value: 'mine', from: 'label SERVICE_CHECKS' },
      { field: 'meta.check.id', value: 'x', from: 'default: x' },
    ];
    const ports = [{ ...port, isRegistered: true, service: aService(), sources: shown }];
    expect(lines({ ports }).slice(2)).toEqual([
      '    check[1].id    mine  label SERVICE_CHECKS',
      '    meta.check.id  x     default: x',
    ]);
  });

  it('cut long values', () => {
    const long = [{ field: 'meta.x', value: 'v'.repeat(81), from: 'label SERVICE_X' }];
    const ports = [{ ...port, isRegistered: true, service: aService(), sources: long }];
    const warnings = [{ label: 'SERVICE_Y', value: 'w'.repeat(5_000), problem: 'is bad' }];
    expect(lines({ ports, warnings }).slice(2)).toEqual([
      `    meta.x  ${'v'.repeat(79)}…  label SERVICE_X`,
      `  warning: SERVICE_Y="${'w'.repeat(79)}…" is bad`,
    ]);
  });
});
