import { expect, it } from 'vitest';
import type { DataQuery } from '../../../src/rendering/queries.ts';
import {
  parseKeyQuery,
  parseKeysQuery,
  parseNodeQuery,
  parseNodesQuery,
  parseServiceQuery,
  parseServicesQuery,
} from '../../../src/rendering/query-grammar.ts';
import { queryText } from '../../../src/rendering/query-text.ts';

it.each<[text: string, query: DataQuery]>([
  ['health.service(web|passing)', parseServiceQuery('service', 'web')],
  [
    'health.service(v1.web?ns=a&partition=b@dc1~_agent|any)',
    parseServiceQuery('service', 'v1.web?partition=b&ns=a@dc1~_agent|any,passing'),
  ],
  ['health.service(web)', parseServiceQuery('service', 'web|,')],
  ['health.connect(web|critical,passing)', parseServiceQuery('connect', 'web|passing,critical')],
  ['catalog.services', parseServicesQuery('')],
  ['catalog.services(@dc1)', parseServicesQuery('@dc1')],
  ['catalog.nodes', parseNodesQuery('')],
  ['catalog.nodes(@dc1~a)', parseNodesQuery('@dc1~a')],
  ['catalog.node', parseNodeQuery('')],
  ['catalog.node(node-a@dc1)', parseNodeQuery('node-a@dc1')],
  ['catalog.datacenters', { kind: 'datacenters', ignoreFailing: false }],
  ['catalog.datacenters(ignoring those that fail)', { kind: 'datacenters', ignoreFailing: true }],
  ['kv.block(app/x@dc1)', parseKeyQuery('/app/x@dc1')],
  ['kv.list(app/)', parseKeysQuery('/app/')],
  ['file(/x)', { kind: 'file', path: '/x' }],
  ['file(/x within /srv)', { kind: 'file', path: '/x', sandbox: '/srv' }],
])('%s', (text, query) => {
  expect(queryText(query)).toBe(text);
});
