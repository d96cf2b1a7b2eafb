import { outputFiles } from './adapters/files/output-files.ts';
import { writePidFile } from './adapters/files/pid-file.ts';
import { createCommands } from './adapters/process/commands.ts';
import { buildRender, parseTemplates, type RenderParts, type RenderSurroundings } from './app-render-parts.ts';
import { serveRenderStatus } from './app-render-status.ts';
import type { LoadedRender } from './config/render-load.ts';
import type { ReadOutcome } from './config/render-read.ts';
import type { RenderSettings } from './config/render-settings.ts';
import { firstOf } from './lib/deadline.ts';
import { PortolanError } from './lib/errors.ts';
import { errorFacts } from './lib/log.ts';
import { type CommandRuns, createCommandRuns } from './rendering/command-runs.ts';
import { createProgramKeeper, type ProgramKeeper } from './rendering/program-keeper.ts';
import { type RunEnd, runTemplates } from './rendering/runner.ts';
import type { RunnerTools } from './rendering/runner-contracts.ts';
import { createStatusBoard } from './rendering/status-board.ts';

export interface RenderInput extends RenderSurroundings {
  readonly settings: RenderSettings;
  /** Reads the configuration again. */
  readonly load: () => ReadOutcome<LoadedRender>;
  readonly version: string;
  readonly once: boolean;
  /** In place of writing. */
  readonly print: ((destination: string, content: Uint8Array) => void) | undefined;
  readonly onSignal: (name: NodeJS.Signals, listener: () => void) => () => void;
}

/** Why `portolan render` ends. */
export type RenderEnd =
  | RunEnd
  /** The program of `exec` has ended by itself. */
  | { readonly kind: 'program-ended'; readonly code: number }
  /** `by` is the name of the signal; `code` that of the program, if one ran. */
  | { readonly kind: 'stopped'; readonly by: string; readonly code: number | undefined };

/** Signals that mean something to the program of `exec`, and nothing to us. */
const PASSED_ON = ['SIGHUP', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2', 'SIGWINCH', 'SIGCONT'] as const;

/** Parses the templates and does nothing else. Throws `TEMPLATE_FAILED` with what is wrong with each. */
export function checkTemplates(settings: RenderSettings): void {
  parseTemplates(settings);
}

/**
 * Renders until it is asked to end by `signal`, whose reason's message is the name of a signal of the system.
 * A new configuration that cannot be used leaves the old one in force. Throws what `buildRender` throws at the start.
 */
export async function runRender(input: RenderInput, signal: AbortSignal): Promise<RenderEnd> {
  const tools: RunnerTools = {
    files: outputFiles,
    commands: createCommands(input.clock),
    clock: input.clock,
    log: input.log,
    random: Math.random,
  };
  const runs = createCommandRuns(tools);
  let keeper = createProgramKeeper(tools);
  // Where they mean nothing they must not end us either, nor open Node's inspector.
  for (const name of PASSED_ON) input.onSignal(name, () => undefined);
  for (let parts = buildRender(input.settings, input); ; ) {
    const end = await runParts(parts, { input, tools, runs, keeper }, signal);
    if (end.kind !== 'reload') return end;
    parts = end.newest();
    if (parts.program === undefined) {
      await keeper.stop();
      keeper = createProgramKeeper(tools);
    }
    input.log.info('goes on with the new configuration', { templates: parts.targets.length });
  }
}

interface RunContext {
  readonly input: RenderInput;
  readonly tools: RunnerTools;
  readonly runs: CommandRuns;
  readonly keeper: ProgramKeeper;
}

/** The newest: it may be asked for once more while the old configuration comes to its end. */
type PartsEnd = RenderEnd | { readonly kind: 'reload'; readonly newest: () => RenderParts };

/** Runs one configuration to its end. */
async function runParts(parts: RenderParts, context: RunContext, signal: AbortSignal): Promise<PartsEnd> {
  const { input, tools, runs, keeper } = context;
  const { settings, program } = parts;
  const own = new AbortController();
  const listening = listen(parts, context, signal);
  const removePidFile = settings.pidFile === undefined ? undefined : await writePidFile(settings.pidFile);
  const board = createStatusBoard(parts.targets, input.clock);
  const address = input.once ? undefined : settings.admin;
  const showing = address && serveRenderStatus({ ...input, address, board }, own.signal);
  const rendering = runTemplates(
    parts.templates,
    tools,
    {
      targets: parts.targets,
      board,
      runs,
      once: input.once,
      print: input.print,
      onRendered: (hasChanged) => {
        if (program !== undefined && input.print === undefined) keeper.ensure(program, { hasChanged });
      },
      onChanged: () => {
        if (input.print === undefined) keeper.reload();
      },
    },
    own.signal,
  );
  // Who asked for one rendering and a program wants the program: its end is ours.
  const isBeside = program !== undefined && input.print === undefined;
  const rendered = rendering.then(async (end) => (end.kind === 'done' && isBeside ? await programEnd(keeper) : end));
  try {
    const end = await firstOf<PartsEnd>(rendered, listening.ended, programEnd(keeper));
    if (end.kind === 'stopped') return { ...end, code: await stopProgram(keeper, parts, end.by) };
    if (end.kind === 'failed') await keeper.stop();
    return end;
  } finally {
    own.abort(new Error('over'));
    await rendering.catch(() => undefined);
    await showing;
    await removePidFile?.();
    listening.stop();
  }
}

async function programEnd(keeper: ProgramKeeper): Promise<RenderEnd> {
  const end = await keeper.end;
  return end.kind === 'ended' ? { kind: 'program-ended', code: end.code } : end;
}

/** The program is ended as it wants to be, else by the signal that ends us. */
async function stopProgram(keeper: ProgramKeeper, { settings }: RenderParts, by: string): Promise<number | undefined> {
  return await keeper.stop(settings.exec?.killSignal ?? (by as NodeJS.Signals));
}

/** Listens to signals: which ends this configuration, and what comes then. */
function listen(
  { settings, program }: RenderParts,
  { input, keeper }: RunContext,
  signal: AbortSignal,
): { readonly ended: Promise<PartsEnd>; stop(): void } {
  const { promise: ended, resolve } = Promise.withResolvers<PartsEnd>();
  const stopped = (by: string): void => resolve({ kind: 'stopped', by, code: undefined });
  const onAbort = (): void => stopped(signal.reason instanceof Error ? signal.reason.message : 'SIGTERM');
  if (signal.aborted) onAbort();
  signal.addEventListener('abort', onAbort, { once: true });
  const { killSignal, reloadSignal } = settings;
  const listeners = [() => signal.removeEventListener('abort', onAbort)];
  // Those two end us anyway.
  if (killSignal !== undefined && killSignal !== 'SIGTERM' && killSignal !== 'SIGINT') {
    listeners.push(input.onSignal(killSignal, () => stopped(killSignal)));
  }
  if (reloadSignal !== undefined) {
    let newest: RenderParts | undefined;
    const reload = (): void => {
      const parts = reloaded(input);
      if (parts === undefined) return;
      newest = parts;
      resolve({ kind: 'reload', newest: () => newest ?? parts });
    };
    listeners.push(input.onSignal(reloadSignal, reload));
  }
  const passedOn = program === undefined ? [] : PASSED_ON;
  for (const name of passedOn.filter((it) => it !== killSignal && it !== reloadSignal)) {
    listeners.push(input.onSignal(name, () => keeper.signal(name)));
  }
  return { ended, stop: () => listeners.forEach((remove) => remove()) };
}

function reloaded(input: RenderInput): RenderParts | undefined {
  const loaded = input.load();
  const inForce = 'the new configuration cannot be used; the old one stays in force';
  if (loaded.kind === 'mistakes') {
    input.log.error(inForce, { mistakes: loaded.mistakes });
    return undefined;
  }
  try {
    return buildRender(loaded.value.settings, input);
  } catch (error) {
    if (!(error instanceof PortolanError)) throw error;
    input.log.error(inForce, errorFacts(error));
    return undefined;
  }
}
