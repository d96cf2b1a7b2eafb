import type { Clock } from '../../lib/clock.ts';
import type { Deadlines } from '../../lib/deadlines.ts';
import { type ConsulAnswer, type ConsulRequest, DEADLINE_MS } from './client.ts';
import { type BodyLimit, MAX_BODY_BYTES } from './connections.ts';
import type { ConsulEndpoint } from './endpoint.ts';
import { parseExactJson } from './exact-json.ts';
import { exchange, type RawAnswer } from './h2-exchange.ts';
import type { Lease } from './h2-sessions.ts';
import { answerError, type RequestFacts, refusalError, requestError } from './request-error.ts';
import { checkedAnswer, endpointQuery, requestFacts, requestHeaders, timedOut } from './request-parts.ts';

interface RequestScene {
  readonly endpoint: ConsulEndpoint;
  readonly clock: Clock;
  readonly deadlines: Deadlines;
  readonly signal: AbortSignal;
  readonly maxBodyBytes: BodyLimit | undefined;
}

/** Asks over a connection that has room for it; the errors are those of `ConsulClient.request`. Ends the lease. */
export async function askOver(
  { session, end }: Lease,
  request: ConsulRequest,
  { endpoint, clock, deadlines, signal, maxBodyBytes }: RequestScene,
): Promise<ConsulAnswer> {
  const { deadlineMs = DEADLINE_MS } = request;
  const headers = requestHeaders(endpoint);
  const facts = (): RequestFacts => requestFacts(endpoint, request, headers);
  const endMs = clock.monotonicMs() + deadlineMs;
  let stop = (): void => undefined;
  let raw: RawAnswer;
  try {
    signal.throwIfAborted();
    const path = pathOf(request, endpoint);
    const maxBytes = maxBodyBytes?.(path) ?? MAX_BODY_BYTES;
    const sent = exchange(session.http2, { ':path': path, ...headers }, { maxBytes, lossOf: session.loss });
    const onAbort = (): void => sent.cancel(signal.reason);
    const stopDeadline = deadlines.start(deadlineMs, () => sent.cancel(timedOut(facts(), deadlineMs)));
    signal.addEventListener('abort', onAbort, { once: true });
    stop = () => {
      stopDeadline();
      signal.removeEventListener('abort', onAbort);
    };
    raw = await sent.answer;
  } catch (error) {
    signal.throwIfAborted();
    throw requestError(error, facts());
  } finally {
    stop();
    end(signal.aborted ? endMs - clock.monotonicMs() : 0);
  }
  return answerOf(raw, request, facts);
}

/** Names and values are encoded as the `consul` library does it. */
function pathOf({ path, params = {}, query }: ConsulRequest, endpoint: ConsulEndpoint): string {
  const place = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
  const all = Object.entries({ ...endpointQuery(endpoint), ...query });
  const text = all.map((pair) => pair.map(encodeURIComponent).join('=')).join('&');
  return `/v1${place}${text && `?${text}`}`;
}

function answerOf(
  { status, headers, body }: RawAnswer,
  { mayBeAbsent, isRaw = false }: ConsulRequest,
  facts: () => RequestFacts,
): ConsulAnswer {
  if (status === 404 && mayBeAbsent === true) return { body: undefined, headers };
  if (status < 200 || status > 299) throw refusalError(status, body.toString(), facts());
  if (body.length === 0) return checkedAnswer({ body: undefined, headers }, facts);
  const isJson = /json/i.test(headers['content-type'] ?? '');
  return checkedAnswer({ body: isJson && !isRaw ? parsed(body, facts) : body, headers }, facts);
}

function parsed(body: Buffer, facts: () => RequestFacts): unknown {
  try {
    return parseExactJson(body.toString());
  } catch (error) {
    throw answerError('broken JSON', facts(), error);
  }
}
