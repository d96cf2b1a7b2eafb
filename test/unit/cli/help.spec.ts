import { describe, expect, it } from 'vitest';
import { explainHelp, programHelp, runHelp } from '../../../src/cli/help.ts';
import type { OptionSpec } from '../../../src/config/option.ts';
import { flagOf, OPTION_SPECS, type OptionName } from '../../../src/config/options.ts';

const optionLines = runHelp()
  .split('\n')
  .filter((line) => line.startsWith('  --'));

/** The part of the help of the daemon below this title. */
function group(title: string): string {
  const [, rest = ''] = runHelp().split(`\n${title}:\n`);
  return rest.split('\n\n', 1)[0] ?? '';
}

describe('programHelp', () => {
  it('begins with what the program is', () => {
    expect(programHelp().split('\n', 1)).toEqual([
      "portolan: Docker containers to Consul, and Consul's catalog to a local HAProxy.",
    ]);
  });

  it('gives the examples before the commands, and the commands before the exit codes', () => {
    const titles = ['Examples:', 'Commands:', 'REGISTRY is ', 'Exit codes: '];
    expect(programHelp().match(/^(Examples:|Commands:|REGISTRY is |Exit codes: )/gm)).toEqual(titles);
  });

  it('names all commands', () => {
    const [, commands = ''] = programHelp().split('Commands:\n');
    expect(commands.split('\n\n', 1)[0]?.match(/^ {2}\w+/gm)).toEqual([
      '  run',
      '  render',
      '  status',
      '  services',
      '  release',
      '  explain',
      '  check',
      '  healthcheck',
      '  version',
    ]);
  });
});

describe('explainHelp', () => {
  it('begins with usage, and names each option of its own', () => {
    expect(explainHelp().split('\n').slice(0, 2)).toEqual([
      'Usage: portolan explain CONTAINER... [--json]',
      '       portolan explain --inspect FILE [CONTAINER...] [options of the daemon] [--json]',
    ]);
    expect(explainHelp().match(/^ {2}--\S+/gm)).toEqual(['  --inspect', '  --json', '  --run-dir']);
  });
});

describe('runHelp', () => {
  it('begins with usage and examples', () => {
    expect(runHelp().split('\n').slice(0, 6)).toEqual([
      'Usage: portolan [run] REGISTRY [options]',
      '',
      'Examples:',
      '  portolan consul://localhost:8500',
      '  portolan run memory:// --http-bind lo:8080',
      '  portolan run consul://localhost:8500 --registrar-only --tags production',
    ]);
  });

  it('says each option in the order of the settings: flag, value, a blank at least, help', () => {
    const specs = Object.entries(OPTION_SPECS) as [OptionName, OptionSpec<unknown>][];
    const words = specs.map(([name, { placeholder, help }]) =>
      [`--${flagOf(name)}`, placeholder ?? [], help].flat().join(' '),
    );
    expect(optionLines.map((line) => line.trim().replaceAll(/ +/g, ' '))).toEqual(words);
  });

  it('has all options in groups', () => {
    const groups = ['Halves', 'Who and where we are', 'Over time', 'Routing', 'Operating'];
    expect(groups.flatMap((title) => group(title).match(/^ {2}--.*$/gm))).toEqual(optionLines);
  });

  it('says the default below, unless it is nothing or off', () => {
    expect(group('Halves').split('\n')).toEqual([
      '  --registrar-only                  register containers, do not route',
      '  --router-only                     route, do not register',
    ]);
    expect(group('Over time').split('\n').slice(0, 10)).toEqual([
      '  --resync DURATION                 read everything again this often; 0 for never',
      '                                    default: 30s',
      '  --ttl DURATION                    life of the container check without a heartbeat; 0 for no such check',
      '                                    default: 60s, longer above 300 services',
      '  --ttl-refresh DURATION            time between two heartbeats',
      '                                    default: a quarter of --ttl',
      '  --deregister always|on-success    the services of an ended container go always, or stay after a failure',
      '                                    default: always',
      "  --cleanup                         remove our own leftovers; always on, for registrator's command line",
      '                                    default: true',
    ]);
  });

  it.each([programHelp(), explainHelp(), runHelp()])('fits a wide terminal and ends its last line', (text) => {
    expect(text.split('\n').filter((line) => line.length > 120)).toEqual([]);
    expect(text.endsWith('.\n') || text.endsWith('json\n')).toBe(true);
  });
});
