import { readFile, realpath, stat } from 'node:fs/promises';
import { relative } from 'node:path';
import type { Clock } from '../../lib/clock.ts';
import { PortolanError, systemErrorCode } from '../../lib/errors.ts';
import type { NamedQuery, QuerySource, RawReading } from '../../rendering/contracts.ts';

type FileQuery = Extract<NamedQuery['query'], { readonly kind: 'file' }>;

interface Watched {
  readonly query: FileQuery;
  reading: RawReading;
  /** Size and time of change when it was last read. */
  mark: string | undefined;
}

const POLL_MS = 2_000;

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
    await checkSandbox(query);
    const { size, mtimeNs } = await stat(query.path, { bigint: true });
    const mark = `${size} ${mtimeNs}`;
    if (mark === file.mark) return false;
    const answer = await readFile(query.path);
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

/** Throws when the file lies outside, wherever symbolic links to it are. */
async function checkSandbox({ path, sandbox }: FileQuery): Promise<void> {
  if (sandbox === undefined || sandbox === '') return;
  const real = await realpath(path).catch((error: unknown) => {
    throw new SandboxError(`lstat ${path}: ${reasonOf(error)}`);
  });
  if (relative(sandbox, real).startsWith('..')) throw new SandboxError(`'${path}' is outside of sandbox`);
}

/** Of the function that asks, not of the file. */
class SandboxError extends Error {}

function asFailure(error: unknown, query: FileQuery): Error {
  if (error instanceof SandboxError) return error;
  const isDirectory = systemErrorCode(error) === 'EISDIR';
  const message = `file(${query.path}): ${isDirectory ? 'read' : 'stat'} ${query.path}: ${reasonOf(error)}`;
  return new PortolanError('FILE_UNREADABLE', message, { cause: error });
}

function reasonOf(error: unknown): string {
  const code = systemErrorCode(error) ?? '';
  return REASONS[code] ?? (error instanceof Error ? error.message : String(error));
}
