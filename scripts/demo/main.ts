// The main job on this machine: a Consul, Portolan and a small shop, and what happens when containers come and go.
//   DEMO=         shows it and leaves it running
//   DEMO=once     shows it and cleans up; exits 0 only if every step held
//   DEMO=memory   like once, without Consul
//   DEMO=stop     removes what a demo left running
import { freePort, freePorts } from './ports.ts';
import { heading, note } from './screen.ts';
import { DemoFailure, quietly, until } from './shell.ts';
import { type Places, PORTOLAN, removeAll, startConsul, startInstance, startPortolan } from './shop.ts';
import { SHOP, showCatalog, showKill, showRoundRobin, showStart, showStop } from './steps.ts';

const MODES = ['', 'once', 'memory', 'stop'];
const mode = process.env['DEMO'] ?? '';
const consulImage = process.env['CONSUL_IMAGE'] ?? 'consul:1.8.7';

async function prepare(): Promise<Places> {
  const httpPort = await freePort('the HTTP frontend', 80, 8080);
  const adminPort = await freePort('the admin server', 8650, 8651);
  if (mode === 'memory') return { httpPort, adminPort, consulPort: undefined };
  const consulPort = await freePort('Consul', 8500, 8501);
  heading('A Consul');
  await startConsul(consulImage, consulPort, await freePorts(18_300, 3));
  await until('a leader of Consul', 20_000, async () => {
    const leader = await quietly('curl', '-sf', `http://127.0.0.1:${consulPort}/v1/status/leader`);
    return leader.includes(':') || undefined;
  });
  return { httpPort, adminPort, consulPort };
}

async function show(): Promise<Places> {
  await removeAll();
  const places = await prepare();
  heading('Portolan: one container, which sees all others by the Docker socket');
  await startPortolan(places);
  await until('Portolan', 30_000, () => quietly('docker', 'exec', PORTOLAN, 'portolan', 'healthcheck'));
  heading('A small shop: plain containers with a label');
  for (const [service, instances] of SHOP) {
    for (let number = 1; number <= instances; number++) await startInstance(service, number);
  }
  await showCatalog(places);
  await showRoundRobin(places);
  await showStart(places);
  await showStop(places);
  await showKill(places);
  return places;
}

function tellHowToGoOn({ httpPort, consulPort }: Places): void {
  const port = httpPort === 80 ? '' : `:${httpPort}`;
  heading('Look further');
  note(`curl http://inventory.localhost${port}/`);
  note(`docker exec ${PORTOLAN} portolan status`);
  note(`docker exec ${PORTOLAN} portolan services`);
  note(`docker logs -f ${PORTOLAN}`);
  if (consulPort !== undefined) note(`Consul's own page: http://127.0.0.1:${consulPort}/ui`);
  note('docker run -d --init -l SERVICE_NAME=inventory -p 8080 busybox sh -c "httpd -f -p 8080"');
  note('');
  note('Stop it: make demo DEMO=stop');
}

async function main(): Promise<number> {
  if (!MODES.includes(mode)) {
    console.error(`demo: DEMO=${mode} is none of: once, memory, stop, or empty`);
    return 2;
  }
  if (mode === 'stop') {
    await removeAll();
    console.log('Nothing of the demo is left.');
    return 0;
  }
  try {
    const places = await show();
    if (mode === '') {
      tellHowToGoOn(places);
      return 0;
    }
    console.log('\nEvery step held.');
    return 0;
  } catch (error) {
    if (!(error instanceof DemoFailure)) throw error;
    console.error(`\nThe demo stops here: ${error.message}`);
    return 1;
  } finally {
    if (mode !== '') await removeAll();
  }
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    console.error('\nCleaning up …');
    removeAll().then(
      () => process.exit(130),
      () => process.exit(1),
    );
  });
}

process.exitCode = await main();
