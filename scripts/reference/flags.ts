import type { OptionSpec } from '../../src/config/option.ts';
import { flagOf, OPTION_GROUPS, OPTION_SPECS, type OptionName, variableOf } from '../../src/config/options.ts';
import { markdownTable } from './markdown.ts';

const INTRODUCTION = `# Flags

Of \`portolan run\`. One dash or two, \`--flag value\` or \`--flag=value\`, before or after the registry; a switch alone means
\`true\`. Each can also be given as an environment variable; flags win. Durations are Go's (\`30s\`, \`1m30s\`); a bare number
means seconds, for \`--retry-interval\` milliseconds. What cannot be used ends the start with all mistakes at once.

The registry is the argument, or \`PORTOLAN_REGISTRY\`: \`consul://HOST:PORT\`, \`consul-unix:///PATH\`, \`consul-tls://HOST:PORT\`
or \`memory://\`. With \`consul-tls://\` large catalogs are followed over HTTP/2 (\`docs/catalog.md\`).
`;

/** `docs/flags.md`, from the specs by which flags are read. */
export function flagsReference(): string {
  const names = Object.keys(OPTION_SPECS) as OptionName[];
  const groups = OPTION_GROUPS.map(([title, first], i) => {
    const next = OPTION_GROUPS[i + 1]?.[1];
    const end = next === undefined ? names.length : names.indexOf(next);
    const rows = names.slice(names.indexOf(first), end).map(row);
    return `## ${title}\n\n${markdownTable(['flag', 'variable', 'meaning', 'default'], rows)}`;
  });
  return [INTRODUCTION, ...groups].join('\n');
}

function row(name: OptionName): readonly string[] {
  const spec: OptionSpec<unknown> = OPTION_SPECS[name];
  const usage = `--${flagOf(name)}${spec.placeholder === undefined ? '' : ` ${spec.placeholder}`}`;
  return [`\`${usage}\``, `\`${variableOf(name)}\``, spec.help, defaultText(spec)];
}

function defaultText({ defaultText: words, fallback, isSwitch }: OptionSpec<unknown>): string {
  if (words !== undefined) return words;
  if (isSwitch) return fallback === true ? 'on' : 'off';
  if (fallback === undefined || fallback === '') return '';
  return typeof fallback === 'number' ? `${fallback / 1_000}s` : JSON.stringify(fallback).replaceAll('"', '');
}
