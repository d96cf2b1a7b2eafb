import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { startWeb, type Web } from '../support/docker.ts';
import { TEST_LABEL } from '../support/global-setup.ts';
import { ask } from '../support/http.ts';
import { takePorts } from '../support/ports.ts';
import { putJson } from '../support/put-json.ts';
import { output, run } from '../support/shell.ts';
import { until } from '../support/until.ts';
import { startWorld, type World } from '../support/world.ts';

interface AgentService {
  readonly ID: string;
  readonly Service: string;
  readonly Address: string;
  readonly Port: number;
  readonly Tags: readonly string[];
  readonly Meta: Readonly<Record<string, string>>;
}

const ADDRESS = '192.0.2.77';

let world: World;
let webs: readonly Web[];

beforeAll(async () => {
  world = await startWorld('consul', { args: ['--router-only'] });
  webs = await Promise.all([1, 2].map(() => startWeb({ labels: { SERVICE_NAME: 'shop', SERVICE_TAGS: 'a,b' } })));
});
afterAll(async () => {
  await world.stop();
  await Promise.all(webs.map((web) => web.remove()));
});

const services = async () =>
  JSON.parse((await ask({ port: world.consulPort, path: '/v1/agent/services' })).text) as Readonly<
    Record<string, AgentService>
  >;

/** What registrator 7.4.0 sends for a container: no Meta of its own, no check, tags in reverse. */
async function registerLikeRegistrator(id: string, name: string, port: number): Promise<void> {
  const body = { ID: id, Name: name, Tags: ['b', 'a'], Port: port, Address: ADDRESS, Check: null, Checks: null };
  await putJson(world.consulPort, '/v1/agent/service/register', body);
}

async function startPortolan(...args: readonly string[]): Promise<string> {
  const adminPort = await takePorts(1);
  const flags = ['-ip', ADDRESS, '--hostname', 'old-host', '--admin', `127.0.0.1:${adminPort}`, ...args];
  const image = ['-v', '/var/run/docker.sock:/tmp/docker.sock', 'portolan', '--registrar-only'];
  const uri = `consul://127.0.0.1:${world.consulPort}`;
  const id = await output('docker', 'run', '-d', '-l', TEST_LABEL, '--net=host', ...image, ...flags, uri);
  onTestFinished(async () => {
    await run('docker', ['rm', '-f', '-v', id]);
  });
  return id;
}

it('F52: what registrator has registered goes over to Portolan: no ID changes, nothing is missing or twice', async () => {
  const wanted = new Map(
    await Promise.all(webs.map(async (web) => [`old-host:${web.name}:8080`, await web.port()] as const)),
  );
  for (const [id, port] of wanted) await registerLikeRegistrator(id, 'shop', port);
  await registerLikeRegistrator('old-host:gone:8080', 'shop-of-yesterday', 1_234);
  await registerLikeRegistrator('other-host:gone:8080', 'somebody-elses', 1_234);
  await registerLikeRegistrator('by-hand', 'database', 5_432);

  // While it starts, every look must find each service of a container, once.
  let isWatching = true;
  const looks: (readonly string[])[] = [];
  const watching = (async () => {
    while (isWatching) {
      const found = Object.values(await services()).filter(({ Service }) => Service === 'shop');
      looks.push(found.map(({ ID }) => ID).toSorted());
    }
  })();

  const first = await startPortolan();
  await until('the services carry its mark', async () => {
    const shops = Object.values(await services()).filter(({ Service }) => Service === 'shop');
    return shops.length === wanted.size && shops.every(({ Meta }) => Meta['portolan-owner'] !== undefined);
  });
  expect(Object.keys(await services()), 'without --adopt all leftovers stay').toEqual(
    expect.arrayContaining(['old-host:gone:8080', 'other-host:gone:8080', 'by-hand']),
  );
  await run('docker', ['stop', first]);
  await startPortolan('--adopt');
  await until('the leftover of this host is gone', async () => !('old-host:gone:8080' in (await services())));
  isWatching = false;
  await watching;

  const ids = [...wanted.keys()].toSorted();
  expect(looks.length).toBeGreaterThan(10);
  expect(looks.filter((found) => found.join() !== ids.join())).toEqual([]);
  const after = await services();
  // Other containers of this machine are registered too.
  const concerned = new RegExp(`^(${[...ids, 'old-host:gone', 'other-host:', 'by-hand', 'portolan:'].join('|')})`);
  expect(
    Object.keys(after)
      .filter((id) => concerned.test(id))
      .toSorted(),
  ).toEqual([...ids, 'by-hand', 'other-host:gone:8080', 'portolan:old-host'].toSorted());
  for (const [id, port] of wanted) {
    expect(after[id]).toMatchObject({ ID: id, Service: 'shop', Address: ADDRESS, Port: port, Tags: ['a', 'b'] });
  }
});
