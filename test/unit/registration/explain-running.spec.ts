import { afterEach, describe, expect, it } from 'vitest';
import { PortolanError } from '../../../src/lib/errors.ts';
import type { ServiceRegistration } from '../../../src/registration/contracts.ts';
import { aContainer } from '../../support/containers.ts';
import { createRegistrationWorld, type RegistrationWorld } from '../../support/registration-world.ts';
import { aRegistration } from '../../support/services.ts';

const WEB = 'node-a:web.1:80';
const signal = new AbortController().signal;
const refused = new PortolanError('CONSUL_REFUSED', 'Consul answered 403: no right to write');

let world: RegistrationWorld;

afterEach(async () => {
  await world.stop();
});

/** The world after its start, in which the registry held these services before. */
async function startWith({
  before = [] as readonly ServiceRegistration[],
  error = undefined as Error | undefined,
} = {}) {
  world = createRegistrationWorld();
  world.source.run(aContainer(), aContainer({ id: 'api', name: 'api' }));
  for (const registration of before) await world.registry.register(registration, signal);
  if (error !== undefined) world.registry.fail('register', error);
  await world.start();
}

/** What is said of the only port of a container. */
function portOf(container: string) {
  const answer = world.controller.explain(container);
  if (answer.kind !== 'found') return answer;
  const { isRegistered, reason, check } = answer.explanation.containers[0]?.ports[0] ?? {};
  return { isRegistered, reason, check };
}

describe('explaining a container of the running daemon', () => {
  it('says who registers, where, and what the registry holds', async () => {
    await startWith();
    expect(world.controller.explain('web.1')).toMatchObject({
      kind: 'found',
      explanation: {
        hostname: 'node-a',
        hostAddress: '192.0.2.10',
        hostAddressRule: '--host-address',
        containers: [{ name: 'web.1', ports: [{ isRegistered: true, service: { id: WEB } }] }],
      },
    });
  });

  it("gives the container check's own words", async () => {
    await startWith();
    expect(portOf('web.1')).toEqual({
      isRegistered: true,
      reason: undefined,
      check: { status: 'passing', output: 'running' },
    });
    world.source.run(aContainer({ health: 'unhealthy' }));
    await world.after(0);
    expect(portOf('web.1')).toMatchObject({
      check: { status: 'critical', output: 'unhealthy: its HEALTHCHECK fails' },
    });
  });

  it('finds a container by its ID', async () => {
    await startWith();
    expect(portOf('c0ff')).toMatchObject({ isRegistered: true });
  });

  it('leaves no doubt about a service that is marked by another owner', async () => {
    await startWith({ before: [aRegistration({}, { owner: 'owner-b' })] });
    expect(portOf('web.1')).toEqual({
      isRegistered: false,
      reason: 'the service of this ID carries the mark of the owner owner-b',
      check: undefined,
    });
  });

  it('says why the registration failed', async () => {
    await startWith({ error: refused });
    const { reason = '', ...rest } = portOf('web.1') as { readonly reason?: string };
    expect(rest).toEqual({ isRegistered: false, check: undefined });
    expect(reason).toMatch(/^the last pass failed: .*403/);
  });

  it('does not know a container that does not run', async () => {
    await startWith();
    expect(portOf('web.2')).toEqual({
      kind: 'unknown',
      reason: 'there is no container web.2',
      nearest: ['web.1'],
    });
  });

  it('is not ready before a pass has come through, and says why', async () => {
    world = createRegistrationWorld();
    expect(portOf('web.1')).toEqual({ kind: 'not-ready', reason: 'no pass has come through yet' });
    world.source.fail(new PortolanError('DOCKER_UNREACHABLE', 'Docker does not answer'));
    await world.start();
    expect(portOf('web.1')).toEqual({
      kind: 'not-ready',
      reason: 'no pass has come through yet: Docker does not answer',
    });
  });
});
