import { Agent, createServer, request } from 'node:http';
import type { Socket } from 'node:net';
import { text } from 'node:stream/consumers';

export interface ConsulCall {
  readonly atMs: number;
  readonly method: string;
  readonly path: string;
  /** The service that it writes, if it registers or deregisters one. */
  readonly serviceId: string | undefined;
}

/** Before the call goes on to Consul, and before its answer goes back. */
export type Phase = 'sent' | 'answered';

/** A proxy in front of a Consul that remembers what was asked, and can act in between. */
export interface ConsulRecorder {
  readonly port: number;
  readonly calls: readonly ConsulCall[];
  /** Registrations and deregistrations of a service, or of all. */
  writes(serviceId?: string): readonly ConsulCall[];
  /** How often the list of services was read. */
  lists(): number;
  /** Called in the middle of each call; may be replaced at any time. */
  onPhase: (call: ConsulCall, phase: Phase) => void;
  close(): void;
}

const REGISTER = '/v1/agent/service/register';
const DEREGISTER = '/v1/agent/service/deregister/';

export async function startConsulRecorder(port: number, targetPort: number): Promise<ConsulRecorder> {
  const calls: ConsulCall[] = [];
  const agents = new WeakMap<Socket, Agent>();
  const server = createServer((incoming, outgoing) => {
    const { method = '', url = '', headers, socket } = incoming;
    const agent = agents.get(socket) ?? createAgent(socket);
    agents.set(socket, agent);
    const forward = async (): Promise<void> => {
      const body = await text(incoming);
      const path = url.split('?', 1)[0] ?? '';
      const call = { atMs: performance.now(), method, path, serviceId: writtenService(path, body) };
      calls.push(call);
      recorder.onPhase(call, 'sent');
      const forwarded = request(
        { host: '127.0.0.1', port: targetPort, method, path: url, headers, agent },
        (answer) => {
          recorder.onPhase(call, 'answered');
          outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(outgoing);
        },
      );
      forwarded.once('error', () => outgoing.destroy());
      // What has been sent is sent: whoever asked may die, and Consul still does it.
      forwarded.end(body);
    };
    forward().catch(() => outgoing.destroy());
  });
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen({ host: '127.0.0.1', port }, resolve);
  await promise;
  const recorder: ConsulRecorder = {
    port,
    calls,
    writes: (wanted) =>
      calls.filter(({ serviceId }) => serviceId !== undefined && (wanted === undefined || serviceId === wanted)),
    lists: () => calls.filter(({ path }) => path === '/v1/agent/services').length,
    onPhase: () => undefined,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
  return recorder;
}

/** One connection to Consul for each connection to us, and both end together, as if there were only one. */
function createAgent(socket: Socket): Agent {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const connect = agent.createConnection.bind(agent);
  agent.createConnection = (...args: Parameters<typeof connect>) => {
    const upstream = connect(...args);
    upstream?.once('close', () => socket.destroy());
    return upstream;
  };
  socket.once('close', () => agent.destroy());
  return agent;
}

function writtenService(path: string, body: string): string | undefined {
  if (path.startsWith(DEREGISTER)) return decodeURIComponent(path.slice(DEREGISTER.length));
  if (path !== REGISTER) return undefined;
  return (JSON.parse(body) as { readonly ID: string }).ID;
}
