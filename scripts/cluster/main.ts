// A Consul cluster of three hosts on this machine, each with a Docker engine and a Portolan.
//   CLUSTER=         starts it and leaves it running
//   CLUSTER=once     starts it, tries it and cleans up; exits 0 only if every host reaches every service
//   CLUSTER=stop     removes what was left running
import { heading, note, output } from '../demo/screen.ts';
import { DemoFailure, until, visibly } from '../demo/shell.ts';
import { ask, type Cluster, type Host, startCluster } from './cluster.ts';
import { canMakeHosts, RIGHTS } from './network.ts';
import { onHost, placesOf } from './places.ts';
import { answerOf, SHOP, startInstance } from './shop.ts';
import { removeCluster } from './sweep.ts';

const NAME = 'portolan';
const MODES = ['', 'once', 'stop'];
const mode = process.env['CLUSTER'] ?? '';
const consulImage = process.env['CONSUL_IMAGE'] ?? 'consul:1.8.7';

async function show(): Promise<Cluster> {
  const cluster = await startCluster({ name: NAME, consulImage, onStep: heading });
  const [first, , third] = cluster.hosts;
  if (first === undefined || third === undefined) throw new DemoFailure('there are no three hosts');
  for (const { name, hosts } of SHOP) note(`${name} runs on ${hosts.map((number) => `host${number}`).join(', ')}`);
  heading('Any host reaches any service on localhost: the ledger runs on host2 only');
  for (const host of cluster.hosts) await showAnswer(host, 'ledger');
  heading('A service that starts on host1 answers on host3');
  await startInstance(first, 'reviews');
  const wanted = answerOf('reviews', first);
  await until('an answer of the reviews', 15_000, async () => (await ask(third, 'reviews')) === wanted || undefined);
  await showAnswer(third, 'reviews');
  return cluster;
}

async function showAnswer(host: Host, service: string): Promise<void> {
  // The name, since an older curl does not know that those below localhost are localhost.
  const url = ['-sS', '--max-time', '5', '-H', `Host: ${service}`, 'http://localhost/'];
  output(await visibly(...onHost(host), 'curl', ...url));
}

function tellHowToGoOn({ hosts }: Cluster): void {
  const [first, second, third] = hosts;
  if (first === undefined || second === undefined || third === undefined) return;
  const [enterFirst, enterThird] = [onHost(first).join(' '), onHost(third).join(' ')];
  heading('Each host');
  for (const host of hosts) {
    note(`${host.hostname}, ${host.address}`);
    note(`  a shell            ${onHost(host).join(' ')}`);
    note(`  its Docker         export DOCKER_HOST=unix://${host.socket}`);
    note(`  its services       curl http://inventory.localhost:${host.doors.http}/`);
    note(`  its Consul         http://127.0.0.1:${host.doors.consul}/ui`);
  }
  heading('What to try, as root');
  const onSecond = `docker -H unix://${second.socket}`;
  note('Call a service on another host, again and again, and watch who answers:');
  note(`  ${enterFirst} sh -c 'while sleep 0.2; do curl -s -H "Host: orders" http://localhost/; done'`);
  note('Start a service on host1 and call it on host3:');
  note(`  docker -H unix://${first.socket} run -d --init -l SERVICE_NAME=hello -p 8080 \\`);
  note('    busybox sh -c "mkdir /www; echo hello > /www/index.html; exec httpd -f -p 8080 -h /www"');
  note(`  ${enterThird} curl -s -H 'Host: hello' http://localhost/`);
  note('What a host routes to, and why not:');
  note(`  docker -H unix://${first.socket} exec portolan portolan services`);
  note('Kill a Consul server, the leader or another one, and start it again:');
  note(`  curl http://127.0.0.1:${first.doors.consul}/v1/status/leader`);
  note(`  ${onSecond} kill consul;  ${onSecond} start consul`);
  note('Cut host2 off, and let it come back:');
  note(`  ip -n ${NAME}-switch link set host2 down;  ip -n ${NAME}-switch link set host2 up`);
  note('');
  note('Stop it: make cluster CLUSTER=stop');
}

async function main(): Promise<number> {
  if (!MODES.includes(mode)) {
    console.error(`cluster: CLUSTER=${mode} is none of: once, stop, or empty`);
    return 2;
  }
  if (!canMakeHosts()) {
    console.error(`cluster: ${RIGHTS}`);
    return 1;
  }
  try {
    if (mode === 'stop') {
      await removeCluster(placesOf(NAME));
      console.log('Nothing of the cluster is left.');
      return 0;
    }
    const cluster = await show();
    if (mode === 'once') console.log('\nEvery host reaches every service.');
    else tellHowToGoOn(cluster);
    return 0;
  } catch (error) {
    if (!(error instanceof DemoFailure)) throw error;
    console.error(`\nThe cluster stops here: ${error.message}`);
    if (mode === '') console.error('What it left is removed by: make cluster CLUSTER=stop');
    return 1;
  } finally {
    if (mode === 'once') await removeCluster(placesOf(NAME));
  }
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    console.error('\nCleaning up …');
    removeCluster(placesOf(NAME)).then(
      () => process.exit(130),
      () => process.exit(1),
    );
  });
}

process.exitCode = await main();
