import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ConsulServer, startConsulServer } from '../support/consul-server.ts';
import { renderScene } from '../support/render-scene.ts';
import { until } from '../support/until.ts';

/** In the second datacenter: more than there are connections. */
const SERVICES = Array.from({ length: 12 }, (_, i) => `far-${i}`);

let near: ConsulServer;
let far: ConsulServer;

beforeAll(async () => {
  near = await startConsulServer({ config: 'node_name = "near"' });
  // The WAN port is the last of the five that a server takes.
  const config = `node_name = "far"\ndatacenter = "dc2"\nretry_join_wan = ["127.0.0.1:${near.port + 4}"]\nretry_interval_wan = "1s"`;
  far = await startConsulServer({ config });
  await until('the datacenters know each other', async () => {
    const { status, answer } = await near.ask('GET', '/catalog/services?dc=dc2');
    return status === 200 && answer !== undefined;
  });
  await register(near, 'web', 1_000);
  await register(far, 'web', 2_000);
  for (const [i, name] of SERVICES.entries()) await register(far, name, 3_000 + i);
});
afterAll(async () => {
  await near?.stop();
  await far?.stop();
});

async function register(consul: ConsulServer, Name: string, Port: number): Promise<void> {
  await consul.ask('PUT', '/agent/service/register', { Name, ID: Name, Port });
}

const BOTH = `{{ range datacenters }}{{ . }}:{{ range service (printf "web@%s" .) }}{{ .Port }}{{ end }} {{ end }}`;
const ALL = `{{ range services "@dc2" }}{{ range service (printf "%s@dc2" .Name) }}{{ .Name }}={{ .Port }} {{ end }}{{ end }}`;
const CONFIG = 'template {\nsource = "FOLDER/in"\ndestination = "FOLDER/out"\n}\nwait { enabled = false }';

describe('a template over two datacenters', () => {
  it('has the services of each, and follows both', async () => {
    const scene = renderScene(near, BOTH);
    scene.start(CONFIG);
    await until('both are there', () => scene.read('out') === 'dc1:1000 dc2:2000 ');
    await register(far, 'web', 2_001);
    await until('the far one changed', () => scene.read('out') === 'dc1:1000 dc2:2001 ');
    await register(near, 'web', 1_001);
    await until('the near one changed', () => scene.read('out') === 'dc1:1001 dc2:2001 ');
  });

  it('follows more services of the other than there are connections', async () => {
    const scene = renderScene(near, ALL);
    scene.start(CONFIG);
    const text = (port: number): string =>
      ['consul=8300', ...SERVICES.map((name, i) => `${name}=${i === 7 ? port : 3_000 + i}`), 'web=2001']
        .toSorted()
        .join(' ');
    const seen = () =>
      scene
        .read('out')
        ?.trim()
        .replace(/consul=\d+/, 'consul=8300')
        .split(' ')
        .toSorted()
        .join(' ');
    await until('all are there', () => seen() === text(3_007)).catch(() => expect(seen()).toBe(text(3_007)));
    await register(far, 'far-7', 4_444);
    await until('a change is seen', () => seen() === text(4_444));
  });

  it('keeps what it knows of a datacenter that cannot be reached, and follows the other', async () => {
    const scene = renderScene(near, BOTH.replace('range datacenters', 'range (split "," "dc1,dc2")'));
    scene.start(CONFIG);
    await until('both are there', () => /^dc1:1001 dc2:2001 $/.test(scene.read('out') ?? ''));
    await far.pause();
    await register(near, 'web', 1_002);
    await until('the near one changed', () => scene.read('out') === 'dc1:1002 dc2:2001 ');
    await far.unpause();
    await register(far, 'web', 2_002);
    await until('the far one changed', () => scene.read('out') === 'dc1:1002 dc2:2002 ', 30_000);
  });
});
