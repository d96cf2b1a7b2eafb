import { describe, expect, it } from 'vitest';
import { createNamespaces, lacksNamespaces } from '../../../../src/adapters/consul/namespaces.ts';
import { ConsulRefusal } from '../../../../src/adapters/consul/request-error.ts';
import { aRegistration } from '../../../support/registrations.ts';

const id = 'node-a:web.1:80';
const check = { id: `${id}:container`, serviceId: id };
const inTeam = aRegistration({ namespace: 'team' });

describe('the namespaces of a registry', () => {
  it('are not spoken of before one is in use', () => {
    const namespaces = createNamespaces(undefined);
    namespaces.registered(aRegistration());
    namespaces.serviceSeen('other', undefined);
    expect([namespaces.readQuery(), namespaces.serviceQuery(id), namespaces.checkQuery(check.id)]).toEqual([
      {},
      {},
      {},
    ]);
  });

  it('are all read when the endpoint has one', () => {
    expect(createNamespaces('home').readQuery()).toEqual({ ns: '*' });
  });

  it('are all read once a service was registered in one, which its calls then name', () => {
    const namespaces = createNamespaces(undefined);
    namespaces.registered(inTeam);
    expect(namespaces.readQuery()).toEqual({ ns: '*' });
    expect(namespaces.serviceQuery(id)).toEqual({ ns: 'team' });
    expect(namespaces.checkQuery(check.id)).toEqual({ ns: 'team' });
    expect(namespaces.serviceQuery('other')).toEqual({});
  });

  it('are learned from what the agent says', () => {
    const namespaces = createNamespaces('home');
    namespaces.serviceSeen(id, 'team');
    namespaces.checkSeen(check, 'team');
    expect([namespaces.serviceQuery(id), namespaces.checkQuery(check.id)]).toEqual([{ ns: 'team' }, { ns: 'team' }]);
  });

  it('do not count as in use when all there is stands in the default one', () => {
    const namespaces = createNamespaces(undefined);
    namespaces.serviceSeen(id, 'default');
    expect([namespaces.readQuery(), namespaces.serviceQuery(id)]).toEqual([{}, { ns: 'default' }]);
  });

  it('forget a service that is gone, with its check', () => {
    const namespaces = createNamespaces(undefined);
    namespaces.registered(inTeam);
    namespaces.deregistered(id);
    expect([namespaces.serviceQuery(id), namespaces.checkQuery(check.id)]).toEqual([{}, {}]);
  });

  it.each([
    { home: undefined, before: undefined, after: 'team', left: undefined },
    { home: undefined, before: 'team', after: 'team', left: undefined },
    { home: undefined, before: 'team', after: 'other', left: { ns: 'team' } },
    { home: undefined, before: 'team', after: undefined, left: { ns: 'team' } },
    { home: undefined, before: 'default', after: undefined, left: undefined },
    { home: 'team', before: 'team', after: undefined, left: undefined },
    { home: 'team', before: 'default', after: undefined, left: { ns: 'default' } },
  ])(
    'with the home $home a service that was in $before and goes to $after leaves $left',
    ({ home, before, after, left }) => {
      const namespaces = createNamespaces(home);
      namespaces.serviceSeen(id, before);
      expect(namespaces.leftBy(aRegistration(after === undefined ? {} : { namespace: after }))).toEqual(left);
    },
  );
});

describe('lacksNamespaces', () => {
  const refusal = (status: number, answer: string) => new ConsulRefusal(status, answer, 'x', undefined);

  it.each([
    { error: refusal(400, 'Request decode failed: json: unknown field "Namespace"'), lacks: true },
    {
      error: refusal(400, 'Bad request: Invalid query parameter: "ns" - Namespaces are a Consul Enterprise feature'),
      lacks: true,
    },
    { error: refusal(400, 'Request decode failed: json: unknown field "Weight"'), lacks: false },
    { error: refusal(500, 'Namespaces are a Consul Enterprise feature'), lacks: false },
    { error: new Error('unknown field "Namespace"'), lacks: false },
  ])('tells from "$error.answer" ($error.status): $lacks', ({ error, lacks }) => {
    expect(lacksNamespaces(error)).toBe(lacks);
  });
});
