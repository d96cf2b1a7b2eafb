import { createServer } from 'node:http';

/** As much of Docker's API as Portolan asks, over a unix socket, for more containers than a machine would run. */
export interface SimulatedDocker {
  close(): void;
}

/** `count` running containers, each with one published port, that never change. */
export async function startSimulatedDocker(path: string, count: number): Promise<SimulatedDocker> {
  const containers = new Map(Array.from({ length: count }, (_, i) => [containerId(i), inspectAnswer(i)]));
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://docker');
    const answer = (body: unknown): void => {
      response.writeHead(body === undefined ? 404 : 200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body ?? { message: 'no such container' }));
    };
    if (pathname === '/info') return answer({ ID: 'SIMULATED', Name: 'simulated' });
    if (pathname === '/containers/json') return answer([...containers.keys()].map(listAnswer));
    // Open and silent: nothing happens here.
    if (pathname === '/events') return response.writeHead(200).flushHeaders();
    answer(containers.get(/^\/containers\/(\w+)\/json$/.exec(pathname)?.[1] ?? ''));
  });
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(path, resolve);
  await promise;
  return {
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

function containerId(i: number): string {
  return i.toString(16).padStart(64, '0');
}

function listAnswer(id: string) {
  return { Id: id, Names: [`/${id}`], State: 'running', Status: 'Up 5 minutes', Ports: [], NetworkSettings: {} };
}

function inspectAnswer(i: number) {
  const at = '2026-01-01T00:00:00.000000000Z';
  return {
    Id: containerId(i),
    Name: `/web${i}`,
    Created: at,
    State: { Status: 'running', Running: true, Paused: false, StartedAt: at },
    Config: { Image: 'web', Env: [], Labels: {}, ExposedPorts: { '80/tcp': {} } },
    HostConfig: { NetworkMode: 'default' },
    NetworkSettings: {
      Ports: { '80/tcp': [{ HostIp: '0.0.0.0', HostPort: String(20_000 + i) }] },
      Networks: { bridge: { IPAddress: '172.17.0.2' } },
    },
  };
}
