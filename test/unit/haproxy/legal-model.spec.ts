import { expect, it } from 'vitest';
import type { RoutedServer, RoutedService } from '../../../src/domain/routing.ts';
import { renderConfig } from '../../../src/haproxy/config.ts';
import { legalModel } from '../../../src/haproxy/legal-model.ts';
import { planServers } from '../../../src/haproxy/runtime-plan.ts';
import { hostileTexts } from '../../support/hostile-texts.ts';

const server: RoutedServer = { name: 'node-a:web.1:80', address: '10.0.0.1', port: 80, weight: 256 };
const web: RoutedService = {
  name: 'web',
  hosts: ['web'],
  servers: [server, { name: 'b', address: '2001:DB8::1', port: 65_535, weight: 0 }],
};

it('leaves a legal model as it is', () => {
  const model = { services: [web] };
  expect(legalModel(model)).toEqual(model);
});

it.each<{ what: string; over: Partial<RoutedServer> }>([
  ...hostileTexts.flatMap(({ what, text }) => [
    { what: `the name has ${what}`, over: { name: text } },
    { what: `the address has ${what}`, over: { address: text } },
  ]),
  ...[0, -1, 65_536, 80.5, Number.NaN].map((port) => ({ what: `the port is ${port}`, over: { port } })),
  ...[-1, 257, 0.5, Number.NaN].map((weight) => ({ what: `the weight is ${weight}`, over: { weight } })),
])('leaves out a server where $what', ({ over }) => {
  const model = { services: [{ ...web, servers: [{ ...server, ...over }, server] }] };
  const settings = { binds: [], checkIntervalMs: undefined, hostsMapPath: '/hosts.map' };
  const expected = { services: [{ ...web, servers: [server] }] };
  expect(legalModel(model)).toEqual(expected);
  expect(renderConfig(model, settings)).toEqual(renderConfig(expected, settings));
  expect(planServers(model, [], new Set(['web']), settings)).toEqual(
    planServers(expected, [], new Set(['web']), settings),
  );
});

it.each(hostileTexts)('leaves out a service whose name or host has $what', ({ text }) => {
  expect(
    legalModel({
      services: [
        { ...web, name: text },
        { ...web, hosts: ['web', `${text} x`] },
      ],
    }),
  ).toEqual({ services: [] });
});
