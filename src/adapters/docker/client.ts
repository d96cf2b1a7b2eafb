import type { IncomingMessage } from 'node:http';
import * as z from 'zod';
import type { Clock } from '../../lib/clock.ts';
import { withSharedDeadline } from '../../lib/deadline.ts';
import { createDeadlines } from '../../lib/deadlines.ts';
import { errorMessage, PortolanError, TerminalError } from '../../lib/errors.ts';
import { type DockerEndpoint, parseDockerHost, usualEndpoint } from './endpoint.ts';
import { type InspectedContainer, parseInspect } from './inspect-schema.ts';
import { createJsonElements } from './json-elements.ts';
import { type ListedContainer, parseListed } from './listed-container.ts';
import { createOutage } from './outage.ts';
import { connect, type DockerRequest, openAnswer, readText } from './requests.ts';
import type { DockerTls } from './tls.ts';

/** The few calls that Portolan makes: all of them only read. Each throws `DOCKER_UNREACHABLE` or `DOCKER_REFUSED`. */
export interface DockerClient {
  info(signal: AbortSignal): Promise<{ readonly id: string; readonly name: string }>;
  /** Resolves if the engine answers. */
  ping(signal: AbortSignal): Promise<void>;
  /** Does not wait for a container that is busy starting or ending, as `inspect` does. */
  list(wish: ListWish, signal: AbortSignal): Promise<readonly ListedContainer[]>;
  inspect(id: string, signal: AbortSignal): Promise<Inspection>;
  /**
   * The stream of events of containers and networks, one JSON object a line. It goes on until the engine ends it or
   * the signal is aborted, which must also be done when this call fails.
   */
  events(signal: AbortSignal): Promise<AsyncIterable<string>>;
}

export interface ListWish {
  /** Also those that do not run. */
  readonly all: boolean;
  /** Only these. They travel in the address of the request, so there must not be many. */
  readonly ids?: readonly string[];
}

export type Inspection =
  | { readonly kind: 'found'; readonly container: InspectedContainer }
  | { readonly kind: 'gone' }
  /** The engine answers, but of this container with an error, with something else than a container, or not in time. */
  | { readonly kind: 'unreadable'; readonly error: PortolanError }
  /** What it says of this container is longer than we want to hold. */
  | { readonly kind: 'too-long'; readonly error: PortolanError };

export interface DockerClientOptions {
  /** As `parseDockerHost` reads it; without it the first of the usual sockets that exists. */
  readonly host: string | undefined;
  readonly tls: DockerTls | undefined;
  readonly clock: Clock;
  /** Snapshots have the whole answers to `inspect` too, but for long ones. */
  readonly keepsAnswers?: boolean;
}

const DEADLINE_MS = 10_000;
/** Labels and environment of a container may be of any length; nobody needs more. */
const MAX_CONTAINER_LENGTH = 8 * 1024 * 1024;
/** Of answers that are kept as they are. Usual ones have 10,000 characters. */
const MAX_KEPT_LENGTH = 256 * 1024;

const EVENT_FILTERS = JSON.stringify({
  type: ['container', 'network'],
  event: 'start die kill oom pause unpause rename update destroy health_status connect disconnect'.split(' '),
});

const infoSchema = z.object({ ID: z.string().default(''), Name: z.string().default('') });

/** Sends a request and reads its answer, all within the deadline. */
type Ask = <T>(
  request: DockerRequest,
  signal: AbortSignal,
  read: (answer: IncomingMessage) => Promise<T>,
  /** That of the deadline, unless the answer goes on after it. */
  answerSignal?: AbortSignal,
) => Promise<T>;

/** Throws a `TerminalError` (`DOCKER_HOST_INVALID`) for a host that cannot be used. */
export function createDockerClient(options: DockerClientOptions): DockerClient {
  const ask = createAsk(options);
  const read = (answer: IncomingMessage) => readInspect(answer, options.keepsAnswers === true);
  return {
    info: (signal) =>
      ask({ path: '/info' }, signal, async (answer) => {
        const { ID, Name } = infoSchema.parse(JSON.parse((await readText(answer)) ?? ''));
        return { id: ID || Name, name: Name };
      }),
    ping: async (signal) => {
      await ask({ path: '/_ping' }, signal, readText);
    },
    list: (wish, signal) => ask({ path: '/containers/json', ...listQuery(wish) }, signal, readList),
    inspect: (id, signal) => asInspection(ask({ path: `/containers/${id}/json` }, signal, read)),
    events: (signal) => {
      const request = { path: '/events', query: { filters: EVENT_FILTERS } };
      return ask(request, signal, async (answer) => answer as AsyncIterable<string>, signal);
    },
  };
}

function createAsk({ host, tls, clock }: DockerClientOptions): Ask {
  const fixed = host === undefined ? undefined : parseDockerHost(host);
  requireUsable(fixed ?? usualEndpoint(), tls);
  const outage = createOutage(clock);
  const deadlines = createDeadlines(clock);
  return async (request, signal, read, answerSignal) => {
    const endpoint = fixed ?? usualEndpoint();
    const what = `GET ${request.path.replace(/([0-9a-f]{12})[0-9a-f]{52}/, '$1')}`;
    try {
      const deadline = { deadlines, ms: DEADLINE_MS, what: `Docker's answer to ${what}`, signal };
      const answer = await withSharedDeadline(deadline, async (own) =>
        read(await openAnswer({ endpoint, tls }, request, answerSignal ?? own)),
      );
      outage.answered();
      return answer;
    } catch (error) {
      signal.throwIfAborted();
      if (!isAnswer(error)) throw outage.unreachable(error, endpoint);
      outage.answered();
      throw refusal(error, what, endpoint);
    }
  };
}

/** The library reads some variables of the environment whatever it is told, and fails for what it cannot use. */
function requireUsable(endpoint: DockerEndpoint, tls: DockerTls | undefined): void {
  try {
    connect(endpoint, tls);
  } catch (error) {
    throw new TerminalError('DOCKER_HOST_INVALID', `cannot use the variables of Docker: ${errorMessage(error)}`, {
      cause: error,
      hint: 'Unset DOCKER_CERT_PATH where DOCKER_TLS_VERIFY is not set, and a DOCKER_HOST that is not meant.',
    });
  }
}

function listQuery({ all, ids }: ListWish): Pick<DockerRequest, 'query'> {
  const query = {
    ...(all && { all: 'true' }),
    ...(ids !== undefined && { filters: JSON.stringify({ id: ids }) }),
  };
  return Object.keys(query).length === 0 ? {} : { query };
}

async function readList(answer: AsyncIterable<string>): Promise<readonly ListedContainer[]> {
  const listed: ListedContainer[] = [];
  const elements = createJsonElements(MAX_CONTAINER_LENGTH, (text, isWhole) => listed.push(parseListed(text, isWhole)));
  for await (const chunk of answer) elements.push(chunk);
  elements.end();
  return listed;
}

async function readInspect(answer: IncomingMessage, keepsAnswers: boolean): Promise<InspectedContainer | 'too-long'> {
  const text = await readText(answer, MAX_CONTAINER_LENGTH);
  if (text === undefined) return 'too-long';
  return parseInspect(JSON.parse(text), { keepsAnswer: keepsAnswers && text.length <= MAX_KEPT_LENGTH });
}

async function asInspection(asked: Promise<InspectedContainer | 'too-long'>): Promise<Inspection> {
  try {
    const container = await asked;
    if (container !== 'too-long') return { kind: 'found', container };
    const error = new PortolanError(
      'DOCKER_REFUSED',
      `what Docker says of it has more than ${MAX_CONTAINER_LENGTH} characters`,
      {
        hint: 'Look for labels and variables of that size: docker inspect.',
      },
    );
    return { kind: 'too-long', error };
  } catch (error) {
    if (!(error instanceof PortolanError)) throw error;
    const status = statusCodeOf(error.cause);
    if (status === 404) return { kind: 'gone' };
    const isTimeout = error.cause instanceof PortolanError && error.cause.code === 'TIMED_OUT';
    // Who may not inspect at all (401, 403) has no trouble with this container.
    const isOfContainer = isTimeout || (isAnswer(error.cause) && (status === undefined || status >= 500));
    if (!isOfContainer) throw error;
    return { kind: 'unreadable', error };
  }
}

/** Whether the engine answered at all, be it with an error or with nonsense. */
function isAnswer(error: unknown): boolean {
  return statusCodeOf(error) !== undefined || error instanceof z.ZodError || error instanceof SyntaxError;
}

function statusCodeOf(error: unknown): number | undefined {
  return error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number'
    ? error.statusCode
    : undefined;
}

function refusal(error: unknown, what: string, endpoint: DockerEndpoint): PortolanError {
  const isForbidden = statusCodeOf(error) === 403;
  const message = `Docker at ${endpoint.name} did not answer ${what} as expected: ${errorMessage(error)}`;
  return new PortolanError('DOCKER_REFUSED', message, {
    cause: error,
    ...(isForbidden && { hint: 'A socket proxy must allow GET on /_ping, /info, /events and /containers.' }),
  });
}
