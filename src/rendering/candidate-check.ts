import type { TimedCommand } from './runner-contracts.ts';

/**
 * The check of a new file, which lies at `path`: `{}` stands for the path, and so does `$PORTOLAN_CANDIDATE`.
 * For the shell the path is quoted where it needs to be.
 */
export function checkCommand(check: TimedCommand, path: string): TimedCommand {
  const [script] = check.command;
  const command =
    check.command.length === 1 && script !== undefined
      ? [script.replaceAll('{}', () => shellWord(path))]
      : check.command.map((word) => word.replaceAll('{}', () => path));
  return { ...check, command, environment: { ...check.environment, PORTOLAN_CANDIDATE: path } };
}

function shellWord(text: string): string {
  return /^[\w./:@%+=,-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
