import { loadavg } from 'node:os';
import { machineCpuS, ownCpuS } from './processes.ts';

/** Milliseconds of a clock that all processes of a machine share. */
export function nowMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

export function median(values: readonly number[]): number {
  return percentile(values, 50);
}

/** By nearest rank; NaN of nothing. */
export function percentile(values: readonly number[], p: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((p / 100) * sorted.length) - 1)] ?? Number.NaN;
}

/** `p50 / p99 / max` in milliseconds. */
export function spread(values: readonly number[]): string {
  return [percentile(values, 50), percentile(values, 99), Math.max(...values)].map((ms) => ms.toFixed(1)).join(' / ');
}

export interface Figures {
  readonly [name: string]: number | string | boolean;
}

/** Prints results as they come: a sentence for people, or JSON. */
export interface Reporter {
  report(name: string, sentence: string, figures: Figures): void;
}

/** So much CPU of other programs makes times worthless: the cores are few. */
const NOISY_CORES = 0.25;

/** Says with each result how busy others kept the machine since the last one. */
export function createReporter(isJson: boolean): Reporter {
  let [startMs, machineS, ownS] = [nowMs(), machineCpuS(), ownCpuS()];
  return {
    report: (name, sentence, figures) => {
      const [now, machine, own] = [nowMs(), machineCpuS(), ownCpuS()];
      const others = Math.max(0, (machine - machineS - (own - ownS)) / ((now - startMs) / 1_000));
      const isNoisy = others > NOISY_CORES;
      const load = loadavg()[0] ?? 0;
      const facts = { name, ...rounded(figures), otherCores: round(others), isNoisy, load: round(load) };
      const note = `others ${others.toFixed(2)} cores${isNoisy ? ', NOISY' : ''}, load ${load.toFixed(1)}`;
      console.log(isJson ? JSON.stringify(facts) : `${name}: ${sentence}  [${note}]`);
      [startMs, machineS, ownS] = [now, machine, own];
    },
  };
}

function rounded(figures: Figures): Figures {
  return Object.fromEntries(
    Object.entries(figures).map(([name, value]) => [name, typeof value === 'number' ? round(value) : value]),
  );
}

function round(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}
