import { describe, expect, it } from 'vitest';
import type { ContainerSnapshot, ContainerState } from '../../../src/domain/container.ts';
import { keptServices } from '../../../src/registration/ended-containers.ts';
import type { DefinitionOptions } from '../../../src/registration/service-definitions.ts';
import { aContainer, dnsTcp, dnsUdp, http } from '../../support/containers.ts';
import { definitionOptions } from '../../support/registration-options.ts';

const ended = (over: Partial<ContainerSnapshot> = {}): ContainerSnapshot =>
  aContainer({ state: 'exited', exitCode: 1, ports: [{ ...http, bindings: [] }], ...over });
const kept = (containers: readonly ContainerSnapshot[], options: Partial<DefinitionOptions> = {}) =>
  Object.fromEntries(keptServices(containers, { ...definitionOptions, ...options }));
const keptIds = (over: Partial<ContainerSnapshot>, options?: Partial<DefinitionOptions>) =>
  Object.keys(kept([ended(over)], options));

describe('keptServices', () => {
  it('are those of containers that ended by a failure, whose checks say so', () => {
    expect(kept([ended({ exitCode: 3 })])).toEqual({
      'node-a:web.1:80': {
        containerName: 'web.1',
        verdict: { status: 'critical', output: 'exited: with code 3' },
      },
    });
  });

  it.each([
    { exitCode: 0, is: false, rule: 'a success' },
    { exitCode: 1, is: true, rule: 'a failure' },
    { exitCode: 128, is: true, rule: 'the last one below the signals' },
    { exitCode: 129, is: false, rule: 'the first signal' },
    { exitCode: 137, is: false, rule: 'a kill' },
    { exitCode: 143, is: false, rule: 'a stop' },
    { exitCode: 192, is: false, rule: 'the last signal' },
    { exitCode: 193, is: true, rule: 'the first one above the signals' },
    { exitCode: 255, is: true, rule: 'the highest' },
    { exitCode: undefined, is: false, rule: 'a code that nobody knows' },
  ])('with exit code $exitCode: $is, $rule', ({ exitCode, is }) => {
    const { exitCode: _, ...container } = ended();
    expect(Object.keys(kept([exitCode === undefined ? container : { ...container, exitCode }]))).toEqual(
      is ? ['node-a:web.1:80'] : [],
    );
  });

  it.each<{ state: ContainerState; is: boolean }>([
    { state: 'exited', is: true },
    { state: 'dead', is: true },
    { state: 'restarting', is: true },
    { state: 'running', is: false },
    { state: 'paused', is: false },
    { state: 'created', is: false },
    { state: 'removing', is: false },
  ])('of a container that is $state: $is', ({ state, is }) => {
    expect(keptIds({ state })).toEqual(is ? ['node-a:web.1:80'] : []);
  });

  it.each<{ rule: string; over: Partial<ContainerSnapshot>; options?: Partial<DefinitionOptions>; ids: string[] }>([
    {
      rule: 'every port, since nobody knows which were published',
      over: { ports: [dnsTcp, dnsUdp, http] },
      ids: ['node-a:web.1:53', 'node-a:web.1:53:udp', 'node-a:web.1:80'],
    },
    { rule: 'the ID that its label gives', over: { labels: { SERVICE_ID: 'shop' } }, ids: ['shop'] },
    { rule: 'none that its label ignores', over: { labels: { SERVICE_IGNORE: '1' } }, ids: [] },
    { rule: 'none without a name with --explicit', over: {}, options: { explicit: true }, ids: [] },
    {
      rule: 'the same with --internal, though it has no address any more',
      over: { networks: [] },
      options: { internal: true },
      ids: ['node-a:web.1:80'],
    },
    {
      rule: 'the same where the address of the host is unknown',
      over: {},
      options: { hostAddress: undefined },
      ids: ['node-a:web.1:80'],
    },
  ])('are of $rule', ({ over, options, ids }) => {
    expect(keptIds(over, options)).toEqual(ids);
  });
});
