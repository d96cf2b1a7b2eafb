import type { Facts, Log } from '../../src/lib/log.ts';

export interface RecordedLine {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly message: string;
  readonly facts: Facts;
}

/** A log that remembers its lines. Those of its children are among them. */
export interface RecordingLog extends Log {
  readonly lines: readonly RecordedLine[];
  messages(): readonly string[];
}

export function createRecordingLog(lines: RecordedLine[] = [], bound: Facts = {}): RecordingLog {
  const record =
    (level: RecordedLine['level']) =>
    (message: string, facts: Facts = {}): void => {
      lines.push({ level, message, facts: { ...bound, ...facts } });
    };
  return {
    lines,
    messages: () => lines.filter(({ level }) => level !== 'debug').map(({ message }) => message),
    debug: record('debug'),
    info: record('info'),
    warn: record('warn'),
    error: record('error'),
    child: (facts) => createRecordingLog(lines, { ...bound, ...facts }),
  };
}
