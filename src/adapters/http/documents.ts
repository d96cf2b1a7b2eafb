import type { Clock } from '../../lib/clock.ts';
import { withDeadline } from '../../lib/deadline.ts';
import { errorMessage } from '../../lib/errors.ts';
import type { DocumentAnswer, DocumentAsking, Documents } from '../../registration/contracts.ts';

export interface DocumentsDeps {
  readonly clock: Clock;
  /** The body of a document. Rejects with whatever tells why there is none. */
  readonly get: (url: string, signal: AbortSignal) => Promise<Uint8Array>;
}

/** Source: registrator 6bfadbc, the timeout of its `httpGet`. */
const DEADLINE_MS = 10_000;
/** So many requests at a time. One that hangs must not hold up those for other containers. */
const MAX_IN_FLIGHT = 64;

/** Documents of the web, kept as long as they are wanted. One that cannot be had is asked for again at `retry`. */
export function createDocuments({ clock, get }: DocumentsDeps): Documents {
  const answers = new Map<string, DocumentAnswer>();
  const inFlight = new Set<string>();
  let wanted: ReadonlySet<string> = new Set();
  let waiting: string[] = [];

  const fetch = async (url: string, { wake, signal }: DocumentAsking): Promise<void> => {
    const answer = await answerFor(url, signal);
    inFlight.delete(url);
    if (signal.aborted) return;
    if (wanted.has(url)) {
      answers.set(url, answer);
      wake(`the answer of ${url}`);
    }
    proceed({ wake, signal });
  };

  const answerFor = async (url: string, signal: AbortSignal): Promise<DocumentAnswer> => {
    try {
      const deadline = { clock, ms: DEADLINE_MS, what: 'the answer', signal };
      return { kind: 'known', body: await withDeadline(deadline, (own) => get(url, own)) };
    } catch (error) {
      return { kind: 'failed', reason: errorMessage(error) };
    }
  };

  const proceed = (asking: DocumentAsking): void => {
    while (inFlight.size < MAX_IN_FLIGHT) {
      const url = waiting.shift();
      if (url === undefined) return;
      if (!wanted.has(url) || inFlight.has(url)) continue;
      inFlight.add(url);
      void fetch(url, asking);
    }
  };

  return {
    get: (url) => answers.get(url),
    want: (urls, asking) => {
      wanted = urls;
      for (const url of answers.keys()) if (!urls.has(url)) answers.delete(url);
      waiting = [...new Set([...waiting, ...[...urls].filter((url) => !answers.has(url))])];
      proceed(asking);
    },
    retry: (asking) => {
      waiting.push(...[...answers].filter(([, { kind }]) => kind === 'failed').map(([url]) => url));
      proceed(asking);
    },
  };
}
