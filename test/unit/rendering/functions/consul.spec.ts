import { describe, expect, it } from 'vitest';
import { NO_ENTRIES } from '../../../../src/domain/catalog.ts';
import type { ServiceQuery } from '../../../../src/rendering/queries.ts';
import { known, type Readings, rendering } from '../../../support/evaluations.ts';
import { aCheckResult, anInstance } from '../../../support/instances.ts';

const checks = [
  aCheckResult({ id: 'a', name: 'A', notes: 'n', output: 'slow', status: 'warning', type: 'http', serviceTags: ['t'] }),
  aCheckResult({ id: '_service_maintenance:web-1', status: 'maintenance' }),
];
const web = anInstance({
  ...{ tags: ['v1', 'http'], meta: { version: '1' }, nodeMeta: { zone: 'z1' }, checks, status: 'maintenance' },
  ...{ nodeTaggedAddresses: { lan: '10.0.0.9' }, taggedAddresses: { wan: { address: '198.51.100.1', port: 443 } } },
});
const node = {
  ...{ id: 'n-1', name: 'node-a', address: '10.0.0.9', datacenter: 'dc1' },
  ...{ taggedAddresses: { lan: '10.0.0.9' }, meta: { zone: 'z1' } },
};
const onNode = {
  ...{ id: 'web-1', service: 'web', tags: ['b', 'a'], meta: { k: 'v' }, port: 80, address: '10.0.0.1' },
  enableTagOverride: true,
};
const readings: Readings = {
  'health.service(web|any)': known<ServiceQuery>([web]),
  'health.connect(web|passing)': known<ServiceQuery>([web]),
  'catalog.services': known<{ kind: 'services' }>([{ name: 'web', tags: ['http', 'v1'] }]),
  'catalog.services(@dc2)': known<{ kind: 'services' }>([]),
  'catalog.nodes': known<{ kind: 'nodes' }>([node]),
  'catalog.node': known<{ kind: 'node' }>({ node, services: [onNode] }),
  'catalog.node(nosuch)': known<{ kind: 'node' }>({ node: undefined, services: [] }),
  'catalog.datacenters': known<{ kind: 'datacenters'; ignoreFailing: boolean }>(['dc1', 'dc2']),
  'catalog.datacenters(ignoring those that fail)': known<{ kind: 'datacenters'; ignoreFailing: boolean }>(['dc1']),
};

const result = (text: string): string => rendering(text, { readings }).result;

describe('services', () => {
  it.each([
    ['{{.ID}} {{.Name}} {{.Node}} {{.NodeID}}', 'web-1 web node-a 00000000-0000-0000-0000-00000000000a'],
    ['{{.NodeAddress}} {{.Address}} {{.Port}} {{.Status}}', '192.0.2.1 10.0.0.1 8080 maintenance'],
    ['{{.Tags}} {{.ServiceMeta.version}} {{.NodeMeta.zone}}', '[http v1] 1 z1'],
    ['{{.NodeTaggedAddresses}} {{.ServiceTaggedAddresses}}', 'map[lan:10.0.0.9] map[wan:{198.51.100.1 443}]'],
    ['{{.Weights}} {{.Weights.Passing}}', '{1 1} 1'],
    [
      '{{printf "%T %T %T %T" . .Tags .Checks .Weights}}',
      '*dependency.HealthService dependency.ServiceTags api.HealthChecks api.AgentWeights',
    ],
    ['{{range .Checks}}{{.CheckID}}={{.Status}} {{end}}', 'a=warning _service_maintenance:web-1=critical '],
    [
      '{{with index .Checks 0}}{{.}}{{end}}',
      '{node-a a A warning n slow web-1 web [t] http   0  { map[]    false  false    false 0s 0s 0s  0 0 0} 1 1}',
    ],
    ['{{.Checks.AggregatedStatus}}', 'maintenance'],
    ['{{.Nope}}', "<.Nope>: can't evaluate field Nope in type *dependency.HealthService"],
  ])('%s', (text, expected) => {
    expect(result(`{{range service "web|any"}}${text}{{end}}`)).toBe(expected);
  });

  it('have no status with a check of an unknown one, so that only `any` finds them', () => {
    const given = known<ServiceQuery>([
      anInstance({ status: 'critical', checks: [aCheckResult({ status: 'critical', reportedStatus: 'weird' })] }),
    ]);
    const text =
      '{{range service "web|any"}}{{range .Checks}}{{.Status}}{{end}}[{{.Status}}{{.Checks.AggregatedStatus}}]{{end}}';
    expect(rendering(text, { readings: { 'health.service(web|any)': given } }).result).toBe('weird[]');
  });

  it.each([
    ['{}', {}, '{}{}{}{}'],
    ['null', NO_ENTRIES, 'nullnullnullnull'],
  ])('have maps or none, as Consul has: %s', (_, map, expected) => {
    const bare = anInstance({ nodeTaggedAddresses: map, nodeMeta: map, meta: map, taggedAddresses: map });
    const text =
      '{{range service "web"}}{{toJSON .NodeTaggedAddresses}}{{toJSON .NodeMeta}}{{toJSON .ServiceMeta}}{{toJSON .ServiceTaggedAddresses}}{{end}}';
    const given = { 'health.service(web|passing)': known<ServiceQuery>([bare]) };
    expect(rendering(text, { readings: given }).result).toBe(expected);
  });

  it.each([
    ['{{len (service)}}{{len (service "")}}{{len (service "" "any")}}{{len (connect "")}}', '0000'],
    ['{{len (service "web" "any")}}{{len (connect "web")}}', '11'],
    ['{{service "web"}}', 'waiting: health.service(web|passing)'],
    ['{{service "we b"}}', '<service "we b">: error calling service: health.service: invalid format: "we b"'],
    ['{{service 5}}', '<5>: expected string; found 5'],
    ['{{range services}}{{.Name}} {{.Tags}} {{printf "%T" .}}{{end}}', 'web [http v1] *dependency.CatalogSnippet'],
    ['{{services "@" "dc2"}}', '[]'],
    ['{{services "dc1"}}', '<services "dc1">: error calling services: catalog.services: invalid format: "dc1"'],
  ])('%s', (text, expected) => {
    expect(result(text)).toBe(expected);
  });

  it('have tags with the method that templates of old call, with a warning', () => {
    const text = '{{range service "web|any"}}{{.Tags.Contains "v1"}} {{.Tags.Contains "v2"}}{{end}}';
    expect(rendering(text, { readings })).toEqual({
      result: 'true false',
      warnings: ['.Tags.Contains was dropped from consul-template: write `.Tags | contains "TAG"` instead'],
    });
  });
});

describe('nodes', () => {
  it.each([
    [
      '{{range nodes}}{{.}} {{printf "%T" .}}{{end}}',
      '{n-1 node-a 10.0.0.9 dc1 map[lan:10.0.0.9] map[zone:z1]} *dependency.Node',
    ],
    [
      '{{with node}}{{.Node.Node}}{{range .Services}}{{.}}{{end}} {{printf "%T" .}}{{end}}',
      'node-a{web-1 web [a b] map[k:v] 80 10.0.0.1 true} *dependency.CatalogNode',
    ],
    ['{{with node "nosuch"}}has{{.Services}}{{toJSON .}}{{end}}', 'has[]{"Node":null,"Services":null}'],
    ['{{with node "nosuch"}}{{.Node.Node}}{{end}}', '<.Node.Node>: nil pointer evaluating *dependency.Node.Node'],
    ['{{node "@dc1"}}', '<node "@dc1">: error calling node: catalog.node: invalid format: "@dc1"'],
    ['{{datacenters}} {{datacenters false}} {{datacenters true}}', '[dc1 dc2] [dc1 dc2] [dc1]'],
    [
      '{{datacenters true false}}',
      '<datacenters true false>: error calling datacenters: datacenters: wrong number of arguments, expected 0 or 1, but got 2',
    ],
  ])('%s', (text, expected) => {
    expect(result(text)).toBe(expected);
  });
});
