import { describe, expect, it } from 'vitest';
import type { ServiceQuery } from '../../../src/rendering/queries.ts';
import {
  parseKeyQuery,
  parseKeysQuery,
  parseNodeQuery,
  parseNodesQuery,
  parseServiceQuery,
  parseServicesQuery,
} from '../../../src/rendering/query-grammar.ts';

describe('the query of service', () => {
  it.each<[text: string, query: Partial<ServiceQuery>]>([
    ['web', { name: 'web' }],
    ['http.web', { name: 'web', tag: 'http' }],
    ['a.b.web', { name: 'web', tag: 'a.b' }],
    ['traefik.enable=true.queue', { name: 'queue', tag: 'traefik.enable=true' }],
    ['port:9090.queue', { name: 'queue', tag: 'port:9090' }],
    ['web@dc1', { name: 'web', datacenter: 'dc1' }],
    ['web~_agent', { name: 'web', near: '_agent' }],
    ['web?ns=shop&peer=', { name: 'web', parameters: { ns: 'shop' } }],
    ['web?ns=a&ns=b', { name: 'web', parameters: { ns: 'a' } }],
    ['web|warning,passing', { name: 'web', filters: ['passing', 'warning'] }],
    ['web|passing,any', { name: 'web', filters: ['any'] }],
    ['web|,', { name: 'web', filters: [] }],
    [
      'v1.web?partition=p@dc-2~node.a|critical',
      {
        ...{ name: 'web', tag: 'v1', datacenter: 'dc-2', near: 'node.a' },
        ...{ parameters: { partition: 'p' }, filters: ['critical'] },
      },
    ],
  ])('%s', (text, query) => {
    expect(parseServiceQuery('service', text)).toEqual({ kind: 'service', filters: ['passing'], ...query });
  });

  it.each([
    ...['web|', 'web|passing, warning', 'we b', 'web@', 'web@dc1@dc2', '@dc1', 'web.', '.web', 'web~', 'web|any@dc1'],
    ...['/web', 'web:80', 'wéb', 'web|passing|any', 'web\n'],
  ])('refuses %j', (text) => {
    const message = `health.service: invalid format: ${JSON.stringify(text)}`;
    expect(() => parseServiceQuery('service', text)).toThrow(new Error(message));
  });

  it.each([
    ['web|bogus', 'health.service: invalid filter: "bogus" in "web|bogus"'],
    ['web?peer=x&sameness-group=y', 'health.service: cannot specify both peer and sameness-group'],
    [
      'web?ns=a&dc=b',
      'health.service: invalid query parameter key "dc" in query "ns=a&dc=b": supported keys: ns,peer,partition',
    ],
  ])('refuses %s: %s', (text, message) => {
    expect(() => parseServiceQuery('connect', text)).toThrow(new Error(message));
  });
});

describe('the other queries', () => {
  it.each([
    [parseServicesQuery(''), { kind: 'services' }],
    [parseServicesQuery('?ns=a@dc1'), { kind: 'services', datacenter: 'dc1', parameters: { ns: 'a' } }],
    [parseNodesQuery('@dc1~node-a'), { kind: 'nodes', datacenter: 'dc1', near: 'node-a' }],
    [parseNodeQuery(''), { kind: 'node' }],
    [parseNodeQuery('node.a@dc1'), { kind: 'node', name: 'node.a', datacenter: 'dc1' }],
    [parseKeyQuery('/app/a b'), { kind: 'key', path: 'app/a b' }],
    [parseKeyQuery('/'), { kind: 'key', path: '/' }],
    [parseKeyQuery('app/x?ns=a@dc1'), { kind: 'key', path: 'app/x', datacenter: 'dc1', parameters: { ns: 'a' } }],
    [parseKeysQuery('//app/'), { kind: 'keys', prefix: '/app/' }],
  ])('%j', (query, expected) => {
    expect(query).toEqual(expected);
  });

  it.each([
    [() => parseServicesQuery('dc1'), 'catalog.services: invalid format: "dc1"'],
    [() => parseNodesQuery('~a@dc1'), 'catalog.nodes: invalid format: "~a@dc1"'],
    [() => parseNodeQuery('@dc1'), 'catalog.node: invalid format: "@dc1"'],
    [() => parseKeyQuery('@dc1'), 'kv.get: invalid format: "@dc1"'],
    [() => parseKeysQuery('?ns=a'), 'kv.list: invalid format: "?ns=a"'],
  ])('refuses what has another form: %#', (parse, message) => {
    expect(parse).toThrow(new Error(message));
  });
});
