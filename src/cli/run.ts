import { OPTION_RULES, runDaemon } from '../app.ts';
import { loadConfiguration, type Mistake } from '../config/load.ts';
import type { OptionName } from '../config/options.ts';
import { systemClock } from '../lib/clock.ts';
import { TerminalError } from '../lib/errors.ts';
import { errorFacts } from '../lib/log.ts';
import { type CliIo, EXIT } from './io.ts';

export interface RunArguments {
  readonly registry: string | undefined;
  readonly flags: ReadonlyMap<OptionName, string>;
}

/** `portolan run`: the daemon, until it is asked to end. */
export async function run({ registry, flags }: RunArguments, io: CliIo): Promise<number> {
  const loaded = loadConfiguration({ registry, flags, environment: io.environment, rules: OPTION_RULES });
  if (loaded.kind === 'no-registry') {
    io.stderr(
      'portolan: no registry is given\n  For example: portolan consul://localhost:8500\n  Or without Consul: portolan run memory://\n  Or set PORTOLAN_REGISTRY. See portolan --help.\n',
    );
    return EXIT.usage;
  }
  if (loaded.kind === 'mistakes') {
    io.stderr(mistakesText(loaded.mistakes));
    // Registrator's codes: 1 for a value that cannot be used, 2 for what it took for wrong usage, such as `-resync abc`,
    // and 2 for a template that is none, for which registrator waited until the first container.
    return loaded.mistakes.some(({ isMalformed }) => isMalformed) ? EXIT.usage : EXIT.failure;
  }
  const { configuration, unknownVariables } = loaded;
  const { logLevel, logFormat } = configuration.options;
  const format = logFormat === 'auto' ? (io.isTerminal ? 'pretty' : 'json') : logFormat;
  const log = await io.openLog({ level: logLevel, format });
  for (const name of unknownVariables) log.warn('environment variable means nothing to Portolan', { name });
  log.info('portolan starts', { version: io.version, registry: configuration.registry.kind });
  try {
    await runDaemon(
      { configuration, environment: io.environment, version: io.version, log, clock: systemClock },
      io.signal,
    );
  } catch (error) {
    if (!(error instanceof TerminalError)) throw error;
    log.error('portolan cannot go on', errorFacts(error));
    return EXIT.failure;
  }
  log.info('portolan ends');
  return EXIT.ok;
}

function mistakesText(mistakes: readonly Mistake[]): string {
  const lines = mistakes.map(({ where, value, rule }) => `portolan: ${where} = ${JSON.stringify(value)} ${rule}\n`);
  return `${lines.join('')}Nothing was started. See portolan run --help.\n`;
}
