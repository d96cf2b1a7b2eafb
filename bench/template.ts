// Times the template engine alone, with the template of 2015 over a large catalog: `node bench/template.ts`. The floor is
// the same text put together by hand.
import { Bench } from 'tinybench';
import { contextFunction, fromJson, goType, parse, structType } from '../src/template/index.ts';

const SERVICES = 1_000;
const INSTANCES = 3;

interface Instance {
  readonly node: string;
  readonly address: string;
  readonly port: number;
}

interface Catalog {
  readonly services: readonly { readonly name: string }[];
  readonly instances: ReadonlyMap<string, readonly Instance[]>;
}

const string = goType('string');
const names = {
  Service: structType<{ name: string }>('Service', { Name: { type: string, get: ({ name }) => name } }),
  Instance: structType<Instance>('Instance', {
    Node: { type: string, get: ({ node }) => node },
    Address: { type: string, get: ({ address }) => address },
    Port: { type: goType('int'), get: ({ port }) => port },
  }),
};
const functions = {
  services: contextFunction('func() []*Service', ({ services }: Catalog) => services, names),
  service: contextFunction(
    'func(string) []*Instance',
    ({ instances }: Catalog, name: string) => instances.get(name),
    names,
  ),
};

const services = Array.from({ length: SERVICES }, (_, i) => ({ name: `service-${i}` }));
const instancesOf = (i: number): readonly Instance[] =>
  Array.from({ length: INSTANCES }, (_, j) => ({
    node: `node-${j}`,
    address: `10.0.${i % 250}.${j}`,
    port: 20_000 + i,
  }));
const context: Catalog = { services, instances: new Map(services.map(({ name }, i) => [name, instancesOf(i)])) };

const text = `defaults
mode http
listen http-in
bind *:80
{{range services}}
backend {{.Name}}
balance roundrobin
{{range service .Name}}
server {{.Node}} {{.Address}}:{{.Port}} check
{{end}}
{{end}}
`;
const template = parse('haproxy.cfg', text, { functions });
const formatted = parse(
  'haproxy.cfg',
  `{{range $i, $s := services}}{{if and (ne .Name "consul") (gt $i -1)}}backend {{.Name | printf "%s_be"}}
{{range $j, $e := service .Name}}{{printf "  server %s_%d %s:%d check\\n" .Node $j .Address .Port}}{{end}}{{end}}{{end}}`,
  { functions },
);
const maps = parse(
  'maps',
  text.replace('range services', 'range .').replace('range service .Name', 'range .Instances'),
);
const data = fromJson(
  services.map(({ name }, i) => ({
    Name: name,
    Instances: instancesOf(i).map(({ node, address, port }) => ({ Node: node, Address: address, Port: port })),
  })),
);

function byHand(): string {
  let out = 'defaults\nmode http\nlisten http-in\nbind *:80\n';
  for (const { name } of services) {
    out += `\nbackend ${name}\nbalance roundrobin\n`;
    for (const { node, address, port } of context.instances.get(name) ?? []) {
      out += `\nserver ${node} ${address}:${port} check\n`;
    }
    out += '\n';
  }
  return `${out}\n`;
}

if (template.execute(undefined, { context }) !== byHand()) throw new Error('the template and the floor differ');

const bench = new Bench({ time: 2_000 })
  .add('floor: put together by hand', () => byHand().isWellFormed())
  .add('parse', () => parse('haproxy.cfg', text, { functions }))
  .add('evaluate: the template of 2015', () => template.execute(undefined, { context }))
  .add('evaluate: printf, variables, conditions', () => formatted.execute(undefined, { context }))
  .add('evaluate: the template of 2015 over JSON', () => maps.execute(data));

await bench.run();
console.log(`templates, ${SERVICES} services x ${INSTANCES}`);
for (const { name, result } of bench.tasks) {
  const latency = 'latency' in result ? result.latency : undefined;
  const [p50, p99] = [latency?.p50 ?? Number.NaN, latency?.p99 ?? Number.NaN].map((ms) => ms.toFixed(2).padStart(8));
  console.log(`  ${name.padEnd(46)} ${p50} ms p50 ${p99} ms p99`);
}
