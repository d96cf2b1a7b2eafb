import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createConsulRegistry } from '../../../../src/adapters/consul/service-registry.ts';
import type { ServiceRegistry } from '../../../../src/registration/contracts.ts';
import { createFakeClock } from '../../../support/fake-clock.ts';
import { createHttpStub, type HttpStub } from '../../../support/http-stub.ts';
import { createRecordingLog, type RecordingLog } from '../../../support/recording-log.ts';
import { aRegistration, RUNNING } from '../../../support/registrations.ts';

const { signal } = new AbortController();
const id = 'node-a:web.1:80';
const checkId = `${id}:container`;
const inTeam = aRegistration({ namespace: 'team' });

let stub: HttpStub;
let log: RecordingLog;
let registry: ServiceRegistry;

beforeEach(async () => {
  stub = await createHttpStub();
  log = createRecordingLog();
  registry = create();
});

afterEach(() => stub.close());

function create(over: { readonly namespace?: string; readonly partition?: string } = {}): ServiceRegistry {
  return createConsulRegistry({ ...stub.endpoint, ...over }, createFakeClock(), log);
}

/** Method and path of each request, and the namespace in its body. */
const sent = () =>
  stub.requests.map(({ method, path, body }) => {
    const { Namespace } = body === '' ? {} : (JSON.parse(body) as { Namespace?: string });
    return `${method} ${path.replace('/v1/agent', '')}${Namespace === undefined ? '' : ` in ${Namespace}`}`;
  });

describe('the registry of an agent without namespaces', () => {
  it('never speaks of them', async () => {
    await registry.register(aRegistration(), signal);
    await registry.services(signal);
    await registry.checks(signal);
    await registry.report(checkId, RUNNING, signal);
    await registry.deregister(id, signal);
    expect(sent()).toEqual([
      'PUT /service/register?replace-existing-checks=true',
      'GET /services',
      'GET /checks',
      'PUT /check/update/node-a%3Aweb.1%3A80%3Acontainer',
      'PUT /service/deregister/node-a%3Aweb.1%3A80',
    ]);
  });

  it('registers a service without the namespace that it asks for, and says so', async () => {
    stub.answer = ({ body }) =>
      body.includes('Namespace') ? { status: 400, text: 'Request decode failed: json: unknown field "Namespace"' } : {};
    await registry.register(inTeam, signal);
    await registry.services(signal);
    expect(sent()).toEqual([
      'PUT /service/register?replace-existing-checks=true in team',
      'PUT /service/register?replace-existing-checks=true',
      'GET /services',
    ]);
    expect(log.lines).toEqual([
      {
        level: 'warn',
        message: 'Consul has no namespaces; the service is registered without',
        facts: { service: id, namespace: 'team' },
      },
    ]);
  });

  it('does not take another refusal for that', async () => {
    stub.answer = () => ({ status: 400, text: 'Invalid service name' });
    await expect(registry.register(inTeam, signal)).rejects.toMatchObject({ code: 'CONSUL_REFUSED', status: 400 });
    expect(sent()).toHaveLength(1);
  });
});

describe('the registry of an agent with namespaces', () => {
  it('names the namespace of a service in every call about it, and then reads all of them', async () => {
    await registry.register(inTeam, signal);
    await registry.report(checkId, RUNNING, signal);
    await registry.services(signal);
    await registry.checks(signal);
    await registry.deregister(id, signal);
    expect(sent()).toEqual([
      'PUT /service/register?replace-existing-checks=true in team',
      'PUT /check/update/node-a%3Aweb.1%3A80%3Acontainer?ns=team',
      'GET /services?ns=*',
      'GET /checks?ns=*',
      'PUT /service/deregister/node-a%3Aweb.1%3A80?ns=team',
    ]);
  });

  it('learns the namespaces of what is there, as after a restart', async () => {
    registry = create({ namespace: 'home' });
    stub.answer = ({ path }) => {
      if (path.includes('/services')) return { json: { [id]: { ID: id, Service: 'web', Namespace: 'team' } } };
      return path.includes('/checks')
        ? { json: { [checkId]: { CheckID: checkId, ServiceID: id, Status: 'passing', Namespace: 'team' } } }
        : {};
    };
    expect([...(await registry.services(signal)).keys()]).toEqual([id]);
    expect([...(await registry.checks(signal)).keys()]).toEqual([checkId]);
    await registry.report(checkId, RUNNING, signal);
    await registry.deregister(id, signal);
    expect(sent()).toEqual([
      'GET /services?ns=*',
      'GET /checks?ns=*',
      'PUT /check/update/node-a%3Aweb.1%3A80%3Acontainer?ns=team',
      'PUT /service/deregister/node-a%3Aweb.1%3A80?ns=team',
    ]);
  });

  it('puts what names no namespace into that of the endpoint, in its partition', async () => {
    registry = create({ namespace: 'home', partition: 'p1' });
    await registry.register(aRegistration(), signal);
    await registry.register(aRegistration({ id: 'other', namespace: 'team' }), signal);
    await registry.deregister(id, signal);
    expect(sent()).toEqual([
      'PUT /service/register?ns=home&partition=p1&replace-existing-checks=true',
      'PUT /service/register?ns=team&partition=p1&replace-existing-checks=true in team',
      'PUT /service/deregister/node-a%3Aweb.1%3A80?ns=home&partition=p1',
    ]);
  });

  it('removes a service from the namespace that it leaves', async () => {
    await registry.register(inTeam, signal);
    await registry.register(aRegistration({ namespace: 'other' }), signal);
    await registry.deregister(id, signal);
    expect(sent()).toEqual([
      'PUT /service/register?replace-existing-checks=true in team',
      'PUT /service/deregister/node-a%3Aweb.1%3A80?ns=team',
      'PUT /service/register?replace-existing-checks=true in other',
      'PUT /service/deregister/node-a%3Aweb.1%3A80?ns=other',
    ]);
  });
});
