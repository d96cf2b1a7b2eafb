import { describe, expect, it } from 'vitest';
import { isLeftover } from '../../../src/registration/leftovers.ts';
import { aContainer } from '../../support/containers.ts';

const containers = [aContainer({ name: 'web.1' }), aContainer({ id: 'api', name: 'api' })];

describe('isLeftover', () => {
  it.each([
    { id: 'node-a:old:80', is: true, rule: 'a port of a container that is gone' },
    { id: 'node-a:old:53:udp', is: true, rule: 'a UDP port' },
    { id: 'node-a:old_1.x-2:65535', is: true, rule: 'any name that a container may have' },
    { id: 'node-a:web.1:80', is: false, rule: 'a container of that name runs' },
    { id: 'node-a:api:443:udp', is: false, rule: 'a container of that name runs, with whatever port' },
    { id: 'node-a:web.10:80', is: true, rule: 'a longer name is another one' },
    { id: 'node-a:web:80', is: true, rule: 'so is a shorter one' },
    { id: 'node-b:old:80', is: false, rule: 'another host' },
    { id: 'node-ab:old:80', is: false, rule: 'a host whose name begins like ours' },
    { id: 'xnode-a:old:80', is: false, rule: 'a host whose name ends like ours' },
    { id: 'node-a:old', is: false, rule: 'no port' },
    { id: 'node-a:old:http', is: false, rule: 'no number for a port' },
    { id: 'node-a:old:123456', is: false, rule: 'no number that is a port' },
    { id: 'node-a:old:80:tcp', is: false, rule: 'a protocol that registrator does not write' },
    { id: 'node-a:old:80:udp:x', is: false, rule: 'more than it writes' },
    { id: 'node-a:a:b:80', is: false, rule: 'a name that no container has' },
    { id: 'node-a::80', is: false, rule: 'no name' },
    { id: 'portolan:node-a', is: false, rule: "Portolan's own service" },
  ])('$id: $is, $rule', ({ id, is }) => {
    expect(isLeftover(id, 'node-a', containers)).toBe(is);
  });

  it('takes a host name for text, not for a pattern', () => {
    expect([isLeftover('node.a:old:80', 'node.a', []), isLeftover('node-a:old:80', 'node.a', [])]).toEqual([
      true,
      false,
    ]);
  });
});
