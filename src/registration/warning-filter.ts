import type { Warning } from './settings.ts';

/** More than any good value has. A warning is kept for as long as its container runs. */
const MAX_VALUE_CHARACTERS = 200;

/** Lets of the warnings of one container each pass once, with no more of its value than people read. */
export function createWarningFilter(): (warnings: readonly Warning[]) => readonly Warning[] {
  const lists = new Set<readonly Warning[]>();
  const said = new Set<string>();
  return (warnings) => {
    // Ports that share their settings share the list of what is wrong with them.
    if (warnings.length === 0 || lists.has(warnings)) return [];
    lists.add(warnings);
    const fresh: Warning[] = [];
    for (const warning of warnings) {
      const { label, value, problem } = warning;
      const key = JSON.stringify([label, problem]);
      if (said.has(key)) continue;
      said.add(key);
      const isLong = value.length > MAX_VALUE_CHARACTERS;
      fresh.push(isLong ? { ...warning, value: `${value.slice(0, MAX_VALUE_CHARACTERS).toWellFormed()}…` } : warning);
    }
    return fresh;
  };
}
