import { existsSync } from 'node:fs';
import Docker from 'dockerode';
import * as z from 'zod';
import type { Clock } from '../../lib/clock.ts';
import { withDeadline } from '../../lib/deadline.ts';
import { errorMessage, PortolanError, systemErrorCode } from '../../lib/errors.ts';
import { type InspectedContainer, parseInspect } from './inspect-schema.ts';

/** The few calls that Portolan makes: all of them only read. Each throws `DOCKER_UNREACHABLE` or `DOCKER_REFUSED`. */
export interface DockerClient {
  info(signal: AbortSignal): Promise<{ readonly id: string; readonly name: string }>;
  /** The containers that run, are paused or are restarting. */
  list(signal: AbortSignal): Promise<readonly ListedContainer[]>;
  /** `undefined` when there is no such container. */
  inspect(id: string, signal: AbortSignal): Promise<InspectedContainer | undefined>;
  /**
   * The stream of events of containers and networks, one JSON object a line. It goes on until the engine ends it or
   * the signal is aborted, which must also be done when this call fails.
   */
  events(signal: AbortSignal): Promise<AsyncIterable<string>>;
}

export interface ListedContainer {
  readonly id: string;
  /** Changes whenever something changes that `inspect` would show. */
  readonly fingerprint: string;
}

export interface DockerClientOptions {
  /** `unix:///path`, `tcp://host:port`; without it the first of the usual sockets that exists. */
  readonly host: string | undefined;
  readonly tls: { readonly ca: string; readonly cert: string; readonly key: string } | undefined;
  readonly clock: Clock;
}

/** Registrator's image documented the second; Docker's own default is the first. */
const USUAL_SOCKETS = ['/var/run/docker.sock', '/tmp/docker.sock'];
const DEADLINE_MS = 10_000;

/** As JSON, since the library's type for it is narrower than Docker's. */
const EVENT_FILTERS = JSON.stringify({
  type: ['container', 'network'],
  event: 'start die kill oom pause unpause rename update destroy health_status connect disconnect'.split(' '),
});

const infoSchema = z.object({ ID: z.string().default(''), Name: z.string().default('') });
const listSchema = z.array(
  z.object({
    Id: z.string().min(1),
    Names: z.array(z.string()).nullish(),
    State: z.string().default(''),
    Status: z.string().default(''),
    Ports: z.array(z.unknown()).nullish(),
    NetworkSettings: z.object({ Networks: z.record(z.string(), z.unknown()).nullish() }).nullish(),
  }),
);

export function createDockerClient({ host, tls, clock }: DockerClientOptions): DockerClient {
  const call = async <T>(what: string, signal: AbortSignal, work: (docker: Docker, own: AbortSignal) => Promise<T>) => {
    const endpoint = endpointOf(host);
    try {
      const deadline = { clock, ms: DEADLINE_MS, what: `Docker's answer to ${what}`, signal };
      return await withDeadline(deadline, (own) => work(connect(endpoint, tls), own));
    } catch (error) {
      signal.throwIfAborted();
      throw toDockerError(error, what, endpoint);
    }
  };
  return {
    info: (signal) =>
      call('GET /info', signal, async (docker) => {
        const { ID, Name } = infoSchema.parse(await docker.info());
        return { id: ID || Name, name: Name };
      }),
    list: (signal) =>
      call('GET /containers/json', signal, async (docker, abortSignal) =>
        listSchema.parse(await docker.listContainers({ abortSignal })).map(toListed),
      ),
    inspect: (id, signal) =>
      call(`GET /containers/${id.slice(0, 12)}/json`, signal, async (docker, abortSignal) => {
        try {
          return parseInspect(await docker.getContainer(id).inspect({ abortSignal }));
        } catch (error) {
          if (statusCodeOf(error) === 404) return undefined;
          throw error;
        }
      }),
    events: async (signal) => {
      // Not the signal of the deadline: that is for the answer to begin, and the stream goes on after it.
      const options = { filters: EVENT_FILTERS, abortSignal: signal };
      return await call('GET /events', signal, async (docker) => {
        const stream = await docker.getEvents(options);
        stream.setEncoding('utf8');
        return stream as AsyncIterable<string>;
      });
    },
  };
}

function endpointOf(host: string | undefined): string {
  if (host !== undefined) return host.includes('://') ? host : `tcp://${host}`;
  return `unix://${USUAL_SOCKETS.find((path) => existsSync(path)) ?? USUAL_SOCKETS[0]}`;
}

function connect(endpoint: string, tls: DockerClientOptions['tls']): Docker {
  // `host: undefined` keeps the library from reading DOCKER_HOST by itself.
  if (endpoint.startsWith('unix://')) return new Docker({ socketPath: endpoint.slice(7), host: undefined });
  const { hostname, port, protocol } = new URL(endpoint);
  const isTls = tls !== undefined || protocol === 'https:';
  return new Docker({
    host: hostname,
    port: port || (isTls ? 2376 : 2375),
    protocol: isTls ? 'https' : 'http',
    ...tls,
  });
}

/** The time in `Status` ("Up 5 minutes (healthy)") always changes, so only the words in brackets count. */
function toListed(listed: z.infer<typeof listSchema>[number]): ListedContainer {
  const note = /\(([^)]*)\)\s*$/.exec(listed.Status)?.[1] ?? '';
  const fingerprint = JSON.stringify([
    listed.Names,
    listed.State,
    note,
    listed.Ports,
    listed.NetworkSettings?.Networks,
  ]);
  return { id: listed.Id, fingerprint };
}

function statusCodeOf(error: unknown): number | undefined {
  return error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number'
    ? error.statusCode
    : undefined;
}

function toDockerError(error: unknown, what: string, endpoint: string): PortolanError {
  const status = statusCodeOf(error);
  if (status !== undefined || error instanceof z.ZodError) {
    return new PortolanError(
      'DOCKER_REFUSED',
      `Docker at ${endpoint} did not answer ${what} as expected: ${errorMessage(error)}`,
      {
        cause: error,
        ...(status === 403 && { hint: 'A socket proxy must allow GET on /info, /events and /containers.' }),
      },
    );
  }
  const code = systemErrorCode(error);
  if (code === 'EACCES') {
    return new PortolanError('DOCKER_REFUSED', `no permission to use Docker at ${endpoint}`, {
      cause: error,
      hint: 'Run with the group of the socket: docker run --group-add $(stat -c %g /var/run/docker.sock) …',
    });
  }
  const hint =
    code === 'ENOENT'
      ? 'Mount the socket (-v /var/run/docker.sock:/var/run/docker.sock) or set --docker-host.'
      : 'Is the Docker engine running? If it was restarted, a mounted socket file stays dead: mount its folder instead.';
  return new PortolanError('DOCKER_UNREACHABLE', `cannot reach Docker at ${endpoint}: ${errorMessage(error)}`, {
    cause: error,
    hint,
  });
}
