/** An entry of an answer of `/v1/health/service/:name`, as Consul 1.8 writes it. */
export function aHealthEntry({
  node = 'node-a',
  id = 'web-1',
  service = 'web',
  address = '10.0.0.1',
  checks = [] as readonly Readonly<Record<string, unknown>>[],
} = {}) {
  return {
    Node: { ID: 'x', Node: node, Address: '192.0.2.1', Datacenter: 'dc1', CreateIndex: 5, ModifyIndex: 6 },
    Service: {
      ID: id,
      Service: service,
      Tags: ['a', 'b'],
      Address: address,
      Meta: { version: '1' },
      Port: 8_080,
      Weights: { Passing: 2, Warning: 1 },
      CreateIndex: 7,
      ModifyIndex: 8,
    },
    Checks: checks,
  };
}
