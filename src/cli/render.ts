import { checkTemplates, type RenderEnd, runRender } from '../app-render.ts';
import { parseRenderArguments, type RenderMode } from '../config/render-command-line.ts';
import { type LoadedRender, loadRender } from '../config/render-load.ts';
import { systemClock } from '../lib/clock.ts';
import { PortolanError } from '../lib/errors.ts';
import type { Log } from '../lib/log.ts';
import { type CliIo, EXIT } from './io.ts';
import { renderHelp } from './render-help.ts';

/** Exit codes of consul-template, which scripts may compare. Source: consul-template v0.42.1, `cli.go`. */
const RENDER_EXIT = { ok: EXIT.ok, interrupt: 12, flags: 13, failed: 14, config: 15 } as const;

/** `portolan render`: consul-template's command line. */
export async function render(args: readonly string[], io: CliIo): Promise<number> {
  const line = parseRenderArguments(args);
  switch (line.kind) {
    case 'help':
      io.stdout(renderHelp());
      return RENDER_EXIT.ok;
    case 'version':
      io.stdout(`portolan ${io.version}\n`);
      return RENDER_EXIT.ok;
    case 'mistakes':
      return refuse(line.mistakes, io, RENDER_EXIT.flags);
    case 'command':
      break;
  }
  const load = () => loadRender({ ...line, environment: io.environment });
  const loaded = load();
  if (loaded.kind === 'mistakes') return refuse(loaded.mistakes, io, RENDER_EXIT.config);
  const log = await openLog(loaded.value, io);
  const ignored = [...line.ignored, ...loaded.value.ignored];
  if (ignored.length > 0) log.warn('settings that Portolan has no use for are left out', { settings: ignored });
  try {
    if (line.mode.parseOnly) {
      checkTemplates(loaded.value.settings);
      return RENDER_EXIT.ok;
    }
    const { settings } = loaded.value;
    if (settings.templates.length === 0) log.warn('the configuration has no template');
    log.info('portolan renders', { templates: settings.templates.length, consul: settings.consul.name });
    const end = await runRender({ ...surroundings(line.mode, log, io), settings, load }, io.signal);
    return exitCode(end, { ...line.mode, killSignal: settings.killSignal, io });
  } catch (error) {
    if (!(error instanceof PortolanError)) throw error;
    return refuse([error.message, ...(error.hint === undefined ? [] : [error.hint])], io, RENDER_EXIT.failed);
  }
}

function surroundings({ once, dry }: RenderMode, log: Log, io: CliIo) {
  const print = (destination: string, content: Uint8Array): void => {
    io.stdout(`> ${destination}\n`);
    io.stdout(content);
  };
  const { environment, onSignal, version } = io;
  return { environment, onSignal, version, clock: systemClock, log, once, print: dry ? print : undefined };
}

/** Messages go to standard error, since `-dry` prints to standard output. */
async function openLog({ settings: { logLevel, logFormat } }: LoadedRender, io: CliIo): Promise<Log> {
  const format = logFormat === 'auto' ? (io.isErrorTerminal ? 'pretty' : 'json') : logFormat;
  return await io.openLog({ level: logLevel, format, toStderr: true });
}

interface EndContext extends RenderMode {
  readonly killSignal: NodeJS.Signals | undefined;
  readonly io: CliIo;
}

function exitCode(end: RenderEnd, { once, killSignal, io }: EndContext): number {
  switch (end.kind) {
    case 'done':
      return RENDER_EXIT.ok;
    case 'failed':
      return refuse([end.error instanceof Error ? end.error.message : String(end.error)], io, RENDER_EXIT.failed);
    case 'program-ended':
      return end.code;
    case 'stopped':
      // A kill signal of one's own counts as an interrupt, as in consul-template; and what is not done is no success.
      return end.by === 'SIGTERM' && killSignal !== 'SIGTERM'
        ? (end.code ?? (once ? RENDER_EXIT.interrupt : RENDER_EXIT.ok))
        : RENDER_EXIT.interrupt;
  }
}

function refuse(lines: readonly string[], io: CliIo, code: number): number {
  io.stderr(lines.map((line) => `portolan render: ${line}\n`).join(''));
  return code;
}
