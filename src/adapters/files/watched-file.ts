import { constants } from 'node:fs';
import { type FileHandle, open, readlink, realpath } from 'node:fs/promises';
import { relative } from 'node:path';
import type { Clock } from '../../lib/clock.ts';
import { PortolanError, systemErrorCode } from '../../lib/errors.ts';
import type { NamedQuery, QuerySource, RawReading } from '../../rendering/contracts.ts';

type FileQuery = Extract<NamedQuery['query'], { readonly kind: 'file' }>;

interface Watched {
  readonly query: FileQuery;
  reading: RawReading;
  /** Which file it was, its size and time of change when it was last read. */
  mark: string | undefined;
}

const POLL_MS = 2_000;
/** As much as a template may give. */
const MAX_BYTES = 64 * 2 ** 20;

/** Go's words for the errors of a file. */
const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EISDIR: 'is a directory',
  ELOOP: 'too many levels of symbolic links',
  ENAMETOOLONG: 'file name too long',
  ENOENT: 'no such file or directory',
  ENOTDIR: 'not a directory',
};

/**
 * Files, looked at every 2 s and read when their size or time of change is another.
 * Source: consul-template v0.42.1, `dependency/file.go` and `pathInSandbox`.
 * Differs: what is checked against the sandbox is the file that is read, not its path, and the sandbox may be a link.
 */
export function createFileSource(clock: Clock): QuerySource {
  const watched = new Map<string, Watched>();
  let wake: () => void = () => undefined;

  const lookAtAll = async (): Promise<boolean> => {
    const changes = await Promise.all([...watched.values()].map(async (file) => await look(file)));
    return changes.includes(true);
  };
  return {
    want: (queries) => {
      const texts = new Set(queries.map(({ text }) => text));
      for (const text of watched.keys()) if (!texts.has(text)) watched.delete(text);
      for (const { text, query } of queries) {
        if (query.kind !== 'file' || watched.has(text)) continue;
        watched.set(text, { query, reading: { kind: 'pending' }, mark: undefined });
      }
      wake();
    },
    read: (text) => watched.get(text)?.reading ?? { kind: 'pending' },
    follow: async (onChange, signal) => {
      while (!signal.aborted) {
        const turn = new AbortController();
        wake = () => turn.abort();
        if (await lookAtAll()) onChange();
        await clock.sleep(POLL_MS, AbortSignal.any([signal, turn.signal])).catch(() => undefined);
      }
    },
  };
}

/** Reads a file when it has changed. Resolves to whether its reading is another than before. */
async function look(file: Watched): Promise<boolean> {
  const { query, reading: before } = file;
  try {
    const read = await readIfChanged(query, file.mark);
    if (read === undefined) return false;
    const { mark, answer } = read;
    file.mark = mark;
    if (before.kind === 'known' && answer.equals(before.answer as Uint8Array)) return false;
    file.reading = { kind: 'known', answer };
    return true;
  } catch (error) {
    const failure = asFailure(error, query);
    file.mark = undefined;
    file.reading = { kind: 'failed', error: failure };
    return before.kind !== 'failed' || before.error.message !== failure.message;
  }
}

/** All is asked of the one open file, which nobody can exchange for another in between. */
async function readIfChanged(query: FileQuery, mark: string | undefined) {
  // A pipe that nobody writes to must not hold us.
  const handle = await open(query.path, constants.O_RDONLY | constants.O_NONBLOCK).catch((error: unknown) => {
    throw isSandboxed(query) ? new SandboxError(`lstat ${query.path}: ${reasonOf(error)}`) : error;
  });
  try {
    await checkSandbox(query, handle);
    const facts = await handle.stat({ bigint: true });
    if (!facts.isFile()) throw new Error(facts.isDirectory() ? REASONS['EISDIR'] : 'is neither a file nor a folder');
    if (facts.size > MAX_BYTES) throw new Error(`has more than ${MAX_BYTES} bytes`);
    const now = `${facts.ino} ${facts.size} ${facts.mtimeNs}`;
    return now === mark ? undefined : { mark: now, answer: await handle.readFile() };
  } finally {
    await handle.close();
  }
}

function isSandboxed({ sandbox }: FileQuery): boolean {
  return sandbox !== undefined && sandbox !== '';
}

/** Throws when the file lies outside, whatever links lead to it. */
async function checkSandbox({ path, sandbox }: FileQuery, { fd }: FileHandle): Promise<void> {
  if (sandbox === undefined || sandbox === '') return;
  const [real, root] = await Promise.all([readlink(`/proc/self/fd/${fd}`), realpath(sandbox)]);
  const way = relative(root, real);
  if (way === '..' || way.startsWith('../')) throw new SandboxError(`'${path}' is outside of sandbox`);
}

/** Of the function that asks, not of the file. */
class SandboxError extends Error {}

function asFailure(error: unknown, query: FileQuery): Error {
  if (error instanceof SandboxError) return error;
  const operation = systemErrorCode(error) === undefined ? 'read' : 'stat';
  const message = `file(${query.path}): ${operation} ${query.path}: ${reasonOf(error)}`;
  return new PortolanError('FILE_UNREADABLE', message, { cause: error });
}

function reasonOf(error: unknown): string {
  const code = systemErrorCode(error) ?? '';
  return REASONS[code] ?? (error instanceof Error ? error.message : String(error));
}
