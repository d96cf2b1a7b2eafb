import { describe, expect, it } from 'vitest';
import type { ContainerPort, ContainerSnapshot } from '../../../src/domain/container.ts';
import { type DesiredOptions, desiredRegistrations } from '../../../src/registration/desired.ts';
import { explainContainers, type Holding } from '../../../src/registration/explain.ts';
import { createTagsTemplate } from '../../../src/registration/tags-template.ts';
import { aContainer, http } from '../../support/containers.ts';
import { desiredOptions } from '../../support/registration-options.ts';
import { aService } from '../../support/services.ts';

const OPTIONS = desiredOptions;

const exposed: ContainerPort = { port: 9000, protocol: 'tcp', bindings: [] };
const explained = (
  containers: readonly ContainerSnapshot[],
  options: Partial<DesiredOptions> = {},
  holding?: (serviceId: string) => Holding,
) => explainContainers(containers, desiredRegistrations(containers, { ...OPTIONS, ...options }), holding);
const portsOf = (...args: Parameters<typeof explained>) => explained(...args).map(({ ports }) => ports);

const nameless = { ...aContainer(), ports: [] };
const described = { name: 'web.1', id: 'c0ffee'.padEnd(64, '0'), image: 'team/web:1.2', state: 'running' };
const defaultSources = [
  { field: 'name', value: 'web', from: 'default: image team/web:1.2' },
  { field: 'id', value: 'node-a:web.1:80', from: 'default: host, container and port' },
  { field: 'address', value: '192.0.2.10', from: 'rule: the host address' },
  { field: 'port', value: '32080', from: 'rule: the published port' },
  { field: 'containerCheck', value: 'on', from: 'default: on' },
  { field: 'containerCheck.startingStatus', value: 'critical', from: 'default: critical' },
];
const registered = {
  port: 80,
  protocol: 'tcp',
  isRegistered: true,
  service: aService(),
  sources: defaultSources,
};

describe('explainContainers', () => {
  it('says of each port what is registered and where it comes from, or why it is not', () => {
    expect(explained([aContainer({ ports: [http, exposed] })])).toEqual([
      {
        ...described,
        ports: [registered, { port: 9000, protocol: 'tcp', isRegistered: false, reason: 'is not published' }],
        warnings: [],
      },
    ]);
  });

  it('keeps the order of the containers', () => {
    const names = ['web.2', 'web.1', 'web.3'];
    const containers = names.map((name) => aContainer({ id: name, name }));
    expect(explained(containers).map(({ name }) => name)).toEqual(names);
  });

  it('says each warning once, and which settings nobody reads', () => {
    const labels = { SERVICE_CHECK_STARTING: 'maybe', 'SERVICE_a.b': 'x', SERVICE_8080_NAME: 'x' };
    const https: ContainerPort = { ...http, port: 443 };
    const [explanation] = explained([aContainer({ ports: [http, https], labels })]);
    expect(explanation?.warnings.map(({ label, problem }) => `${label} ${problem}`)).toEqual([
      'SERVICE_CHECK_STARTING is none of passing, warning and critical; critical is used instead',
      'SERVICE_a.b is no Meta key: only letters, digits, _ and - are; the pair is left out',
      'SERVICE_8080_NAME is not read: the container has no port 8080',
    ]);
  });

  it('says that a container has no ports', () => {
    const reason = 'it has no ports: none is exposed by its image or published';
    expect(explained([nameless])).toEqual([{ ...described, reason, ports: [], warnings: [] }]);
  });

  it.each<{ over: Partial<ContainerSnapshot>; state: string }>([
    { over: { state: 'exited', exitCode: 137 }, state: 'exited with code 137' },
    { over: { state: 'created' }, state: 'created' },
    { over: { state: 'dead' }, state: 'dead' },
  ])('says that a container does not run: $state', ({ over, state }) => {
    expect(explained([aContainer(over)])).toEqual([
      { ...described, state, reason: 'it does not run', ports: [], warnings: [] },
    ]);
  });

  it.each<{ over: Partial<ContainerSnapshot>; state: string }>([
    { over: { health: 'healthy' }, state: 'running, healthy' },
    { over: { health: 'starting' }, state: 'running, starting' },
    { over: { state: 'paused', health: 'healthy' }, state: 'paused' },
    { over: { stopping: { signal: '15', untilMs: 1 } }, state: 'stopping: was sent signal 15' },
  ])('says how a container is: $state', ({ over, state }) => {
    expect(explained([aContainer(over)])).toMatchObject([{ state, ports: [{ isRegistered: true }] }]);
  });
});

describe('explainContainers, a service that is not registered', () => {
  it('belongs to an older container', () => {
    const labels = { SERVICE_ID: 'same' };
    const older = aContainer({ id: 'a', name: 'older', labels });
    const newer = aContainer({ id: 'b', name: 'newer', createdMs: 2_000, labels });
    const reason = 'the ID same belongs to the older container older';
    expect(portsOf([newer, older])).toMatchObject([
      [{ isRegistered: false, reason, service: { id: 'same' } }],
      [{ isRegistered: true }],
    ]);
  });

  it('is of a container that was asked to stop', () => {
    const stopping = { signal: '15', untilMs: 1 };
    expect(portsOf([aContainer({ stopping })], { onStop: 'deregister' })).toEqual([
      [{ ...registered, isRegistered: false, reason: 'the container was asked to stop' }],
    ]);
  });

  it('is of a container that waits for a document of --tags', () => {
    const tags = createTagsTemplate('{{httpGet "http://x/"}}', () => undefined);
    expect(portsOf([aContainer({ inspected: {} })], { tags })).toEqual([
      [{ ...registered, isRegistered: false, reason: 'it waits for http://x/, which --tags asks for' }],
    ]);
  });

  it('is what the registry says', () => {
    const asked: string[] = [];
    const holding = (id: string): Holding => {
      asked.push(id);
      return { isRegistered: false, reason: 'the registration is on its way' };
    };
    expect(portsOf([aContainer()], {}, holding)).toEqual([
      [{ ...registered, isRegistered: false, reason: 'the registration is on its way' }],
    ]);
    expect(asked).toEqual(['node-a:web.1:80']);
  });
});

describe('explainContainers, the container check', () => {
  it('is what the registry holds', () => {
    const check = { status: 'passing', output: 'running' } as const;
    expect(portsOf([aContainer()], {}, () => ({ isRegistered: true, check }))).toEqual([[{ ...registered, check }]]);
  });

  it('is off with --ttl 0', () => {
    const sources = [...defaultSources.slice(0, 4), { field: 'containerCheck', value: 'off', from: '--ttl' }];
    expect(portsOf([aContainer()], { ttlMs: 0, isTtlGiven: true })).toEqual([[{ ...registered, sources }]]);
  });

  it('is off by its label rather than by --ttl 0', () => {
    const labels = { SERVICE_CHECK_CONTAINER: 'off' };
    const [[port] = []] = portsOf([aContainer({ labels })], { ttlMs: 0, isTtlGiven: true });
    expect(port?.sources?.at(-1)).toEqual({
      field: 'containerCheck',
      value: 'off',
      from: 'label SERVICE_CHECK_CONTAINER',
    });
  });
});
