import { connect } from 'node:net';
import type { Clock } from '../../lib/clock.ts';
import { withDeadline } from '../../lib/deadline.ts';

/** Answers of HAProxy are far below this, even `show servers state` of 100,000 servers. */
const MAX_REPLY_BYTES = 64 * 1024 * 1024;
const DEADLINE_MS = 2_000;

/** One of HAProxy's command line sockets: the worker's or the master's. */
export interface CommandSocket {
  readonly path: string;
  /** One line, one reply: a connection each, since HAProxy closes it after the reply. Throws Node's errors. */
  ask(line: string, signal: AbortSignal, deadlineMs?: number): Promise<string>;
  /** Whether somebody listens. Throws only when aborted. */
  isAnswering(signal: AbortSignal): Promise<boolean>;
}

export function createCommandSocket(path: string, clock: Clock): CommandSocket {
  const converse = async (line: string | undefined, signal: AbortSignal): Promise<string> => {
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    const socket = connect({ path, allowHalfOpen: true });
    const abort = () => socket.destroy(new Error('aborted'));
    signal.addEventListener('abort', abort, { once: true });
    const chunks: Buffer[] = [];
    let bytes = 0;
    socket.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes > MAX_REPLY_BYTES) socket.destroy(new Error('the reply is too long'));
    });
    // Our side is closed at once: HAProxy's master keeps some replies back until it is.
    socket.once('connect', () => socket.end(line === undefined ? '' : `${line}\n`));
    socket.once('end', () => socket.destroy());
    socket.once('error', reject);
    socket.once('close', () => resolve(Buffer.concat(chunks).toString('utf8')));
    try {
      return await promise;
    } finally {
      signal.removeEventListener('abort', abort);
    }
  };
  return {
    path,
    ask: (line, signal, deadlineMs = DEADLINE_MS) => {
      const what = `HAProxy's reply to ${JSON.stringify(line.slice(0, 80))}`;
      return withDeadline({ clock, ms: deadlineMs, what, signal }, (own) => converse(line, own));
    },
    isAnswering: async (signal) => {
      try {
        await withDeadline({ clock, ms: DEADLINE_MS, what: `HAProxy at ${path}`, signal }, (own) =>
          converse(undefined, own),
        );
        return true;
      } catch {
        signal.throwIfAborted();
        return false;
      }
    },
  };
}
